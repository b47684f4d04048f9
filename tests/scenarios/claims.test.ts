import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimHead, renewClaim } from '../../src/queue/claims.js';
import { type OutboxRow, settle, type Verdict } from '../../src/queue/delivery.js';
import { post } from '../../src/queue/enqueue.js';
import { Inbox } from '../../src/queue/inbox.js';
import type { Store } from '../../src/store/transact.js';
import { quietLog } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

const CLAIM_MS = 30_000;

/** What two processes do to one row, in the orders that hurt; the second is played by writing what it would write. */
onEveryDatabase('a message that two processes want', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await store.transact([], (tx) => post(tx, 'C1', { text: 'once', blocks: [] }, 0));
  });
  afterEach(() => store.close());

  const now = () => office.clock.machine.now();
  const take = (at = now()) => store.transact(['out:C1'], (tx) => claimHead(tx, 'C1', at, CLAIM_MS));
  const end = (row: OutboxRow, verdict: Verdict) =>
    store.transact(['out:C1'], (tx) =>
      settle(tx, row, verdict, {
        onDelivered: async () => undefined,
        onUndeliverable: async () => undefined,
        businessNow: () => 0,
      }),
    );
  const row = async () => (await rowsOf(store, 'outbox'))[0] as OutboxRow;
  const sent: Verdict = { state: 'sent', channel: 'C1', ts: '1.000001', hash: null };

  async function claimed(): Promise<OutboxRow> {
    const claim = await take();
    if (claim === undefined || typeof claim === 'number') throw new Error('nothing was there to claim');
    return claim;
  }

  it('is one process’s until its claim is too old, then nobody knows what became of it', async () => {
    await claimed();
    expect(await take()).toBeGreaterThan(now());
    const later = now() + CLAIM_MS + 1_000;
    expect(await take(later)).toBe(later);
    expect(await take(later)).toMatchObject({ state: 'unknown' });
  });

  it('is not sent by the first once the second has taken it over', async () => {
    const mine = await claimed();
    expect(await renewClaim(store, mine, now())).toBe(true);
    await take(now() + CLAIM_MS + 1_000);
    expect(await renewClaim(store, mine, now())).toBe(false);
  });

  it('counts as sent when the first got through after all, while the second only wonders', async () => {
    const mine = await claimed();
    await take(now() + CLAIM_MS + 1_000);
    await end(mine, sent);
    expect(await row()).toMatchObject({ state: 'sent', ts: '1.000001' });
  });

  it('is not sent again because a slow look-up of the other found nothing', async () => {
    await claimed();
    const later = now() + CLAIM_MS + 1_000;
    await take(later);
    const first = (await take(later)) as OutboxRow;
    const second = (await take(later)) as OutboxRow;
    await end(first, { state: 'new', notBefore: 0 });
    await take(later);
    await end(second, { state: 'new', notBefore: 0 });
    expect(await row()).toMatchObject({ state: 'sending', attempts: 2 });
  });
});

onEveryDatabase('a look-up that hangs', (database) => {
  it('holds its own lane, and nothing that comes meanwhile', async () => {
    const store = await database.open();
    const office = await openOffice(store);
    const handled: string[] = [];
    let answer = () => {};
    const slack = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const inbox = new Inbox({
      store,
      slack: office.slack,
      lookups: office.lookups,
      route: (_kind, body) => ({
        lookups: async () => {
          if (body.name === 'slow') await slack;
          return {};
        },
        run: async () => void handled.push(String(body.name)),
      }),
      now: office.clock.machine.now,
      log: quietLog,
      onParked: async () => undefined,
    });
    const put = (lane: string, name: string) =>
      office.intake.put({ key: name, kind: 'test', lane, body: { name } });
    await put('C1', 'slow');
    expect(await inbox.step(20)).toBeGreaterThan(0);
    await put('C2', 'quick');
    await put('C1', 'behind');
    await inbox.step(20);
    expect(handled).toEqual(['quick']);
    answer();
    await inbox.ended();
    expect(handled).toEqual(['quick', 'slow', 'behind']);
    await store.close();
  });
});
