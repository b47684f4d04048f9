import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { startWorld } from '../support/baton.js';
import { onEveryDatabase, onRealPostgres, sqliteDatabase } from '../support/databases.js';
import { Office } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('A4: a store that cannot be written', () => {
  it('A4: is not acknowledged; the copy that Slack sends later is handled, once', async () => {
    const database = sqliteDatabase();
    const world = await startWorld(database, { slack: { ackTimeoutMs: 300, retryDelaysMs: [10, 50, 50] } });
    const other = new Database(database.address().replace('sqlite:', ''), { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    const { delivery } = await world.slack.post('acme', 'joe', 'The export is broken');
    expect(delivery.acked).toBe(false);
    other.exec('ROLLBACK');
    other.close();
    await world.slack.drainDeliveries();
    await world.settle();
    expect(await rowsOf(world.store, 'contacts')).toHaveLength(1);
    await world.stop();
    await database.dispose();
  }, 30_000);
});

onEveryDatabase('handling', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = new Office({ store, mornings: true });
    await office.apply();
  });
  afterEach(() => store.close());

  it('A4: what was stored before the process died is handled after the restart', async () => {
    await office.event('message', {
      channel: 'CACME',
      user: 'UJOE',
      text: 'The export is broken',
      ts: office.ts(),
    });
    const restarted = new Office({ store, clock: office.clock, slack: office.slack });
    await restarted.inbox.step();
    expect(await rowsOf(store, 'contacts')).toHaveLength(1);
  });

  it('A5: while Slack refuses the token, an event waits as long as it takes and is handled when it works again', async () => {
    const user = office.slack.user.bind(office.slack);
    office.slack.user = async () => {
      const { WebAPIPlatformError } = await import('@slack/web-api');
      throw new WebAPIPlatformError({ ok: false, error: 'token_revoked' } as never);
    };
    await office.writes('acme', 'joe', 'The export is broken');
    for (let minute = 0; minute < 10; minute += 1) {
      office.clock.wait(MINUTE);
      await office.inbox.step();
    }
    expect(await rowsOf(store, 'contacts')).toHaveLength(0);
    expect((await rowsOf(store, 'inbox')).map((row) => row.state)).toEqual(['new']);
    office.slack.user = user;
    office.clock.wait(MINUTE);
    await office.inbox.step();
    expect(await rowsOf(store, 'contacts')).toHaveLength(1);
  });

  it('E3: a heartbeat that comes ten minutes late does the work once, with the right period', async () => {
    await office.writes('acme', 'joe', 'The export is broken');
    await office.travel(5 * DAY);
    office.clock.set(Date.UTC(2026, 10, 9, 8, 10));
    await office.due.step();
    await office.due.step();
    const sent = (await eventsOf(store, 'digest.sent')).filter((event) => event.after === 'UANA');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.at).toBe(Date.UTC(2026, 10, 9, 8, 10));
    await office.settle();
    expect(
      office.slack
        .posts('DUANA')
        .map((post) => post.text)
        .join(),
    ).toContain('2-8 Nov');
  });
});

onRealPostgres('F-6: two workers', (database) => {
  it('F-6: handle five rows of one thread in order, whoever takes which', async () => {
    for (let round = 0; round < 5; round += 1) {
      const store = await database.open();
      const second = await database.another();
      const office = new Office({ store });
      await office.apply();
      const other = new Office({ store: second, clock: office.clock, slack: office.slack });
      const root = office.ts();
      for (let i = 1; i <= 5; i += 1) {
        const ts = i === 1 ? root : office.ts();
        await office.event('message', {
          channel: 'CACME',
          user: 'UJOE',
          text: `Part ${i}`,
          ts,
          ...(i > 1 ? { thread_ts: root } : {}),
        });
      }
      await Promise.all([office.inbox.step(), other.inbox.step(), office.inbox.step(), other.inbox.step()]);
      const order = (await rowsOf(store, 'messages')).sort((a, b) => a.id - b.id).map((row) => row.text);
      expect(order).toEqual(['Part 1', 'Part 2', 'Part 3', 'Part 4', 'Part 5']);
      await Promise.all([store.close(), second.close()]);
    }
  });
});
