import { describe, expect, it } from 'vitest';
import { withDaysOff } from '../../../src/people/rules/absence.js';
import { workingHours } from '../../../src/people/rules.js';
import {
  addDays,
  addWorkingTime,
  HOUR_MS,
  hasDate,
  instantOf,
  isWorking,
  MINUTE_MS,
  nextWallTime,
  type WorkingHours,
  wallOf,
  workingTimeBetween,
} from '../../../src/time/index.js';

/**
 * One person's working week over both changes of the clocks of a year, in five zones: eight hours stay eight hours, nine
 * o'clock stays nine o'clock. Each week begins on the Monday before the change. Apia's are the day that it skipped in
 * 2011 and the last change that it made.
 */
const CHANGES: [zone: string, what: string, monday: string][] = [
  ['America/New_York', 'summer time begins', '2026-03-02'],
  ['America/New_York', 'summer time ends', '2026-10-26'],
  ['America/Sao_Paulo', 'summer time begins at midnight', '2018-10-29'],
  ['America/Sao_Paulo', 'summer time ends at midnight', '2019-02-11'],
  ['Australia/Lord_Howe', 'half an hour on', '2026-09-28'],
  ['Australia/Lord_Howe', 'half an hour back', '2026-03-30'],
  ['Pacific/Apia', 'the day that never was', '2011-12-26'],
  ['Pacific/Apia', 'the last summer time ends', '2021-03-29'],
  ['Europe/Berlin', 'summer time begins', '2026-03-23'],
  ['Europe/Berlin', 'summer time ends', '2026-10-19'],
];
const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];
const everyDay = (zone: string): WorkingHours => ({
  zone,
  days: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, NINE_TO_FIVE])),
  holidays: new Set(),
});
/** Twelve days, so that the days after the change are in it. */
const days = (monday: string) => Array.from({ length: 12 }, (_, i) => addDays(monday, i));

describe.each(CHANGES)('%s, %s', (zone, _what, monday) => {
  const there = days(monday).filter((date) => hasDate(date, zone));
  const from = instantOf({ date: monday, time: '00:00', zone });
  const until = instantOf({ date: addDays(monday, 12), time: '00:00', zone });

  it('has eight working hours on each day that the zone has', () => {
    expect(workingTimeBetween(from, until, everyDay(zone))).toBe(there.length * 8 * HOUR_MS);
  });

  it('begins work at nine and ends it at five, on the wall', () => {
    for (const date of there) {
      const nine = instantOf({ date, time: '09:00', zone });
      const five = instantOf({ date, time: '17:00', zone });
      expect([isWorking(nine - 1, everyDay(zone)), isWorking(nine, everyDay(zone))]).toEqual([false, true]);
      expect([isWorking(five - 1, everyDay(zone)), isWorking(five, everyDay(zone))]).toEqual([true, false]);
    }
  });

  it('brings the nine o’clock message once on each of them, at nine', () => {
    const walls: string[] = [];
    for (let at = from - 1; ; ) {
      at = nextWallTime(at, { time: '09:00', zone });
      if (at >= until) break;
      const wall = wallOf(at, zone);
      expect(wall.time).toBe('09:00');
      walls.push(wall.date);
    }
    expect(walls).toEqual(there);
  });

  it('keeps four working hours four working hours, wherever they begin', () => {
    for (let at = from; at < until - 3 * 24 * HOUR_MS; at += 97 * MINUTE_MS) {
      const end = addWorkingTime(at, 4 * HOUR_MS, everyDay(zone));
      expect(workingTimeBetween(at, end, everyDay(zone))).toBe(4 * HOUR_MS);
    }
  });

  it('has none while they are away', () => {
    const hours = { zone, days: everyDay(zone).days as never, holidays: [] };
    const absence = { awaySince: from + HOUR_MS, backOn: addDays(monday, 12) };
    expect(workingTimeBetween(from, until, workingHours(withDaysOff(hours, [], absence)))).toBe(0);
  });
});
