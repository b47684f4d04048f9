import { afterEach, beforeEach, expect, it } from 'vitest';
import { addMessage, messageAt } from '../../src/issues/store/read.js';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';

onEveryDatabase('a query that is built once', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await database.open();
  });
  afterEach(() => store.close());

  const write = (ts: string, more: { text: string; isCustomer: boolean; threadTs: string | null }) =>
    store.transact([], (tx) =>
      addMessage(tx, {
        ...more,
        accountId: 7,
        channel: 'C1',
        ts,
        author: 'U1',
        files: [{ name: `${ts}.csv`, permalink: null }],
        at: Number(ts),
      }),
    );

  it('is filled with the values of each run, whatever their kind', async () => {
    expect(await write('1', { text: 'one', isCustomer: true, threadTs: null })).toBe(true);
    expect(await write('2', { text: 'two', isCustomer: false, threadTs: '1' })).toBe(true);
    const read = (ts: string) => store.read((tx) => messageAt(tx, 'C1', ts));
    expect(await read('1')).toMatchObject({
      text: 'one',
      isCustomer: true,
      threadTs: null,
      files: [{ name: '1.csv', permalink: null }],
      isDeleted: false,
      contactId: null,
    });
    expect(await read('2')).toMatchObject({ text: 'two', isCustomer: false, threadTs: '1', at: 2 });
    expect(await read('3')).toBeUndefined();
  });

  it('keeps its conflicts: what is known already is not written again', async () => {
    await write('1', { text: 'one', isCustomer: true, threadTs: null });
    expect(await write('1', { text: 'other', isCustomer: true, threadTs: null })).toBe(false);
  });

  it('sees what its own transaction wrote, and on the other connection only what was committed', async () => {
    await store.transact([], async (tx) => {
      await addMessage(tx, {
        ...{ accountId: 7, channel: 'C1', ts: '1', author: 'U1', text: 'one', files: [] },
        ...{ at: 1, isCustomer: true },
      });
      expect(await messageAt(tx, 'C1', '1')).toBeDefined();
    });
    expect(await store.read((tx) => messageAt(tx, 'C1', '1'))).toBeDefined();
    const taken = store.transact([], async (tx) => {
      await addMessage(tx, {
        ...{ accountId: 7, channel: 'C1', ts: '2', author: 'U1', text: 'two', files: [] },
        ...{ at: 2, isCustomer: true },
      });
      throw new Error('taken back');
    });
    await expect(taken).rejects.toThrow('taken back');
    expect(await store.read((tx) => messageAt(tx, 'C1', '2'))).toBeUndefined();
  });
});
