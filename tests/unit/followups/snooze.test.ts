import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAfterSnooze, readSnooze } from '../../../src/followups/rules/snooze.js';
import { isWorking, type WorkingHours } from '../../../src/time/index.js';

const DAY = [{ from: '09:00', to: '17:00' }];
const hours: WorkingHours = {
  zone: 'Europe/Berlin',
  days: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  holidays: new Set(['2026-11-09']),
};
const at = (text: string) => Date.parse(`${text}:00+01:00`);
const TUESDAY = at('2026-11-03T15:00');
const read = (choice: string, day = '', one: Partial<{ severity: 'critical'; snoozes: number }> = {}) =>
  readSnooze({ choice, day }, { severity: 'medium', snoozes: 0, ...one }, hours, TUESDAY);

describe('until when a follow-up sleeps', () => {
  it.each([
    ['4h', '', '2026-11-04T11:00'],
    ['tomorrow', '', '2026-11-04T09:00'],
    // Monday is a holiday.
    ['monday', '', '2026-11-10T09:00'],
    ['day', '2026-11-06', '2026-11-06T09:00'],
    ['day', '2026-11-07', '2026-11-10T09:00'],
    ['day', '2026-11-17', '2026-11-17T09:00'],
  ])('%s %s → %s, when work begins', (choice, day, until) => {
    expect(read(choice, day)).toEqual({ until: at(until) });
  });

  it.each([
    ['', '', 'until', 'Choose until when'],
    ['next year', '', 'until', 'Choose until when'],
    ['day', '', 'day', 'Choose the day'],
    ['day', '2026-02-30', 'day', 'Choose the day'],
    ['day', '2026-11-03', 'day', 'past or today'],
    ['day', '2020-01-01', 'day', 'past or today'],
    ['day', '2026-11-18', 'day', 'at most 14 days'],
  ])('"%s" "%s" is refused at %s: %s', (choice, day, field, text) => {
    expect(read(choice, day)).toEqual({ problem: { field, text: expect.stringContaining(text) } });
  });

  it('a third time is refused; what is critical sleeps four hours at most', () => {
    expect(read('4h', '', { snoozes: 2 })).toMatchObject({
      problem: { text: expect.stringContaining('twice') },
    });
    expect(read('4h', '', { severity: 'critical' })).toHaveProperty('until');
    expect(read('tomorrow', '', { severity: 'critical' })).toHaveProperty('problem');
  });

  it('awake, it is due by the end of that working day, and never earlier than it was', () => {
    const until = at('2026-11-06T09:00');
    expect(dueAfterSnooze(until, at('2026-11-04T17:00'), hours)).toBe(at('2026-11-06T17:00'));
    expect(dueAfterSnooze(until, at('2026-11-12T17:00'), hours)).toBe(at('2026-11-12T17:00'));
    // At the end of a day there is nothing left of it.
    expect(dueAfterSnooze(at('2026-11-06T17:00'), 0, hours)).toBe(at('2026-11-10T17:00'));
  });

  it('whenever it wakes somebody works, and has time left to do it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('4h', 'tomorrow', 'monday'),
        fc.integer({ min: 0, max: 60 * 24 * 60 }),
        (choice, minutes) => {
          const now = TUESDAY + minutes * 60_000;
          const snooze = readSnooze({ choice, day: '' }, { severity: 'medium', snoozes: 1 }, hours, now);
          if (!('until' in snooze)) throw new Error('refused');
          expect(snooze.until).toBeGreaterThan(now);
          expect(isWorking(snooze.until, hours) || isWorking(snooze.until - 1, hours)).toBe(true);
          expect(dueAfterSnooze(snooze.until, 0, hours)).toBeGreaterThan(snooze.until);
        },
      ),
      { numRuns: 100 },
    );
  });
});
