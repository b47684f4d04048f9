import { readdirSync, readFileSync } from 'node:fs';
import cron from 'node-cron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetHostZone } from '../../src/config.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, nextWallTime, wallOf } from '../../src/time/index.js';
import { onEveryDatabase, onRealPostgres } from '../support/databases.js';
import { Office, openOffice } from '../support/office.js';
import { eventsOf } from '../support/rows.js';

const MINUTE = 60_000;
/** Where local clocks jump in 2026: New York, Berlin, Lord Howe (half an hour), and back again. */
const JUMPS = [
  { zone: 'America/New_York', at: Date.UTC(2026, 2, 8, 7) },
  { zone: 'Europe/Berlin', at: Date.UTC(2026, 2, 29, 1) },
  { zone: 'Australia/Lord_Howe', at: Date.UTC(2026, 3, 4, 15) },
  { zone: 'Australia/Lord_Howe', at: Date.UTC(2026, 9, 3, 15, 30) },
  { zone: 'Europe/Berlin', at: Date.UTC(2026, 9, 25, 1) },
  { zone: 'America/New_York', at: Date.UTC(2026, 10, 1, 6) },
];

describe('E2: the heartbeat', () => {
  const home = process.env.TZ;
  afterEach(() => {
    vi.useRealTimers();
    if (home === undefined) delete process.env.TZ;
    else process.env.TZ = home;
  });

  it('E2: is the minute in UTC, wherever cron is used', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`src/${file}`, 'utf8'));
    const schedules = sources.flatMap((text) => text.match(/cron\.schedule\([^;]*;/g) ?? []);
    expect(schedules.length).toBeGreaterThan(0);
    for (const schedule of schedules) expect(schedule).toContain("{ timezone: 'Etc/UTC' }");
    const scheduling = sources.filter((text) => text.includes('cron.schedule('));
    for (const text of scheduling) expect(text).toContain('forgetHostZone()');
  });

  for (const { zone, at } of JUMPS) {
    it(`E2: beats every minute, once, while a host in ${zone} changes its clocks on ${new Date(at).toDateString()}`, async () => {
      process.env.TZ = zone;
      // What Baton does before it schedules anything: node-cron 4.6.0 reads the host's zone, and spins in its repeated hour.
      forgetHostZone();
      const start = at - 2 * HOUR_MS;
      vi.useFakeTimers({ now: start });
      const beats: number[] = [];
      const heartbeat = cron.schedule('* * * * *', () => void beats.push(Date.now()), {
        timezone: 'Etc/UTC',
      });
      await vi.advanceTimersByTimeAsync(4 * HOUR_MS);
      await heartbeat.stop();
      expect(beats.map((beat) => Math.floor(beat / MINUTE))).toEqual(
        Array.from({ length: 240 }, (_, i) => start / MINUTE + i + 1),
      );
    });

    it(`E2: a year of nine o'clocks in ${zone} (${at}) rises strictly and misses no day`, () => {
      let now = Date.UTC(2026, 0, 1);
      let days = 0;
      while (now < Date.UTC(2027, 0, 1)) {
        const next = nextWallTime(now, { time: '09:00', zone });
        expect(next).toBeGreaterThan(now);
        expect(next - now).toBeLessThanOrEqual(25 * HOUR_MS);
        expect(wallOf(next, zone).time).toBe('09:00');
        now = next;
        days += 1;
      }
      expect(days).toBeGreaterThanOrEqual(365);
      expect(days).toBeLessThanOrEqual(366);
    });
  }
});

/** Ana's accounts had a week worth telling of; returns the office just before Monday's nine o'clock. */
async function beforeMonday(store: Store): Promise<Office> {
  const office = await openOffice(store, { mornings: true });
  await office.writes('acme', 'joe', 'The export misses rows since Monday');
  await office.travel(6 * DAY_MS - HOUR_MS);
  return office;
}

const digestsOf = async (store: Store) =>
  (await eventsOf(store, 'digest.sent')).filter((event) => event.after === 'UANA');

onEveryDatabase('E5: a digest', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await database.open();
  });
  afterEach(() => store.close());

  it('E5: is sent once although the clock goes back by hours and by days afterwards', async () => {
    const office = await beforeMonday(store);
    await office.travel(2 * HOUR_MS);
    expect(await digestsOf(store)).toHaveLength(1);
    const monday = office.now();
    for (const back of [HOUR_MS, 3 * HOUR_MS, 2 * DAY_MS]) {
      office.clock.set(monday - back);
      await office.settle();
      await office.travel(back);
    }
    expect(await digestsOf(store)).toHaveLength(1);
    expect(office.slack.posts('DUANA')).toHaveLength(1);
  });

  it('E5: is sent once although two instances tick', async () => {
    const office = await beforeMonday(store);
    const other = new Office({ store, clock: office.clock, slack: office.slack });
    office.clock.advance(2 * HOUR_MS);
    await Promise.all([office.due.step(), other.due.step(), office.due.step(), other.due.step()]);
    await Promise.all([office.outbox.step(), other.outbox.step()]);
    expect(await digestsOf(store)).toHaveLength(1);
    expect(office.slack.posts('DUANA')).toHaveLength(1);
  });
});

onRealPostgres('E5: two processes', (database) => {
  it('E5: that tick at once send one digest between them', async () => {
    const store = await database.open();
    const second = await database.another();
    const office = await beforeMonday(store);
    const other = new Office({ store: second, clock: office.clock, slack: office.slack });
    office.clock.advance(2 * HOUR_MS);
    await Promise.all([office.due.step(), other.due.step()]);
    await Promise.all([office.outbox.step(), other.outbox.step()]);
    expect(await digestsOf(store)).toHaveLength(1);
    expect(office.slack.posts('DUANA')).toHaveLength(1);
    await Promise.all([store.close(), second.close()]);
  });
});
