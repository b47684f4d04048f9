import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastTouches, logTouch, touchById, touchesSince } from '../../src/accounts/store/touches.js';
import { channelOf, moveChannel } from '../../src/accounts/store.js';
import { personBySlackId, standIn } from '../../src/people/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS } from '../../src/time/index.js';
import { TUESDAY_9 } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('accounts', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  describe('conversations', () => {
    const log = (func: 'support' | 'success', at: number, note: string) =>
      store.transact(['account:1'], (tx) =>
        logTouch(tx, {
          accountId: 1,
          byId: 3,
          func,
          how: 'call',
          at,
          outcome: 'went well',
          note,
          permalink: null,
          actor: 'UANA',
          source: 'button',
          now: office.now(),
        }),
      );

    it('are logged, and the last one of each function is known', async () => {
      const touch = await log('success', TUESDAY_9 - DAY_MS, 'month end');
      await log('success', TUESDAY_9 - 3 * DAY_MS, 'older, logged later');
      expect(await store.read((tx) => lastTouches(tx, 1))).toMatchObject({
        support: null,
        success: { note: 'month end', how: 'call', byId: 3 },
      });
      expect(await store.read((tx) => touchById(tx, touch.id))).toMatchObject({ outcome: 'went well' });
      const since = await store.read((tx) => touchesSince(tx, 1, TUESDAY_9 - 2 * DAY_MS));
      expect(since.map((one) => one.note)).toEqual(['month end']);
      expect(await eventsOf(store, 'touch.logged')).toMatchObject([
        { accountId: 1, actor: 'UANA', func: 'success', data: { touchId: touch.id, how: 'call' } },
        {},
      ]);
    });
  });

  describe('a channel whose id changed', () => {
    it('is found under every id that it ever had', async () => {
      const move = (from: string, to: string) =>
        store.transact(['account:1'], (tx) => moveChannel(tx, from, to, office.now()));
      const found = (id: string) => store.read((tx) => channelOf(tx, id));
      await move('CACME', 'CSECOND');
      await move('CSECOND', 'CTHIRD');
      for (const id of ['CACME', 'CSECOND', 'CTHIRD'])
        expect(await found(id)).toMatchObject({ accountId: 1, channel: 'CTHIRD' });
      await move('CTHIRD', 'CACME');
      for (const id of ['CACME', 'CSECOND', 'CTHIRD'])
        expect(await found(id)).toMatchObject({ accountId: 1, channel: 'CACME' });
      expect(await found('CNEVER')).toBeUndefined();
    });

    it('takes what is still said under the old id', async () => {
      await store.transact(['account:1'], (tx) => moveChannel(tx, 'CACME', 'CSECOND', office.now()));
      await office.writes('acme', 'joe', 'The export misses rows');
      expect(await eventsOf(store, 'contact.opened')).toMatchObject([{ accountId: 1 }]);
    });
  });

  it('support hands an account at risk to success, who takes it or not', async () => {
    const owed = async () => rowsOf(store, 'followups');
    const form = await office.command('sam', 'triage', '/baton', 'followup acme');
    const why = 'they ask how to export everything';
    await office.submit('sam', form, { owner: '3', why });
    await office.settle();
    expect(await owed()).toMatchObject([{ accountId: 1, ownerId: 1, offeredToId: 3, state: 'open' }]);
    const asked = JSON.stringify(office.slack.posts('DUANA').map((one) => one.blocks));
    expect(asked).toContain('Sam Okafor');
    expect(asked).toContain(why);
    await office.press('ana', 'followup.accept', '1');
    await office.settle();
    expect(await owed()).toMatchObject([{ ownerId: 3, offeredToId: null, state: 'open' }]);
  });

  it('whoever left is stood in for by a lead', async () => {
    await office.slack.addUser('sam', { isDeleted: true });
    await office.apply();
    const sam = await store.read((tx) => personBySlackId(tx, 'USAM'));
    if (!sam) throw new Error('Sam is not there');
    expect(await store.read((tx) => standIn(tx, sam, office.now()))).toMatchObject({
      why: 'lead',
      person: { name: 'Lea Novak' },
    });
  });
});
