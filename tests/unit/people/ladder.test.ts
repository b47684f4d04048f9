import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Climb, disturbsAt, nextStep } from '../../../src/people/ladder.js';
import { DAY_MS, HOUR_MS, isWorking, MINUTE_MS, type WorkingHours } from '../../../src/time/index.js';

const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];
const HOURS: WorkingHours = {
  zone: 'Europe/Berlin',
  days: { 1: NINE_TO_FIVE, 2: NINE_TO_FIVE, 3: NINE_TO_FIVE, 4: NINE_TO_FIVE, 5: NINE_TO_FIVE },
  holidays: new Set(),
};
/** Tuesday 3 November 2026, 14:00 in Berlin. */
const TUESDAY_14 = Date.UTC(2026, 10, 3, 13);
const berlin = (day: number, hour: number) => Date.UTC(2026, 10, day, hour - 1);

const climb = (more: Partial<Climb> = {}): Climb => ({
  kind: 'answer',
  severity: 'high',
  deliveredAt: TUESDAY_14,
  dueAt: null,
  step: 0,
  steppedAt: null,
  hours: HOURS,
  passesQuietHours: false,
  ...more,
});

/** Climbs to the end, each step shown the moment it is taken. */
function climbed(start: Climb): { to: string; at: number }[] {
  const steps: { to: string; at: number }[] = [];
  let at: Climb = start;
  for (let next = nextStep(at, 0); next; next = nextStep(at, 0)) {
    steps.push({ to: next.to, at: next.at });
    at = { ...at, step: next.step, steppedAt: next.at };
  }
  return steps;
}

describe('the ladder', () => {
  it('reminds once of what is high, after four working hours, then puts it on the list', () => {
    expect(climbed(climb())).toEqual([
      // Three hours are left of Tuesday: the fourth ends on Wednesday at ten.
      { to: 'owner', at: berlin(4, 10) },
      { to: 'stand-up list', at: berlin(5, 9) },
    ]);
  });

  it('calls owner and backup after 60 minutes of what is critical, the lead after 120, and stops', () => {
    expect(climbed(climb({ severity: 'critical' }))).toEqual([
      { to: 'owner and backup', at: TUESDAY_14 + 60 * MINUTE_MS },
      { to: 'lead', at: TUESDAY_14 + 120 * MINUTE_MS },
    ]);
  });

  it('leaves what is medium or low to the digest', () => {
    for (const severity of ['medium', 'low'] as const) expect(climbed(climb({ severity }))).toEqual([]);
  });

  it('brings an overdue thing to mind a working day after its time, and lists it after three', () => {
    const due = climb({ kind: 'due', severity: 'medium', dueAt: berlin(4, 17) });
    expect(climbed(due)).toEqual([
      { to: 'owner', at: berlin(5, 9) },
      { to: 'stand-up list', at: berlin(9, 9) },
    ]);
  });

  it('leaves a whole working day to whoever was shown it late, and as much after a late reminder', () => {
    const due = climb({ kind: 'due', dueAt: berlin(4, 17), deliveredAt: berlin(9, 15) });
    expect(nextStep(due, 0)).toEqual({ step: 1, at: berlin(10, 15), to: 'owner' });
    const late = climb({ kind: 'due', dueAt: berlin(4, 17), step: 1, steppedAt: berlin(12, 11) });
    expect(nextStep(late, 0)).toEqual({ step: 2, at: berlin(16, 9), to: 'stand-up list' });
  });

  it('climbs nowhere from what was never shown, nor past a step that is held back', () => {
    expect(nextStep(climb({ deliveredAt: null }), 0)).toBeNull();
    expect(nextStep(climb({ step: 1, steppedAt: null }), 0)).toBeNull();
    expect(nextStep(climb({ kind: 'due', dueAt: berlin(4, 17), step: 1, steppedAt: null }), 0)).toBeNull();
  });

  it('takes an overdue step when the owner works next, however late the clock looks', () => {
    const saturdayNight = berlin(7, 23);
    expect(nextStep(climb(), saturdayNight)?.at).toBe(berlin(9, 9));
    expect(nextStep(climb({ severity: 'critical' }), saturdayNight)?.at).toBe(berlin(9, 9));
  });

  it('passes quiet hours for what is critical and those who opted in, for nothing else', () => {
    const night = berlin(7, 23);
    const onCall = { passesQuietHours: true, hours: HOURS };
    expect(disturbsAt({ ...onCall, severity: 'critical' }, night)).toBe(night);
    expect(disturbsAt({ ...onCall, severity: 'high' }, night)).toBe(berlin(9, 9));
    expect(disturbsAt({ severity: 'critical', hours: HOURS, passesQuietHours: false }, night)).toBe(
      berlin(9, 9),
    );
    const called = climb({ severity: 'critical', deliveredAt: night, passesQuietHours: true });
    expect(nextStep(called, night)?.at).toBe(night + HOUR_MS);
  });

  it('reaches people whose hours are mistaken all the same', () => {
    const broken = { ...HOURS, days: {} };
    expect(climbed(climb({ hours: broken })).map((step) => step.to)).toEqual(['owner', 'stand-up list']);
    expect(disturbsAt({ severity: 'low', hours: broken, passesQuietHours: false }, TUESDAY_14)).toBe(
      TUESDAY_14,
    );
  });

  it('never goes back, never speaks outside working time, and ends after two steps', () => {
    const severities = ['low', 'medium', 'high', 'critical'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom('answer' as const, 'due' as const),
        fc.constantFrom(...severities),
        fc.integer({ min: 0, max: 60 * 24 * 60 }),
        fc.integer({ min: 0, max: 30 * 24 * 60 }),
        (kind, severity, after, due) => {
          const deliveredAt = TUESDAY_14 + after * MINUTE_MS;
          const steps = climbed(
            climb({ kind, severity, deliveredAt, dueAt: TUESDAY_14 + due * MINUTE_MS + DAY_MS }),
          );
          expect(steps.length).toBeLessThanOrEqual(2);
          let before = deliveredAt;
          for (const { at } of steps) {
            expect(at).toBeGreaterThan(before);
            expect(isWorking(at, HOURS)).toBe(true);
            before = at;
          }
        },
      ),
      { seed: 6 },
    );
  });
});
