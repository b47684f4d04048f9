import { describe, expect, it } from 'vitest';
import { type CourseFacts, courseOf } from '../../../src/followups/rules/course.js';
import type { Followup } from '../../../src/followups/rules.js';
import type { WorkingHours } from '../../../src/time/index.js';

const DAY = [{ from: '09:00', to: '17:00' }];
const hours: WorkingHours = {
  zone: 'Europe/Berlin',
  days: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  holidays: new Set(),
};
const at = (text: string) => Date.parse(`${text}:00+01:00`);
/** Tuesday 10:00, due on Wednesday at five. */
const SHOWN = at('2026-11-03T10:00');
const DUE = at('2026-11-04T17:00');
const facts = (more: Partial<CourseFacts> = {}): CourseFacts => ({
  ...{ hours, hasOtherCsm: false, passesQuietHours: false },
  ...more,
});
const followup = (more: Partial<Followup> = {}) =>
  ({
    ...{ state: 'open', kind: 'tell_fix', severity: 'medium', pending: null, snoozedUntil: null },
    ...{ deliveredAt: SHOWN, dueAt: DUE, nudges: 0, nudgedAt: null, passedAt: null },
    ...more,
  }) as Followup;
const next = (one: Partial<Followup>, more: Partial<CourseFacts> = {}, now = SHOWN) =>
  courseOf(followup(one), facts(more), now);

describe('what happens next to what is owed', () => {
  it.each([
    ['told', { state: 'told' }],
    ['not needed', { state: 'not_needed' }],
    ['not shown yet', { deliveredAt: null }],
    ['a reminder on its way', { pending: 'overdue' }],
    ['before the leads already', { nudges: 2, nudgedAt: at('2026-11-09T09:00') }],
    ['a reminder that was not shown yet', { nudges: 1, nudgedAt: null }],
  ] as const)('nothing: %s', (_why, one) => {
    expect(next(one)).toEqual({ do: 'wait' });
  });

  it('news pass to the success manager when their time is over, once, and no call does', () => {
    expect(next({}, { hasOtherCsm: true })).toEqual({ do: 'pass', at: DUE });
    expect(next({ kind: 'tell_declined' }, { hasOtherCsm: true })).toEqual({ do: 'pass', at: DUE });
    for (const one of [{ kind: 'restore' }, { passedAt: DUE }] as const)
      expect(next(one, { hasOtherCsm: true })).toMatchObject({ do: 'remind' });
  });

  it('whoever was shown it late has as long as anybody', () => {
    const late = at('2026-11-05T11:00');
    expect(next({ deliveredAt: late }, { hasOtherCsm: true })).toEqual({
      do: 'pass',
      at: at('2026-11-06T17:00'),
    });
  });

  it('reminded one working day after its time, before the leads two later, over a weekend, too', () => {
    expect(next({})).toEqual({ do: 'remind', at: at('2026-11-05T09:00') });
    const friday = at('2026-11-06T17:00');
    expect(next({ dueAt: friday })).toEqual({ do: 'remind', at: at('2026-11-09T09:00') });
    expect(next({ nudges: 1, nudgedAt: at('2026-11-05T09:00') })).toEqual({
      do: 'list',
      at: at('2026-11-09T09:00'),
    });
  });

  it('never before it was a whole working day before their eyes', () => {
    expect(next({ deliveredAt: at('2026-11-05T12:00') })).toEqual({
      do: 'remind',
      at: at('2026-11-06T12:00'),
    });
  });

  it('what was missed is taken up in their working time, not at once', () => {
    const night = at('2026-11-10T22:00');
    expect(next({}, {}, night)).toEqual({ do: 'remind', at: at('2026-11-11T09:00') });
    const noon = at('2026-11-10T12:00');
    expect(next({}, {}, noon)).toEqual({ do: 'remind', at: noon });
  });

  it('asleep, it wakes when that was chosen, whatever its time', () => {
    const until = at('2026-11-16T09:00');
    expect(next({ snoozedUntil: until }, { hasOtherCsm: true })).toEqual({ do: 'wake', at: until });
  });
});
