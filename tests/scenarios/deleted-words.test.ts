import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

interface Form {
  blocks: { block_id?: string; element?: { initial_value?: string } }[];
}

const LONG = `SECRETWORD in the export, ${'which drops one row of ten '.repeat(60)}`;

onEveryDatabase('words that were taken from a message, once it is deleted', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const remove = async (channel: string, ts: string, text: string) => {
    await office.event('message', {
      channel,
      subtype: 'message_deleted',
      deleted_ts: ts,
      previous_message: { ts, text },
    });
    await office.settle();
  };
  const everything = async () =>
    JSON.stringify(
      await Promise.all(
        (['issues', 'flags', 'promises', 'log', 'outbox', 'inbox', 'cards', 'messages'] as const).map(
          (table) => rowsOf(store, table),
        ),
      ),
    ) + JSON.stringify(office.slack.posts());
  /** A message of ours in an internal channel, which Baton does not keep, logged from its thread. */
  const loggedThread = async (text: string) => {
    const root = office.ts();
    const found = { threadTs: null, user: 'UPRIYA', botId: null, text, files: [] };
    office.slack.message = async (channel, ts) => ({ ...found, channel, ts });
    const asked = { channel: 'CACMEINTERNAL', user: 'USAM', text: '<@UBATON> log', ts: office.ts() };
    await office.event('app_mention', { ...asked, thread_ts: root });
    await office.settle();
    return root;
  };

  it('are gone from an issue that was logged where messages are not kept, and from its cards', async () => {
    const root = await loggedThread(LONG);
    expect(await everything()).toContain('SECRETWORD');
    await remove('CACMEINTERNAL', root, LONG);
    expect(await rowsOf(store, 'issues')).toMatchObject([{ title: '(deleted)', detail: null }]);
    expect(await everything()).not.toContain('SECRETWORD');
  });

  it('stay where one of us typed them otherwise', async () => {
    const root = await loggedThread('Joe says that exports stop');
    await office.submit('sam', await office.press('sam', 'issue.more', 'edit:1'), {
      title: 'Exports stop for Joe',
      detail: null,
      priority: 'normal',
      category: null,
    });
    await remove('CACMEINTERNAL', root, 'Joe says that exports stop');
    expect(await rowsOf(store, 'issues')).toMatchObject([{ title: 'Exports stop for Joe' }]);
    expect(await everything()).not.toContain('Joe says');
  });

  it('are gone from a flag and a promise that their form began with, also where it cut them', async () => {
    const ts = await office.writes('acme', 'joe', LONG);
    const on = { channel: 'acme', ts, author: 'joe', text: LONG };
    const flag = await office.shortcut('ana', 'flag.message', on);
    const form = flag?.open as Form | undefined;
    const detail = form?.blocks.find((block) => block.block_id === 'detail')?.element?.initial_value ?? null;
    await office.submit('ana', flag, { kind: 'problem', detail, evidence: null, severe: null });
    await office.submit('sam', await office.shortcut('sam', 'promise.message', on), {
      what: LONG.slice(0, 300),
      by: '2026-11-06',
      to_whom: null,
    });
    await office.settle();
    expect(await rowsOf(store, 'flags')).toMatchObject([
      { detail: expect.stringContaining('SECRETWORD') as unknown },
    ]);
    await remove('CACME', ts, LONG);
    expect(await rowsOf(store, 'flags')).toMatchObject([{ detail: '(deleted by the customer)' }]);
    expect(await rowsOf(store, 'promises')).toMatchObject([{ what: '(deleted by the customer)' }]);
    expect(await everything()).not.toContain('SECRETWORD');
  });
});
