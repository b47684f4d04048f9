import { describe, expect, it } from 'vitest';
import { coversSince, isTimely, isToKeepWarm, nextMorning } from '../../../src/digests/rules/morning.js';
import { DAY_MS, HOUR_MS, instantOf } from '../../../src/time/index.js';

const shift = [{ from: '09:00', to: '17:00' }];
const hours = (more: { holidays?: string[]; zone?: string } = {}) => ({
  zone: more.zone ?? 'Europe/Berlin',
  days: { 1: shift, 2: shift, 3: shift, 4: shift, 5: shift },
  holidays: new Set(more.holidays ?? []),
});
const at = (date: string, time: string, zone = 'Europe/Berlin') => instantOf({ date, time, zone });

describe('the nine o’clock message', () => {
  it('comes on the next working day, at nine of the person', () => {
    expect(nextMorning(at('2026-11-06', '08:59'), hours())).toBe(at('2026-11-06', '09:00'));
    expect(nextMorning(at('2026-11-06', '09:00'), hours())).toBe(at('2026-11-09', '09:00'));
    expect(nextMorning(at('2026-11-06', '10:00'), hours({ holidays: ['2026-11-09'] }))).toBe(
      at('2026-11-10', '09:00'),
    );
    const lordHowe = hours({ zone: 'Australia/Lord_Howe' });
    expect(nextMorning(at('2026-10-02', '12:00', 'Australia/Lord_Howe'), lordHowe)).toBe(
      at('2026-10-05', '09:00', 'Australia/Lord_Howe'),
    );
    expect(nextMorning(0, { zone: 'UTC', days: {}, holidays: new Set() })).toBeNull();
  });

  it('goes out at its time; after downtime when the person works, and never on a day off', () => {
    const nine = at('2026-11-06', '09:00');
    expect(isTimely(nine, nine, hours())).toBe(true);
    expect(isTimely(nine, at('2026-11-06', '16:00'), hours())).toBe(true);
    expect(isTimely(nine, at('2026-11-06', '23:00'), hours())).toBe(false);
    expect(isTimely(nine, at('2026-11-07', '10:00'), hours())).toBe(false);
    expect(isTimely(nine, at('2026-11-09', '10:00'), hours())).toBe(true);
  });

  it('says what it covers after downtime or an absence, not after a weekend', () => {
    const monday = at('2026-11-09', '09:00');
    const friday = monday - 3 * DAY_MS;
    expect(coversSince(friday, monday, monday)).toBeNull();
    expect(coversSince(friday, monday, monday + 3 * HOUR_MS)).toBe(friday);
    expect(coversSince(monday - 6 * DAY_MS, monday, monday)).toBe(monday - 6 * DAY_MS);
  });

  it.each([
    // Wanted every 14 days, spoke on Tuesday the 3rd: passes on Tuesday the 17th.
    ['2026-11-03', '2026-11-16', '2026-11-13', false],
    ['2026-11-03', '2026-11-17', '2026-11-16', true],
    ['2026-11-03', '2026-11-18', '2026-11-17', false],
    ['2026-11-03', '2026-11-23', '2026-11-20', true],
    // It passed on a Saturday: Monday says so.
    ['2026-11-07', '2026-11-23', '2026-11-20', true],
    // Nobody ever logged a conversation: nothing is known.
    [null, '2026-11-23', '2026-11-20', false],
  ])('keep warm: spoke %s, today %s, last message %s: %s', (spokeOn, today, lastMorning, shown) => {
    expect(isToKeepWarm(spokeOn, 14, { today, lastMorning })).toBe(shown);
  });
});
