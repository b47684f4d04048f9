import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  daysBetween,
  hasDate,
  instantOf,
  isDate,
  isZone,
  nextWallTime,
  wallOf,
  weekdayOf,
  zoneProblem,
} from '../../../src/time/index.js';
import { anyMoment, iso, utc, wallByPlatform, ZONES } from './zones.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NEW_YORK = 'America/New_York';
const SAO_PAULO = 'America/Sao_Paulo';
const LORD_HOWE = 'Australia/Lord_Howe';
const APIA = 'Pacific/Apia';
const time = fc.integer({ min: 0, max: 1439 }).map((m) => new Date(m * MINUTE).toISOString().slice(11, 16));

describe('instantOf', () => {
  test.each([
    ['an ordinary day', NEW_YORK, '2026-01-15', '09:00', '2026-01-15T14:00:00.000Z'],
    ['E1: skipped, 02:30 becomes 03:00', NEW_YORK, '2026-03-08', '02:30', '2026-03-08T07:00:00.000Z'],
    ['just before the gap', NEW_YORK, '2026-03-08', '01:59', '2026-03-08T06:59:00.000Z'],
    ['just after the gap', NEW_YORK, '2026-03-08', '03:00', '2026-03-08T07:00:00.000Z'],
    ['E1: doubled, the first', NEW_YORK, '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['after the doubled hour', NEW_YORK, '2026-11-01', '02:00', '2026-11-01T07:00:00.000Z'],
    ['a midnight that is not there', SAO_PAULO, '2018-11-04', '00:00', '2018-11-04T03:00:00.000Z'],
    ['a doubled last hour', SAO_PAULO, '2018-02-17', '23:30', '2018-02-18T01:30:00.000Z'],
    ['the end of a day of 25 hours', SAO_PAULO, '2018-02-17', '24:00', '2018-02-18T03:00:00.000Z'],
    ['half an hour skipped', LORD_HOWE, '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z'],
    ['half an hour doubled', LORD_HOWE, '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
    ['a day that is not there', APIA, '2011-12-30', '12:00', '2011-12-30T10:00:00.000Z'],
    ['the day after', APIA, '2011-12-31', '00:00', '2011-12-30T10:00:00.000Z'],
    ['two hours skipped', 'Antarctica/Troll', '2026-03-29', '02:59', '2026-03-29T01:00:00.000Z'],
  ])('%s', (_, zone, date, at, expected) => {
    expect(iso(instantOf({ date, time: at, zone }))).toBe(expected);
  });

  test('is the first minute at which the wall shows that time or a later one', () => {
    fc.assert(
      fc.property(anyMoment, time, ({ zone, at }, wanted) => {
        const date = wallByPlatform(at, zone).slice(0, 10);
        const instant = instantOf({ date, time: wanted, zone });
        const target = `${date} ${wanted}`;
        expect(wallByPlatform(instant, zone) >= target).toBe(true);
        for (let before = 1; before <= 26 * 60; before += before < 200 ? 1 : 30) {
          expect(wallByPlatform(instant - before * MINUTE, zone) < target).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [{ date: '2026-02-30', time: '09:00', zone: 'UTC' }, 'not a date'],
    [{ date: '2026-02-03', time: '9:00', zone: 'UTC' }, 'not a time of day'],
    [{ date: '2026-02-03', time: '24:01', zone: 'UTC' }, 'not a time of day'],
    [{ date: '2026-02-03', time: '09:00', zone: 'Berlin' }, 'not a time zone'],
    [{ date: '2026-02-03', time: '09:00', zone: '+02:00' }, 'not a time zone'],
  ])('refuses %j', (at, why) => {
    expect(() => instantOf(at)).toThrow(why);
  });
});

test('wallOf shows what the platform shows', () => {
  fc.assert(
    fc.property(anyMoment, ({ zone, at }) => {
      const wall = wallOf(at, zone);
      expect(`${wall.date} ${wall.time}`).toBe(wallByPlatform(at, zone));
      expect(wall.weekday).toBe(weekdayOf(wall.date));
    }),
  );
});

describe('nextWallTime', () => {
  const walk = (zone: string, at: string, from: string, count: number) => {
    const found: string[] = [];
    for (let after = utc(from); found.length < count; ) {
      after = nextWallTime(after, { time: at, zone });
      found.push(iso(after));
    }
    return found;
  };

  test('E1: 02:30 in New York comes once on the night it is skipped, and once on the night it comes twice', () => {
    expect(walk(NEW_YORK, '02:30', '2026-03-07T12:00:00Z', 2)).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-09T06:30:00.000Z',
    ]);
    expect(walk(NEW_YORK, '01:30', '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
  });

  test('E1: midnight in São Paulo and the missing day of Apia', () => {
    expect(walk(SAO_PAULO, '00:00', '2018-11-03T12:00:00Z', 2)).toEqual([
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
    ]);
    expect(walk(APIA, '09:00', '2011-12-29T12:00:00Z', 2)).toEqual([
      '2011-12-29T19:00:00.000Z',
      '2011-12-30T19:00:00.000Z',
    ]);
  });

  test.each(ZONES)('E2: each day of three years once, strictly later each time: %s', (zone) => {
    for (const at of ['00:00', '02:15', '23:45']) {
      let after = utc('2010-06-01T00:00:00Z');
      let date = '';
      for (let i = 0; i < 1100; i++) {
        const next = nextWallTime(after, { time: at, zone });
        expect(next).toBeGreaterThan(after);
        // A time skipped over midnight shows the next day's date, so the day is read from just before.
        const shown = wallOf(next, zone);
        const expected = date === '' ? shown.date : nextExisting(date, zone);
        expect(instantOf({ date: expected, time: at, zone })).toBe(next);
        after = next;
        date = expected;
      }
    }
  });

  test('is strictly after, and on the given weekdays only', () => {
    fc.assert(
      fc.property(
        anyMoment,
        time,
        fc.subarray([1, 2, 3, 4, 5, 6, 7] as const, { minLength: 1 }),
        ({ zone, at }, wanted, days) => {
          const next = nextWallTime(at, { time: wanted, zone, weekdays: days });
          expect(next).toBeGreaterThan(at);
          expect(next - at).toBeLessThanOrEqual(9 * DAY);
          expect(nextWallTime(next - 1, { time: wanted, zone, weekdays: days })).toBe(next);
          expect(nextWallTime(next, { time: wanted, zone, weekdays: days })).toBeGreaterThan(next);
        },
      ),
    );
    expect(
      iso(nextWallTime(utc('2026-11-21T10:00:00Z'), { time: '09:00', zone: 'UTC', weekdays: [1] })),
    ).toBe('2026-11-23T09:00:00.000Z');
    expect(() => nextWallTime(0, { time: '09:00', zone: 'UTC', weekdays: [] })).toThrow('no weekday');
  });

  const nextExisting = (date: string, zone: string): string => {
    const next = addDays(date, 1);
    return hasDate(next, zone) ? next : addDays(next, 1);
  };
});

describe('zones', () => {
  test.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', ...ZONES])('%s is one', (name) => {
    expect(isZone(name)).toBe(true);
    expect(zoneProblem(name)).toBeUndefined();
  });

  test('a wrong name is answered with a right one', () => {
    expect(zoneProblem('berlin')).toContain('Did you mean Europe/Berlin?');
    expect(zoneProblem('New York')).toContain('Did you mean America/New_York?');
    for (const name of ['', '+02:00', 'Mars/Base', '<!channel>'])
      expect(zoneProblem(name)).toContain('Region/City');
  });
});

test('days are counted without zones', () => {
  expect(isDate('2028-02-29')).toBe(true);
  for (const text of ['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '', '2026-01-01T00:00'])
    expect(isDate(text)).toBe(false);
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(daysBetween('2026-03-01', '2026-02-27')).toBe(-2);
  expect(weekdayOf('2026-11-22')).toBe(7);
});
