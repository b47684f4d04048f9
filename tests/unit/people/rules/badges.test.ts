import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badgeAnswer, weekOf } from '../../../../src/people/rules/badges.js';

const spent = (today: number, thisWeek = today, beyondToday = 0) => ({ today, thisWeek, beyondToday });

describe('the noise budget', () => {
  it.each([
    [spent(0), false, 'within'],
    [spent(2), false, 'within'],
    [spent(3), false, 'held'],
    [spent(0, 7), false, 'within'],
    [spent(0, 8), false, 'held'],
    [spent(2), true, 'within'],
    [spent(3), true, 'beyond'],
    [spent(3, 3, 1), true, 'beyond'],
    [spent(3, 3, 2), true, 'held'],
    [spent(0, 8), true, 'beyond'],
    [spent(0, 8, 2), true, 'held'],
  ] as const)('after %o, critical %s: %s', (before, isCritical, answer) => {
    expect(badgeAnswer(before, isCritical)).toBe(answer);
  });

  it('never gives more than three a day, eight a week, and two critical ones a day beyond', () => {
    const asks = fc.array(fc.record({ day: fc.integer({ min: 0, max: 6 }), isCritical: fc.boolean() }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(asks, (list) => {
        const days = Array.from({ length: 7 }, () => ({ within: 0, beyond: 0 }));
        for (const { day, isCritical } of list) {
          const on = days[day] as { within: number; beyond: number };
          const thisWeek = days.reduce((sum, one) => sum + one.within, 0);
          const answer = badgeAnswer({ today: on.within, thisWeek, beyondToday: on.beyond }, isCritical);
          if (answer === 'within') on.within += 1;
          if (answer === 'beyond') {
            expect(isCritical).toBe(true);
            on.beyond += 1;
          }
        }
        expect(days.reduce((sum, one) => sum + one.within, 0)).toBeLessThanOrEqual(8);
        for (const { within, beyond } of days) {
          expect(within).toBeLessThanOrEqual(3);
          expect(beyond).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('counts a week from Monday to Sunday', () => {
    expect(weekOf('2026-11-02')).toBe('2026-11-02');
    expect(weekOf('2026-11-08')).toBe('2026-11-02');
    expect(weekOf('2026-11-09')).toBe('2026-11-09');
    expect(weekOf('2027-01-01')).toBe('2026-12-28');
  });
});
