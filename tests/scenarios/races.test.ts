import { afterEach, beforeEach, expect, it } from 'vitest';
import { Inbox } from '../../src/queue/inbox.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS } from '../../src/time/index.js';
import { quietLog } from '../support/baton.js';
import { onRealPostgres } from '../support/databases.js';
import { channelId, Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onRealPostgres('two processes at once', (database) => {
  let stores: [Store, Store];
  let one: Office;
  let two: Office;
  beforeEach(async () => {
    stores = [await database.open(), await database.another()];
    one = await openOffice(stores[0]);
    two = new Office({ store: stores[1], clock: one.clock, slack: one.slack });
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
  });

  /** Three contacts of Acme, so that its alert stands. */
  async function openAlert(): Promise<void> {
    for (const text of ['The export misses rows', 'Dashboards are slow', 'Who reads invoices?']) {
      await one.writes('acme', 'joe', text);
      await one.travel(3 * HOUR_MS);
    }
  }

  it('claim one alert: one wins, the other learns who', async () => {
    await openAlert();
    const answers = await Promise.all([
      one.press('ana', 'alert.claim', '1'),
      two.press('luis', 'alert.claim', '1'),
    ]);
    const texts = answers.map((answer) => answer?.say?.text ?? '');
    expect(texts.filter((text) => text.includes('is yours'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('has Acme already'))).toHaveLength(1);
    expect(await rowsOf(stores[0], 'followups')).toHaveLength(1);
    expect(await eventsOf(stores[0], 'alert.claimed')).toHaveLength(1);
  });

  it('mark one fix live: its account is owed one word', async () => {
    await one.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await Promise.all([
      one.command('eli', 'triage', '/baton', 'fix live B-1'),
      two.command('ana', 'triage', '/baton', 'fix live B-1'),
    ]);
    expect(await rowsOf(stores[0], 'fixes')).toHaveLength(1);
    expect(await rowsOf(stores[0], 'followups')).toHaveLength(1);
    expect(await eventsOf(stores[0], 'fix.live')).toHaveLength(1);
  });

  it('log one message: one issue', async () => {
    const ts = await one.writes('acme', 'joe', 'The export misses rows');
    await Promise.all([one.reacts('acme', ts, 'sam', 'ticket'), two.reacts('acme', ts, 'priya', 'ticket')]);
    await one.inbox.step();
    expect(await rowsOf(stores[0], 'issues')).toHaveLength(1);
  });

  it('take in two third contacts of one account: exactly one alert, fifty times over', async () => {
    for (let round = 0; round < 50; round += 1) {
      await forgetContacts();
      await one.writes('acme', 'joe', 'The export misses rows');
      one.clock.advance(3 * HOUR_MS);
      await one.writes('acme', 'joe', 'Dashboards are slow');
      one.clock.advance(3 * HOUR_MS);
      // Two channels of the account: two lanes, so that nothing but the account's key keeps them apart.
      await Promise.all([
        one.event('message', thirdContact('acme', 1)),
        two.event('message', thirdContact('acme-second', 2)),
      ]);
      await Promise.all([one.inbox.step(), two.inbox.step()]);
      await Promise.all([one.due.step(), two.due.step()]);
      const alerts = await rowsOf(stores[0], 'alerts');
      expect(alerts.map((alert) => alert.state)).toEqual(['open']);
      expect(await rowsOf(stores[0], 'signals')).toHaveLength(1);
    }
  }, 60_000);

  function thirdContact(channel: string, n: number) {
    return { channel: channelId(channel), user: 'UJOE', text: `Something new is broken ${n}`, ts: one.ts() };
  }

  async function forgetContacts(): Promise<void> {
    await stores[0].transact([], async (tx) => {
      for (const table of ['contacts', 'messages', 'alerts', 'signals', 'due', 'log'] as const)
        await tx.db.delete(tx.t[table]);
      const second = { accountId: 1, channel: 'CACMESECOND', name: 'acme-second' };
      await tx.db
        .insert(tx.t.accountChannels)
        .values({ ...second, kind: 'customer', capture: 'suggest' })
        .onConflictDoNothing();
    });
  }

  it('work on one lane: its order is kept and everything is handled once', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `n${i}`);
    for (const name of names) await one.intake.put({ key: name, kind: 'test', lane: 'C1', body: { name } });
    const handled: string[] = [];
    const worker = (store: Store, office: Office) =>
      new Inbox({
        store,
        slack: office.slack,
        lookups: office.lookups,
        route: (_kind, body) => ({
          run: async () => {
            handled.push(String(body.name));
          },
        }),
        now: office.clock.machine.now,
        log: quietLog,
        onParked: async () => undefined,
      });
    await Promise.all([worker(stores[0], one).step(), worker(stores[1], two).step()]);
    expect(handled).toEqual(names);
  });

  it('tick at once: every due row fires once', async () => {
    await one.writes('acme', 'joe', 'The export misses rows');
    await one.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await one.command('eli', 'triage', '/baton', 'fix live B-1');
    await one.settle();
    one.clock.advance(7 * 24 * HOUR_MS);
    await Promise.all([one.due.step(), two.due.step(), one.due.step(), two.due.step()]);
    await Promise.all([one.outbox.step(), two.outbox.step()]);
    expect(await eventsOf(stores[0], 'followup.nudged')).toHaveLength(1);
    const digests = (await eventsOf(stores[0], 'digest.sent')).map((event) => event.after);
    expect(digests.length).toBe(new Set(digests).size);
    expect(one.slack.posts('DUSAM')).toHaveLength(2);
  });

  it('send from one outbox: every message once, in order', async () => {
    for (const office of [one, two]) {
      for (let n = 0; n < 10; n += 1)
        await office.command(
          'sam',
          'acme-internal',
          '/issue',
          `log Matter ${office === one ? 'a' : 'b'}${n}`,
        );
    }
    await Promise.all([one.outbox.step(), two.outbox.step()]);
    await Promise.all([one.outbox.step(), two.outbox.step()]);
    const titles = one.slack.posts('CTRIAGE').map((post) => post.text);
    expect(titles).toHaveLength(20);
    expect(new Set(titles).size).toBe(20);
  });

  it('take in the same event: one row, one effect', async () => {
    const ts = one.ts();
    const event = { channel: 'CACME', user: 'UJOE', text: 'The export misses rows', ts };
    await Promise.all([
      one.event('message', event, 'EvSame'),
      two.event('message', event, 'EvSame'),
      one.event('message', event, 'EvSame'),
    ]);
    await Promise.all([one.inbox.step(), two.inbox.step()]);
    expect(await rowsOf(stores[0], 'inbox')).toHaveLength(1);
    expect(await rowsOf(stores[0], 'contacts')).toMatchObject([{ messages: 1 }]);
    expect(await eventsOf(stores[0], 'contact.opened')).toHaveLength(1);
  });
});
