import { describe, expect, it } from 'vitest';
import { nextStandup } from '../../../src/followups/rules/standup.js';
import type { HoursSpec } from '../../../src/people/rules.js';
import { readTimeOfDay } from '../../../src/time/index.js';

const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];
const HOURS: HoursSpec = {
  zone: 'Europe/Berlin',
  days: { 1: NINE_TO_FIVE, 2: NINE_TO_FIVE, 3: NINE_TO_FIVE, 4: NINE_TO_FIVE, 5: NINE_TO_FIVE },
  holidays: ['2026-11-04'],
};
const at = (text: string) => Date.parse(text);

describe('the time of the stand-up', () => {
  it('is the next working morning on the wall, holidays and weekends left out', () => {
    const next = (after: string) => new Date(nextStandup(at(after), '09:15', HOURS)).toISOString();
    expect(next('2026-11-03T08:00:00Z')).toBe('2026-11-03T08:15:00.000Z');
    expect(next('2026-11-03T08:15:00Z')).toBe('2026-11-05T08:15:00.000Z');
    expect(next('2026-11-06T09:00:00Z')).toBe('2026-11-09T08:15:00.000Z');
    // Summer time ends on 25 October 2026: the same wall time, an hour later in UTC.
    expect(next('2026-10-23T09:00:00Z')).toBe('2026-10-26T08:15:00.000Z');
    expect(next('2026-10-22T09:00:00Z')).toBe('2026-10-23T07:15:00.000Z');
  });

  it('still comes where nobody has hours', () => {
    expect(nextStandup(at('2026-11-06T09:00:00Z'), '09:15', { ...HOURS, days: {} })).toBe(
      at('2026-11-07T08:15:00Z'),
    );
  });

  it.each([
    ['9:15', '09:15'],
    ['09.15', '09:15'],
    ['9', '09:00'],
    ['9h', '09:00'],
    ['24:00', null],
    ['9:60', null],
    ['soon', null],
    ['', null],
  ])('reads %j as %j', (typed, read) => expect(readTimeOfDay(typed)).toBe(read));
});
