import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agoInWords,
  clockOnly,
  dateInWords,
  dayAndClock,
  dayOnly,
  dayRange,
  relativeDayAndClock,
  span,
} from '../../../src/time/index.js';
import { anyMoment, utc, wallByPlatform } from './zones.js';

const NOW = utc('2026-11-18T12:00:00Z'); // a Wednesday
const BERLIN = 'Europe/Berlin';

describe('days and clocks', () => {
  test.each([
    ['2026-11-19T16:00:00Z', 'Thu 17:00'],
    ['2026-11-24T16:00:00Z', 'Tue 17:00'],
    ['2026-11-25T16:00:00Z', 'Wed 25 Nov 17:00'],
    ['2026-11-12T16:00:00Z', 'Thu 17:00'],
    ['2026-11-11T16:00:00Z', 'Wed 11 Nov 17:00'],
    ['2027-02-14T08:05:00Z', 'Sun 14 Feb 2027 09:05'],
    ['2026-11-18T23:30:00Z', 'Thu 00:30'],
  ])('%s is %s', (at, words) => {
    expect(dayAndClock(utc(at), BERLIN, NOW)).toBe(words);
  });

  test('the days around now have names', () => {
    expect(relativeDayAndClock(utc('2026-11-18T16:00:00Z'), BERLIN, NOW)).toBe('today 17:00');
    expect(relativeDayAndClock(utc('2026-11-18T23:30:00Z'), BERLIN, NOW)).toBe('tomorrow 00:30');
    expect(relativeDayAndClock(utc('2026-11-17T16:00:00Z'), BERLIN, NOW)).toBe('yesterday 17:00');
    expect(relativeDayAndClock(utc('2026-11-20T16:00:00Z'), BERLIN, NOW)).toBe('Fri 17:00');
  });

  test('days alone', () => {
    expect(dayOnly(utc('2026-11-20T16:00:00Z'), BERLIN, NOW)).toBe('Fri');
    expect(dayOnly(utc('2026-10-02T16:00:00Z'), BERLIN, NOW)).toBe('2 Oct');
    expect(dateInWords('2027-02-14', '2026-11-18')).toBe('14 Feb 2027');
    expect(clockOnly(utc('2026-11-20T07:05:00Z'), BERLIN)).toBe('08:05');
  });

  test('ranges', () => {
    expect(dayRange('2026-11-09', '2026-11-15')).toBe('9-15 Nov');
    expect(dayRange('2026-11-28', '2026-12-04')).toBe('28 Nov-4 Dec');
    expect(dayRange('2026-12-29', '2027-01-04')).toBe('29 Dec 2026-4 Jan 2027');
    expect(dayRange('2026-11-09', '2026-11-09')).toBe('9 Nov');
  });

  test('the clock is the one on the wall, in any zone', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: -40, max: 40 }), ({ zone, at }, days) => {
        const words = dayAndClock(at, zone, at + days * 86_400_000);
        expect(words.endsWith(wallByPlatform(at, zone).slice(11))).toBe(true);
        expect(words).toMatch(
          /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?: \d{1,2} [A-Z][a-z]{2}(?: \d{4})?)? \d\d:\d\d$/,
        );
      }),
    );
  });
});

describe('lengths', () => {
  test.each([
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [60_000, '1 minute'],
    [20 * 60_000, '20 minutes'],
    [3_600_000, '1 hour'],
    [3 * 3_600_000 + 59 * 60_000, '3 hours'],
    [86_400_000, '1 day'],
    [6.9 * 86_400_000, '6 days'],
    [-2 * 86_400_000, '2 days'],
  ])('%d ms is %s', (ms, words) => {
    expect(span(ms)).toBe(words);
  });

  test('ago and in', () => {
    expect(agoInWords(NOW - 6 * 86_400_000, NOW)).toBe('6 days ago');
    expect(agoInWords(NOW + 3 * 3_600_000, NOW)).toBe('in 3 hours');
    expect(agoInWords(NOW - 5000, NOW)).toBe('just now');
  });
});
