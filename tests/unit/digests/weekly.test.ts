import { describe, expect, it } from 'vitest';
import { LINES_MAX } from '../../../src/digests/rules/morning.js';
import {
  type AccountSection,
  firstWeekFrom,
  followupsSaid,
  isWeekDue,
  sectionsBeside,
} from '../../../src/digests/rules/weekly.js';
import { DAY_MS, instantOf, MINUTE_MS } from '../../../src/time/index.js';

const BERLIN = 'Europe/Berlin';
const shift = [{ from: '09:00', to: '17:00' }];
const hours = (more: { holidays?: string[]; zone?: string; days?: number[] } = {}) => ({
  zone: more.zone ?? BERLIN,
  days: Object.fromEntries((more.days ?? [1, 2, 3, 4, 5]).map((day) => [day, shift])),
  holidays: new Set(more.holidays ?? []),
});
/** "2026-11-09 10:00" in a zone; nine o'clock where no time is given. */
const at = (when: string, zone = BERLIN) => {
  const [date = '', time = '09:00'] = when.split(' ');
  return instantOf({ date, time, zone });
};
/** A message that comes when it is due. */
const onTime = (when: string, zone = BERLIN) => ({ dueAt: at(when, zone), now: at(when, zone) });

describe('a week’s first message', () => {
  it.each([
    // The 9th of November 2026 is a Monday.
    ['the Monday after', '2026-11-02', '2026-11-09', true],
    ['once on its day', '2026-11-09', '2026-11-09 10:00', false],
    ['not on the next day', '2026-11-09', '2026-11-10', false],
    ['not on the Sunday', '2026-11-09', '2026-11-15', false],
    ['on a Tuesday after a holiday on Monday', '2026-11-02', '2026-11-10', true],
    ['on a Wednesday after two weeks of holiday', '2026-10-26', '2026-11-11', true],
    ['on the Monday after that Wednesday', '2026-11-11', '2026-11-16', true],
    ['on the first working day of whoever has Mondays off', '2026-11-03', '2026-11-10', true],
    ['not on their second', '2026-11-10', '2026-11-12', false],
    ['over the end of a year', '2026-12-28', '2027-01-04', true],
    ['not on its Friday, which is another year', '2026-12-28', '2027-01-01', false],
  ])('%s: told on %s, now %s: %s', (_what, told, now, isDue) => {
    expect(isWeekDue(at(told), onTime(now), hours())).toBe(isDue);
  });

  it('after downtime from Monday to Thursday is Thursday’s, and there is no other that week', () => {
    const late = { dueAt: at('2026-11-09'), now: at('2026-11-12 11:00') };
    expect(isWeekDue(at('2026-11-02'), late, hours())).toBe(true);
    expect(isWeekDue(late.now, onTime('2026-11-13'), hours())).toBe(false);
    expect(isWeekDue(late.now, onTime('2026-11-16'), hours())).toBe(true);
  });

  describe('before there was any', () => {
    it('is on the first day on which they work', () => {
      expect(isWeekDue(null, onTime('2026-11-09'), hours())).toBe(true);
      const noMonday = hours({ holidays: ['2026-11-09'] });
      expect(isWeekDue(null, onTime('2026-11-10'), noMonday)).toBe(true);
      expect(isWeekDue(null, onTime('2026-11-11'), noMonday)).toBe(false);
      const partTime = hours({ days: [3, 4] });
      expect(isWeekDue(null, onTime('2026-11-11'), partTime)).toBe(true);
      expect(isWeekDue(null, onTime('2026-11-12'), partTime)).toBe(false);
      expect(isWeekDue(null, onTime('2026-11-15'), hours({ days: [7] }))).toBe(true);
    });

    it('who begins in the middle of a week has theirs in the next', () => {
      for (const day of ['10', '11', '12', '13'])
        expect(isWeekDue(null, onTime(`2026-11-${day}`), hours())).toBe(false);
      expect(isWeekDue(null, onTime('2026-11-16'), hours())).toBe(true);
    });

    it('was the first one due in downtime, it comes after it', () => {
      const now = at('2026-11-12 11:00');
      expect(isWeekDue(null, { dueAt: at('2026-11-09'), now }, hours())).toBe(true);
      expect(isWeekDue(null, { dueAt: at('2026-11-06'), now }, hours())).toBe(true);
      expect(isWeekDue(null, { dueAt: at('2026-11-10'), now }, hours())).toBe(false);
    });
  });

  it('the week is that of the person’s zone', () => {
    const auckland = 'Pacific/Auckland';
    // Monday there, while it is Sunday in Honolulu.
    const now = at('2026-11-09', auckland);
    const told = now - 3 * DAY_MS;
    expect(isWeekDue(told, { dueAt: now, now }, hours({ zone: auckland }))).toBe(true);
    expect(isWeekDue(told, { dueAt: now, now }, hours({ zone: 'Pacific/Honolulu' }))).toBe(false);
    expect(isWeekDue(now, { dueAt: now, now }, hours({ zone: auckland }))).toBe(false);
  });

  it.each([
    // The clocks change on the Sunday before; on Lord Howe by half an hour.
    [BERLIN, '2026-03-23', '2026-03-30'],
    [BERLIN, '2026-10-19', '2026-10-26'],
    ['America/New_York', '2026-03-02', '2026-03-09'],
    ['Australia/Lord_Howe', '2026-09-28', '2026-10-05'],
    // Its Sunday has no 00:00.
    ['Asia/Beirut', '2026-03-23', '2026-03-30'],
  ])('in %s comes once a week also when the clocks change: %s, %s', (zone, told, now) => {
    const there = hours({ zone });
    expect(isWeekDue(at(told, zone), onTime(now, zone), there)).toBe(true);
    expect(isWeekDue(at(now, zone), onTime(`${now} 23:30`, zone), there)).toBe(false);
    expect(isWeekDue(null, onTime(now, zone), there)).toBe(true);
    // A quarter of an hour after midnight it is Monday, and the message of Sunday night was last week's.
    const early = { dueAt: at(`${now} 00:15`, zone), now: at(`${now} 00:15`, zone) };
    expect(isWeekDue(early.now - 30 * MINUTE_MS, early, there)).toBe(true);
  });
});

it.each([
  ['2026-11-09', '2026-11-09', '2026-11-02'],
  ['2026-11-11', '2026-11-11', '2026-11-02'],
  ['2026-11-15', '2026-11-15 23:30', '2026-11-02'],
  // The clocks went back on the 25th: nine o'clock is nine o'clock.
  ['2026-10-26', '2026-10-26', '2026-10-19'],
  ['2027-01-01', '2027-01-01', '2026-12-21'],
  // After downtime it covers all of it.
  ['2026-11-05', '2026-11-09', '2026-11-02'],
  ['2026-11-09', '2026-11-12', '2026-11-02'],
  ['2026-10-14', '2026-11-12', '2026-10-12'],
])('a first week, due on %s and told on %s, is told since nine o’clock on %s', (due, now, from) => {
  expect(firstWeekFrom({ dueAt: at(due), now: at(now) }, BERLIN)).toBe(at(from));
});

describe('the sections of a week', () => {
  const section = (account: string, more: Partial<AccountSection> = {}): AccountSection => ({
    ...{ account, todo: [], contacts: 0, usual: 0, closed: 0, open: 3, oldest: null, told: 0, renews: null },
    ...more,
  });
  const todo = (...ids: number[]) => ids.map((followupId) => ({ followupId, text: `tell ${followupId}` }));

  it('are of accounts that changed, the most to do first; the others are counted', () => {
    const all = [
      section('Acme', { contacts: 1 }),
      section('Globex'),
      section('Initech', { todo: todo(1, 2) }),
      section('Umbrella', { closed: 1 }),
    ];
    const { sections, quiet } = sectionsBeside(all, new Set());
    expect(sections.map((one) => one.account)).toEqual(['Initech', 'Acme', 'Umbrella']);
    expect(quiet).toBe(1);
  });

  it('with the same to do, first who wrote in most above their usual', () => {
    const all = [
      section('Acme', { contacts: 9, usual: 9 }),
      section('Globex', { contacts: 5, usual: 1 }),
      section('Initech', { contacts: 1, usual: 4 }),
      section('Umbrella', { contacts: 2, usual: 0 }),
    ];
    const { sections } = sectionsBeside(all, new Set());
    expect(sections.map((one) => one.account)).toEqual(['Globex', 'Umbrella', 'Acme', 'Initech']);
  });

  it('do not say again what stands above; who was only owed that is neither shown nor quiet', () => {
    const all = [
      section('Acme', { contacts: 1, todo: todo(1, 2) }),
      section('Globex', { todo: todo(3) }),
      section('Initech'),
    ];
    const { sections, quiet } = sectionsBeside(all, new Set([1, 3]));
    expect(sections).toMatchObject([{ account: 'Acme', todo: [{ followupId: 2 }] }]);
    expect(quiet).toBe(1);
  });

  it('what the message only counts is not said yet', () => {
    const line = (followupId: number) => ({ text: 'x', url: null, accountId: 1, followupId });
    const many = Array.from({ length: LINES_MAX + 2 }, (_, n) => line(n + 1));
    const claim = { text: 'Acme needs a call', url: null, accountId: 1 };
    expect([...followupsSaid({ waiting: [claim], news: [line(70)] })]).toEqual([70]);
    const said = followupsSaid({ waiting: many, news: [line(70)] });
    expect(said.has(LINES_MAX)).toBe(true);
    expect(said.has(LINES_MAX + 1)).toBe(false);
    expect(said.has(70)).toBe(true);
  });
});
