import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextMorning } from '../../src/digests/rules/morning.js';
import { nextStandup } from '../../src/followups/rules/standup.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, nextWallTime } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { Office, type OfficeOptions, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';
import { testClock } from '../support/time.js';

const SHIFT = [{ from: '09:00', to: '17:00' }];
const EVERY_DAY = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), SHIFT]));
const iso = (at: number) => new Date(at).toISOString();

describe('E1: a time of day where clocks jump', () => {
  it.each([
    // The hour is skipped: once, as late as the clocks went forward. It comes twice: once.
    ['America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00', '2026-03-09T06:30', '2026-03-10T06:30']],
    ['America/New_York', '2026-10-31T12:00Z', ['2026-11-01T07:30', '2026-11-02T07:30', '2026-11-03T07:30']],
  ])('E1: the stand-up of 02:30 in %s after %s comes once a day', (zone, after, expected) => {
    let at = Date.parse(after);
    for (const time of expected) {
      at = nextStandup(at, '02:30', { zone, days: EVERY_DAY, holidays: [] });
      expect(iso(at).slice(0, 16)).toBe(time);
    }
  });

  it.each([
    // Half an hour, midnight itself, and a whole day that was never there.
    ['Australia/Lord_Howe', '02:15', '2026-10-02T00:00Z', 4],
    ['Australia/Lord_Howe', '01:45', '2026-04-03T00:00Z', 4],
    ['America/Sao_Paulo', '00:00', '2018-11-02T12:00Z', 4],
    ['America/Sao_Paulo', '23:30', '2019-02-15T12:00Z', 4],
    ['America/New_York', '01:30', '2026-10-30T12:00Z', 4],
  ])('E1: %s at %s from %s on: strictly later, about a day apart, never twice', (zone, time, from, days) => {
    let last = nextWallTime(Date.parse(from), { time, zone });
    for (let day = 1; day < days; day += 1) {
      const next = nextWallTime(last, { time, zone });
      expect(next - last).toBeGreaterThanOrEqual(23 * HOUR_MS);
      expect(next - last).toBeLessThanOrEqual(25 * HOUR_MS);
      last = next;
    }
  });

  it('E1: Apia went from the 29th to the 31st of December 2011: no message for the day that was not', () => {
    const hours = {
      zone: 'Pacific/Apia',
      days: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, SHIFT])),
      holidays: new Set<string>(),
    };
    const first = nextMorning(Date.parse('2011-12-29T12:00Z'), hours) ?? 0;
    const second = nextMorning(first, hours) ?? 0;
    expect([iso(first), iso(second)]).toEqual(['2011-12-29T19:00:00.000Z', '2011-12-30T19:00:00.000Z']);
  });
});

onEveryDatabase('what is scheduled', (database) => {
  let store: Store;
  afterEach(() => store.close());
  beforeEach(async () => {
    store = await database.open();
  });

  const startAt = (at: string, more: Partial<OfficeOptions> = {}) =>
    openOffice(store, { clock: testClock(Date.parse(at), () => 0), mornings: true, ...more });
  const mornings = (office: Office, name: string) =>
    office.slack.posts(`DU${name.toUpperCase()}`).filter((one) => /^(Good morning|Since )/.test(one.text));
  const times = (posts: readonly { ts: string }[]) =>
    posts.map((one) => iso(Math.floor(Number(one.ts) * 1000)).slice(0, 16));
  /** Something that stands in Ana's message every morning until she held it. */
  async function oweACall(office: Office): Promise<void> {
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe');
    await office.settle();
  }

  it('E1: the stand-up of 02:30 in New York is posted once on the night without a 02:30', async () => {
    const company = companyText().replace(
      'zone: Europe/Berlin',
      "zone: America/New_York\nhours:\n  days: { mon: &d [{ from: '09:00', to: '17:00' }], tue: *d, wed: *d, thu: *d, fri: *d, sat: *d, sun: *d }",
    );
    const office = await startAt('2026-03-03T15:00Z', { company, mornings: false });
    await oweACall(office);
    await office.command('lea', 'triage', '/baton', 'standup 2:30');
    await office.travel(8 * DAY_MS);
    const posts = times(office.slack.posts('CSUPPORTSUCCESS').filter((one) => /Stand-up/.test(one.text)));
    expect(posts.slice(-4)).toEqual([
      '2026-03-08T07:00',
      '2026-03-09T06:30',
      '2026-03-10T06:30',
      '2026-03-11T06:30',
    ]);
  });

  it('E3: a heartbeat ten minutes late does what was due once, and the next comes at its own time', async () => {
    const office = await startAt('2026-11-03T15:00Z');
    await oweACall(office);
    await office.travel(17 * HOUR_MS - MINUTE_MS);
    expect(mornings(office, 'ana')).toEqual([]);
    office.clock.advance(11 * MINUTE_MS);
    for (let beat = 0; beat < 3; beat += 1) {
      await office.settle();
      office.clock.advance(MINUTE_MS);
    }
    expect(times(mornings(office, 'ana'))).toEqual(['2026-11-04T08:10']);
    await office.travel(2 * DAY_MS);
    // On Thursday a reminder of its own said it; it was not late.
    expect(times(mornings(office, 'ana'))).toEqual(['2026-11-04T08:10', '2026-11-06T08:00']);
    const reminders = office.slack.posts('DUANA').filter((one) => /has not heard/.test(one.text));
    expect(times(reminders)).toEqual(['2026-11-05T08:01']);
  });

  it('E4: nine o’clock stays nine o’clock when summer ends, and the end of a working day five', async () => {
    const office = await startAt('2026-10-21T09:00Z');
    await oweACall(office);
    await office.command('ana', 'triage', '/baton', 'followup globex: call Gus');
    await office.travel(6 * DAY_MS);
    expect(times(mornings(office, 'ana'))).toEqual([
      '2026-10-22T07:00',
      '2026-10-26T08:00',
      '2026-10-27T08:00',
    ]);
    await office.command('luis', 'triage', '/baton', 'followup initech: call Ivy');
    const due = (await rowsOf(store, 'followups')).map((one) => iso(one.dueAt).slice(11, 16));
    expect(due).toEqual(['15:00', '15:00', '16:00']);
  });

  it('E6: down for three days, one message says what it covers; nudges go on from where they were, once', async () => {
    const office = await startAt('2026-11-03T15:00Z');
    await oweACall(office);
    await office.travel(DAY_MS);
    expect(mornings(office, 'ana')).toHaveLength(1);
    const before = office.slack.posts('DUANA').length;
    // Wednesday afternoon to Monday, and a process that starts anew over what it left.
    office.clock.advance(5 * DAY_MS - 6 * HOUR_MS);
    const after = new Office({ store, clock: office.clock, slack: office.slack, mornings: true });
    for (let beat = 0; beat < 5; beat += 1) await after.settle();
    await after.travel(2 * HOUR_MS);
    const since = mornings(office, 'ana').slice(1);
    expect(since).toHaveLength(1);
    expect(since[0]?.text).toMatch(/^Since Wed.*: 1 waiting on you/);
    // The call was due on Wednesday at five: one reminder of it, whatever was missed meanwhile.
    const nudges = office.slack
      .posts('DUANA')
      .slice(before)
      .filter((one) => /has not heard/.test(one.text));
    expect(nudges).toHaveLength(1);
  });
});
