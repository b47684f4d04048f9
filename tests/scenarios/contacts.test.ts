import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('contacts', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const contacts = () => rowsOf(store, 'contacts');
  const after = (ms: number) => office.clock.advance(ms);

  it('what one author writes within two hours is one contact', async () => {
    await office.writes('acme', 'joe', 'The export misses rows');
    after(HOUR_MS + 59 * MINUTE_MS);
    await office.writes('acme', 'joe', 'and the dates are wrong');
    expect(await contacts()).toMatchObject([{ messages: 2 }]);
    after(2 * HOUR_MS + MINUTE_MS);
    await office.writes('acme', 'joe', 'now the login fails as well');
    expect((await contacts()).map((contact) => contact.messages)).toEqual([2, 1]);
  });

  it('another author of the account joins within one hour, not later', async () => {
    await office.writes('acme', 'joe', 'The export misses rows');
    after(HOUR_MS - MINUTE_MS);
    await office.writes('acme', 'jill', 'I see the same in my export');
    expect(await contacts()).toMatchObject([{ author: 'UJOE', messages: 2 }]);
    after(2 * HOUR_MS + MINUTE_MS);
    await office.writes('acme', 'joe', 'It goes on');
    after(HOUR_MS + MINUTE_MS);
    await office.writes('acme', 'jill', 'My invoice is wrong');
    expect((await contacts()).map((contact) => contact.author)).toEqual(['UJOE', 'UJOE', 'UJILL']);
  });

  it('an answer in the thread joins its contact however late it comes', async () => {
    const threadTs = await office.writes('acme', 'joe', 'The export misses rows');
    after(50 * HOUR_MS);
    await office.writes('acme', 'jill', 'Still the same for me today', { threadTs });
    expect(await contacts()).toMatchObject([{ messages: 2 }]);
  });

  it('hello and thanks are none; with a file they are one', async () => {
    await office.writes('acme', 'joe', 'Vielen Dank!');
    await office.writes('acme', 'jill', 'Hi all :wave:');
    expect(await contacts()).toEqual([]);
    expect(await rowsOf(store, 'messages')).toHaveLength(2);
    await office.writes('acme', 'joe', 'Hello', { files: [{ name: 'error.png' }] });
    expect(await contacts()).toHaveLength(1);
  });

  it('an answer to what we wrote in the channel is none for four hours, a short one for a day', async () => {
    await office.writes('acme', 'sam', 'We shipped the new export, does it work for you?');
    after(3 * HOUR_MS);
    await office.writes('acme', 'joe', 'Yes, it works well on all of our projects');
    after(2 * HOUR_MS);
    await office.writes('acme', 'jill', 'fine here too');
    expect(await contacts()).toEqual([]);
    await office.writes('acme', 'jill', 'fine here too?');
    expect(await contacts()).toHaveLength(1);
  });

  it('a message that comes twice under two event ids is one message of one contact', async () => {
    const ts = office.ts();
    await office.writes('acme', 'joe', 'The export misses rows', { ts });
    await office.writes('acme', 'joe', 'The export misses rows', { ts });
    expect(await contacts()).toMatchObject([{ messages: 1 }]);
    expect(await eventsOf(store, 'contact.opened', 'contact.joined')).toHaveLength(1);
  });

  it('our answer is the first reply to what waited, and to nothing that came later', async () => {
    await office.writes('acme', 'joe', 'The export misses rows');
    after(20 * MINUTE_MS);
    const answeredAt = office.now();
    await office.writes('acme', 'sam', 'We are looking into it right now');
    after(5 * HOUR_MS);
    await office.writes('acme', 'joe', 'Our second problem is the login page');
    const [first, second] = await contacts();
    expect(first?.firstReplyAt).toBe(answeredAt);
    expect(second?.firstReplyAt).toBeNull();
  });

  it('an edit changes the words, an older edit does not, and a deletion leaves none', async () => {
    const ts = await office.writes('acme', 'joe', 'The exprt misses rows');
    const edit = (text: string, editedTs: string) =>
      office.event('message', {
        channel: 'CACME',
        subtype: 'message_changed',
        message: { ts, user: 'UJOE', text, edited: { ts: editedTs } },
        previous_message: { text: 'before' },
      });
    await edit('The export misses rows', '1793692900.000200');
    await edit('The exprot misses rows', '1793692900.000100');
    await office.inbox.step();
    expect(await rowsOf(store, 'messages')).toMatchObject([{ text: 'The export misses rows' }]);
    await office.event('message', { channel: 'CACME', subtype: 'message_deleted', deleted_ts: ts });
    await office.inbox.step();
    expect(await rowsOf(store, 'messages')).toMatchObject([{ text: '', isDeleted: true }]);
    expect(await contacts()).toHaveLength(1);
  });

  it('a channel that is ignored, or of no account, leaves nothing', async () => {
    await office.writes('triage', 'joe', 'The export misses rows');
    const [acme] = (await rowsOf(store, 'accountChannels')).filter((row) => row.channel === 'CACME');
    await store.transact([], async (tx) => {
      await tx.db.update(tx.t.accountChannels).set({ capture: 'ignore' });
    });
    await office.writes('acme', 'joe', 'The export misses rows');
    expect(acme?.kind).toBe('customer');
    expect(await rowsOf(store, 'messages')).toEqual([]);
    expect(await contacts()).toEqual([]);
  });

  it("where an account's person writes in another account's channel, the channel decides", async () => {
    await office.writes('globex', 'joe', 'Our shared project is broken here');
    const [globex] = (await rowsOf(store, 'accounts')).filter((account) => account.slug === 'globex');
    expect(await contacts()).toMatchObject([{ accountId: globex?.id, author: 'UJOE' }]);
  });
});
