import { describe, expect, test } from 'vitest';
import {
  addWorkingDays,
  addWorkingTime,
  endOfNextWorkingDay,
  hoursProblem,
  isWorking,
  nextWorkingInstant,
  startOfNextWorkingDay,
  type WorkingHours,
  workingTimeBetween,
} from '../../../src/time/index.js';
import { iso, utc } from './zones.js';

const HOUR = 3_600_000;
const DAY_SHIFT = [{ from: '09:00', to: '17:00' }];
const office = (zone: string, holidays: string[] = []): WorkingHours => ({
  zone,
  days: { 1: DAY_SHIFT, 2: DAY_SHIFT, 3: DAY_SHIFT, 4: DAY_SHIFT, 5: DAY_SHIFT },
  holidays: new Set(holidays),
});
const every = (zone: string, from: string, to: string): WorkingHours => {
  const shift = [{ from, to }];
  return {
    zone,
    days: { 1: shift, 2: shift, 3: shift, 4: shift, 5: shift, 6: shift, 7: shift },
    holidays: new Set(),
  };
};
const UTC = office('UTC');

// 2026-11-20 is a Friday.
describe('an office week', () => {
  test('isWorking: from the first instant to before the last', () => {
    expect(isWorking(utc('2026-11-20T09:00:00Z'), UTC)).toBe(true);
    expect(isWorking(utc('2026-11-20T16:59:59.999Z'), UTC)).toBe(true);
    expect(isWorking(utc('2026-11-20T17:00:00Z'), UTC)).toBe(false);
    expect(isWorking(utc('2026-11-21T12:00:00Z'), UTC)).toBe(false);
    expect(isWorking(utc('2026-11-20T12:00:00Z'), office('UTC', ['2026-11-20']))).toBe(false);
  });

  test.each([
    ['2026-11-20T16:00:00Z', 1, '2026-11-20T17:00:00.000Z'],
    ['2026-11-20T16:00:00Z', 2, '2026-11-23T10:00:00.000Z'],
    ['2026-11-21T12:00:00Z', 8, '2026-11-23T17:00:00.000Z'],
    ['2026-11-21T12:00:00Z', 0, '2026-11-21T12:00:00.000Z'],
    ['2026-11-20T08:00:00Z', 40, '2026-11-26T17:00:00.000Z'],
  ])('%s and %i working hours', (at, hours, expected) => {
    expect(iso(addWorkingTime(utc(at), hours * HOUR, UTC))).toBe(expected);
  });

  test('uses up part of a millisecond instead of looking for it for ever', () => {
    const at = utc('2026-11-03T09:00:00Z');
    expect(addWorkingTime(at, HOUR / 3 + 0.4, UTC)).toBe(at + HOUR / 3 + 1);
  });

  test.each([
    ['Friday afternoon', '2026-11-20T16:00:00Z', '2026-11-23T09:00:00.000Z', '2026-11-23T17:00:00.000Z'],
    ['Friday before work', '2026-11-20T06:00:00Z', '2026-11-23T09:00:00.000Z', '2026-11-23T17:00:00.000Z'],
    ['Saturday', '2026-11-21T12:00:00Z', '2026-11-23T09:00:00.000Z', '2026-11-23T17:00:00.000Z'],
    ['Sunday', '2026-11-22T12:00:00Z', '2026-11-23T09:00:00.000Z', '2026-11-23T17:00:00.000Z'],
    ['Monday night', '2026-11-23T22:00:00Z', '2026-11-24T09:00:00.000Z', '2026-11-24T17:00:00.000Z'],
  ])('the next working day after %s', (_, at, start, end) => {
    expect(iso(startOfNextWorkingDay(utc(at), UTC))).toBe(start);
    expect(iso(endOfNextWorkingDay(utc(at), UTC))).toBe(end);
  });

  test.each([
    ['2026-11-20T16:00:00Z', 1, '2026-11-23T16:00:00.000Z'],
    ['2026-11-20T16:00:00Z', 2, '2026-11-24T16:00:00.000Z'],
    ['2026-11-20T18:00:00Z', 1, '2026-11-24T09:00:00.000Z'],
    ['2026-11-21T12:00:00Z', 0, '2026-11-23T09:00:00.000Z'],
    ['2026-11-21T12:00:00Z', 2, '2026-11-25T09:00:00.000Z'],
  ])('%s and %i working days', (at, n, expected) => {
    expect(iso(addWorkingDays(utc(at), n, UTC))).toBe(expected);
  });

  test('a holiday is stepped over', () => {
    const hours = office('UTC', ['2026-11-23', '2026-11-24']);
    expect(iso(nextWorkingInstant(utc('2026-11-21T12:00:00Z'), hours))).toBe('2026-11-25T09:00:00.000Z');
    expect(iso(endOfNextWorkingDay(utc('2026-11-20T12:00:00Z'), hours))).toBe('2026-11-25T17:00:00.000Z');
    expect(iso(addWorkingDays(utc('2026-11-20T12:00:00Z'), 1, hours))).toBe('2026-11-25T12:00:00.000Z');
  });

  test('working days end within a shorter day', () => {
    const hours: WorkingHours = { ...UTC, days: { ...UTC.days, 5: [{ from: '10:00', to: '13:00' }] } };
    expect(iso(addWorkingDays(utc('2026-11-19T15:30:00Z'), 1, hours))).toBe('2026-11-20T13:00:00.000Z');
    expect(iso(addWorkingDays(utc('2026-11-19T09:15:00Z'), 1, hours))).toBe('2026-11-20T10:00:00.000Z');
  });
});

describe('nights and changes of offset', () => {
  const night = every('UTC', '22:00', '02:00');

  test('a shift over midnight belongs to the evening', () => {
    expect(isWorking(utc('2026-11-20T01:30:00Z'), night)).toBe(true);
    expect(isWorking(utc('2026-11-20T02:00:00Z'), night)).toBe(false);
    expect(iso(endOfNextWorkingDay(utc('2026-11-20T01:00:00Z'), night))).toBe('2026-11-21T02:00:00.000Z');
    expect(iso(endOfNextWorkingDay(utc('2026-11-20T03:00:00Z'), night))).toBe('2026-11-22T02:00:00.000Z');
    expect(iso(addWorkingDays(utc('2026-11-20T01:00:00Z'), 1, night))).toBe('2026-11-21T01:00:00.000Z');
    expect(isWorking(utc('2026-11-20T01:30:00Z'), { ...night, holidays: new Set(['2026-11-20']) })).toBe(
      true,
    );
    expect(isWorking(utc('2026-11-20T01:30:00Z'), { ...night, holidays: new Set(['2026-11-19']) })).toBe(
      false,
    );
  });

  test('a night is an hour shorter or longer when the clock is', () => {
    const ny = every('America/New_York', '22:00', '06:00');
    const worked = (from: string, to: string) => workingTimeBetween(utc(from), utc(to), ny) / HOUR;
    expect(worked('2026-03-07T20:00:00Z', '2026-03-08T20:00:00Z')).toBe(7);
    expect(worked('2026-10-31T20:00:00Z', '2026-11-01T20:00:00Z')).toBe(9);
    expect(worked('2026-07-01T20:00:00Z', '2026-07-02T20:00:00Z')).toBe(8);
    const howe = every('Australia/Lord_Howe', '22:00', '06:00');
    expect(workingTimeBetween(utc('2026-10-03T08:00:00Z'), utc('2026-10-04T08:00:00Z'), howe) / HOUR).toBe(
      7.5,
    );
    expect(workingTimeBetween(utc('2026-04-04T08:00:00Z'), utc('2026-04-05T08:00:00Z'), howe) / HOUR).toBe(
      8.5,
    );
  });

  test('a shift inside the skipped hour is no shift', () => {
    const ny = every('America/New_York', '02:10', '02:50');
    expect(workingTimeBetween(utc('2026-03-08T00:00:00Z'), utc('2026-03-09T00:00:00Z'), ny)).toBe(0);
  });

  test('around the clock is every hour there is', () => {
    for (const zone of ['America/Sao_Paulo', 'Pacific/Apia', 'Australia/Lord_Howe']) {
      const hours = every(zone, '00:00', '24:00');
      const [a, b] = [utc('2011-12-20T00:00:00Z'), utc('2012-11-01T00:00:00Z')];
      expect(workingTimeBetween(a, b, hours)).toBe(b - a);
      expect(addWorkingTime(a, b - a, hours)).toBe(b);
    }
  });

  test('the day that Apia never had is no working day', () => {
    const hours = office('Pacific/Apia');
    // Thursday 29 December 2011, then Saturday 31; Monday 2 January is next.
    expect(iso(startOfNextWorkingDay(utc('2011-12-29T20:00:00Z'), hours))).toBe('2012-01-01T19:00:00.000Z');
    const nights = every('Pacific/Apia', '22:00', '02:00');
    expect(workingTimeBetween(utc('2011-12-30T00:00:00Z'), utc('2011-12-31T08:00:00Z'), nights)).toBe(
      2 * HOUR,
    );
  });

  test('shifts that overlap count once', () => {
    const hours: WorkingHours = {
      zone: 'UTC',
      days: {
        5: [
          { from: '12:00', to: '20:00' },
          { from: '09:00', to: '17:00' },
          { from: '22:00', to: '10:00' },
        ],
        6: [{ from: '08:00', to: '12:00' }],
      },
      holidays: new Set(),
    };
    expect(workingTimeBetween(utc('2026-11-20T00:00:00Z'), utc('2026-11-22T00:00:00Z'), hours)).toBe(
      (11 + 12 + 2) * HOUR,
    );
  });
});

describe('hours that cannot be', () => {
  const none: WorkingHours = { zone: 'UTC', days: { 1: [] }, holidays: new Set() };
  const at = utc('2026-11-20T12:00:00Z');

  test('no working time is an error, never an endless search', () => {
    for (const ask of [isWorking, nextWorkingInstant, endOfNextWorkingDay, startOfNextWorkingDay]) {
      expect(() => ask(at, none)).toThrow('There is no working time');
    }
    expect(() => addWorkingTime(at, 1, none)).toThrow('There is no working time');
    expect(() => workingTimeBetween(at, at + 1, none)).toThrow('There is no working time');
    expect(() => addWorkingDays(at, 1, none)).toThrow('There is no working time');
  });

  test('nor are holidays without end', () => {
    const holidays = Array.from({ length: 450 }, (_, i) =>
      new Date(at + (i - 3) * 24 * HOUR).toISOString().slice(0, 10),
    );
    const hours = office('UTC', holidays);
    expect(() => nextWorkingInstant(at, hours)).toThrow('no working time within 400 days');
    expect(() => addWorkingTime(at, HOUR, hours)).toThrow('no working time within 400 days');
    expect(() => endOfNextWorkingDay(at, hours)).toThrow('no working time within 400 days');
    expect(workingTimeBetween(at, at + 300 * 24 * HOUR, hours)).toBe(0);
  });

  test('what is wrong is named, with what is right', () => {
    const shift = (from: string, to: string): WorkingHours => ({
      zone: 'UTC',
      days: { 1: [{ from, to }] },
      holidays: new Set(),
    });
    expect(hoursProblem(UTC)).toBeUndefined();
    expect(hoursProblem(shift('22:00', '02:00'))).toBeUndefined();
    expect(hoursProblem(shift('9:00', '17:00'))).toContain('09:00 to 17:00');
    expect(hoursProblem(shift('24:00', '17:00'))).toContain('09:00 to 17:00');
    expect(hoursProblem(shift('09:00', '09:00'))).toContain('00:00 to 24:00');
    expect(hoursProblem({ ...UTC, zone: 'Berlin' })).toContain('Europe/Berlin');
    expect(hoursProblem(office('UTC', ['25.12.2026']))).toContain('YYYY-MM-DD');
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e15])('%d ms cannot be added', (ms) => {
    expect(() => addWorkingTime(at, ms, UTC)).toThrow(RangeError);
    expect(() => addWorkingDays(at, ms, UTC)).toThrow(RangeError);
  });
});
