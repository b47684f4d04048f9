import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_TARGETS,
  nextLook,
  reachedAt,
  runningClocks,
  shownClock,
  type Timeline,
  targetsOf,
} from '../../../../src/issues/rules/service-levels.js';
import { HOUR_MS, instantOf, MINUTE_MS, workingTimeBetween } from '../../../../src/time/index.js';

const shift = [{ from: '09:00', to: '17:00' }];
const hours = {
  zone: 'Europe/Berlin',
  days: { 1: shift, 2: shift, 3: shift, 4: shift, 5: shift },
  holidays: new Set<string>(),
};
const at = (date: string, time: string) => instantOf({ date, time, zone: 'Europe/Berlin' });
const TEN = at('2026-11-03', '10:00');
const timeline = (more: Partial<Timeline> = {}): Timeline => ({
  customer: [TEN],
  ours: [],
  paused: [],
  isOver: false,
  ...more,
});
const clocks = (more: Partial<Timeline> = {}, own = hours) =>
  Object.fromEntries(
    runningClocks(timeline(more), DEFAULT_TARGETS.normal, own).map((one) => [one.clock, one]),
  );

describe('service levels', () => {
  it('warn at 45 minutes of an hour to the first reply', () => {
    expect(clocks().first_reply).toEqual({
      clock: 'first_reply',
      since: TEN,
      warnAt: TEN + 45 * MINUTE_MS,
      dueAt: TEN + HOUR_MS,
    });
    expect(clocks().next_reply).toBeUndefined();
    expect(clocks().resolve?.dueAt).toBe(at('2026-11-10', '10:00'));
  });

  it('count working time: Friday at half past four goes on on Monday', () => {
    const friday = at('2026-11-06', '16:30');
    expect(clocks({ customer: [friday] }).first_reply).toMatchObject({
      warnAt: at('2026-11-09', '09:15'),
      dueAt: at('2026-11-09', '09:30'),
    });
  });

  it('compute anew when the calendar changes', () => {
    const friday = at('2026-11-06', '16:30');
    const withHoliday = { ...hours, holidays: new Set(['2026-11-09']) };
    expect(clocks({ customer: [friday] }, withHoliday).first_reply?.dueAt).toBe(at('2026-11-10', '09:30'));
  });

  it('end with our answer; a later question starts the next reply, the first of several', () => {
    const answered = clocks({ ours: [TEN + 20 * MINUTE_MS] });
    expect(Object.keys(answered)).toEqual(['resolve']);
    const again = clocks({
      customer: [TEN, TEN + 2 * HOUR_MS, TEN + HOUR_MS],
      ours: [TEN + 20 * MINUTE_MS],
    });
    expect(again.next_reply).toMatchObject({ since: TEN + HOUR_MS });
    expect(again.first_reply).toBeUndefined();
  });

  it('stand still while it waits on the customer, and go on afterwards', () => {
    const pausedAt = TEN + 30 * MINUTE_MS;
    const still = clocks({ paused: [{ from: pausedAt, until: null }] });
    expect(still.first_reply).toMatchObject({ warnAt: null, dueAt: null });
    const resumedAt = at('2026-11-05', '12:00');
    const again = clocks({ paused: [{ from: pausedAt, until: resumedAt }] });
    expect(again.first_reply?.dueAt).toBe(resumedAt + 30 * MINUTE_MS);
  });

  it('are none without a question, and none once it is over', () => {
    expect(clocks({ customer: [] })).toEqual({});
    expect(clocks({ isOver: true })).toEqual({});
  });

  it('follow what the company set, by priority; null switches one off', () => {
    const set = { normal: { first_reply: 120, resolve: null } };
    expect(targetsOf('normal', set)).toEqual({
      first_reply: 2 * HOUR_MS,
      next_reply: DEFAULT_TARGETS.normal.next_reply,
      resolve: null,
    });
    expect(targetsOf('urgent', set)).toEqual(DEFAULT_TARGETS.urgent);
    expect(targetsOf('low', null).resolve).toBeNull();
  });

  it('show a reply first, and the solution once support was warned of it', () => {
    const both = runningClocks(timeline(), DEFAULT_TARGETS.normal, hours);
    expect(shownClock(both, TEN)?.clock).toBe('first_reply');
    const one = runningClocks(timeline({ ours: [TEN + 1] }), DEFAULT_TARGETS.normal, hours);
    expect(shownClock(one, TEN)).toBeUndefined();
    expect(shownClock(one, one[0]?.warnAt ?? 0)?.clock).toBe('resolve');
  });

  it('look at each instant once', () => {
    const both = runningClocks(timeline(), DEFAULT_TARGETS.normal, hours);
    const done = new Set<string>();
    const looks: number[] = [];
    for (let next = nextLook(both, () => false); next !== null; ) {
      looks.push(next);
      for (const one of both) {
        if (one.warnAt === next) done.add(`${one.clock}:warned`);
        if (one.dueAt === next) done.add(`${one.clock}:missed`);
      }
      next = nextLook(both, (one, what) => done.has(`${one.clock}:${what}`));
    }
    expect(looks).toEqual([...new Set(both.flatMap((one) => [one.warnAt, one.dueAt]))].sort());
  });

  it('give exactly the target of working time outside pauses, wherever these lie', () => {
    const span = fc.record({
      after: fc.integer({ min: 0, max: 2000 }),
      for: fc.integer({ min: 1, max: 2000 }),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), fc.integer({ min: 1, max: 3000 }), (spans, minutes) => {
        let from = TEN;
        const paused = spans.map((one) => {
          const pause = { from: from + one.after * MINUTE_MS, until: 0 };
          pause.until = pause.from + one.for * MINUTE_MS;
          from = pause.until;
          return pause;
        });
        const end = reachedAt(TEN, minutes * MINUTE_MS, paused, hours) ?? 0;
        const within = paused.reduce(
          (sum, one) => sum + workingTimeBetween(Math.min(one.from, end), Math.min(one.until, end), hours),
          0,
        );
        expect(workingTimeBetween(TEN, end, hours) - within).toBe(minutes * MINUTE_MS);
      }),
    );
  });

  it('are never nearer for one more holiday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 1, max: 5000 }), (day, minutes) => {
        const date = `2026-11-${String(day + 3).padStart(2, '0')}`;
        const less = { ...hours, holidays: new Set([date]) };
        const ms = minutes * MINUTE_MS;
        expect(reachedAt(TEN, ms, [], less) ?? 0).toBeGreaterThanOrEqual(reachedAt(TEN, ms, [], hours) ?? 0);
      }),
    );
  });
});
