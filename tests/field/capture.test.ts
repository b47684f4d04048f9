import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sortDelivery } from '../../src/slack/envelope.js';
import { readMessageEvent } from '../../src/slack/events.js';
import { EVENT_TYPES } from '../../src/slack/surface.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const ME = {
  teamId: 'TOURS',
  enterpriseId: undefined,
  botUserId: 'UBATON',
  botId: 'BBATON',
  url: '',
  scopes: [],
};
const TS = '1793692800.000100';
const said = (more: Record<string, unknown>) => ({
  event: { type: 'message', channel: 'CACME', user: 'UJOE', text: 'The export is broken', ts: TS, ...more },
});

describe('message shapes', () => {
  const kind = (more: Record<string, unknown>) => readMessageEvent(said(more))?.kind;

  it.each([
    ['no subtype', {}],
    ['file_share', { subtype: 'file_share', files: [{ name: 'a.png', permalink: 'https://x' }] }],
    ['thread_broadcast', { subtype: 'thread_broadcast', thread_ts: '1793692700.000100', root: {} }],
    ['me_message', { subtype: 'me_message' }],
  ])('A9: %s is what somebody wrote', (_, more) => expect(kind(more)).toBe('posted'));

  it.each(
    [
      ...[
        'channel_join',
        'channel_leave',
        'channel_topic',
        'channel_purpose',
        'channel_name',
        'channel_archive',
      ],
      ...[
        'channel_unarchive',
        'channel_convert_to_private',
        'channel_posting_permissions',
        'group_join',
        'group_topic',
      ],
      ...['pinned_item', 'unpinned_item', 'reminder_add', 'file_comment', 'file_mention', 'document_mention'],
      ...['assistant_app_thread', 'ekm_access_denied', 'huddle_thread', 'message_replied', 'bot_message'],
      ...['reply_broadcast', 'something_new'],
    ].map((subtype) => [subtype]),
  )('A9: %s is left alone', (subtype) => expect(kind({ subtype })).toBeUndefined());

  it.each([
    ['a huddle that looks like a message', { room: { id: 'R1' } }],
    ['message_replied without its subtype', { user: undefined, message: { ts: TS } }],
    ['a post of another app, by its bot id', { bot_id: 'BOTHER' }],
    ['a post of another app without a user', { bot_id: 'BOTHER', user: undefined }],
  ])('A9, A10: %s is left alone', (_, more) => expect(kind(more)).toBeUndefined());

  it('A9: the answer in a thread keeps its thread, its first message stands in the channel', () => {
    expect(readMessageEvent(said({ thread_ts: TS }))).toMatchObject({ threadTs: null });
    expect(readMessageEvent(said({ thread_ts: '1.000200' }))).toMatchObject({ threadTs: '1.000200' });
  });

  it('A9: files are kept as names and permalinks; stubs of shared channels and empty ones are tolerated', () => {
    const files = [
      { id: 'F1', mode: 'file_access', file_access: 'check_file_info' },
      { name: '', title: 'Report' },
      { name: 'gone', mode: 'tombstone' },
      { name: 'a.png', permalink: 'https://x/a.png', url_private: 'https://x/secret' },
    ];
    expect(readMessageEvent(said({ subtype: 'file_share', files }))).toMatchObject({
      files: [
        { name: 'file', permalink: null },
        { name: 'Report', permalink: null },
        { name: 'a.png', permalink: 'https://x/a.png' },
      ],
    });
  });

  const changed = (message: Record<string, unknown>, before: Record<string, unknown> = {}) =>
    readMessageEvent({
      event: {
        channel: 'CACME',
        subtype: 'message_changed',
        hidden: true,
        ts: '1793692801.000100',
        message: { ts: TS, user: 'UJOE', text: 'The export is broken', ...message },
        previous_message: { ts: TS, user: 'UJOE', text: 'The export is broken', ...before },
      },
    });
  const edited = { edited: { user: 'UJOE', ts: '1793692802.000000' } };

  it.each([
    ['an unfurl', changed({ attachments: [{ title: 'x' }] })],
    ['a new count of replies', changed({ reply_count: 2 })],
    ['the same text with a mark of an edit', changed(edited)],
    ['an edit by a bot', changed({ text: 'other', bot_id: 'BOTHER', ...edited })],
    ['a hidden message', changed({ text: 'other', hidden: true, ...edited })],
    ['withheld content', changed({ text: '', subtype: 'ekm_access_denied', ...edited })],
  ])('A7: %s is no edit', (_, read) => expect(read).toBeUndefined());

  it('A7: other words, or other files, are an edit with its version', () => {
    expect(changed({ text: 'other', ...edited })).toMatchObject({
      kind: 'edited',
      editedTs: '1793692802.000000',
    });
    expect(changed({}, { files: [{ name: 'a.png' }] })).toMatchObject({ kind: 'edited', files: [] });
  });

  it('A9: a tombstone is a deletion', () =>
    expect(changed({ subtype: 'tombstone' })).toMatchObject({ kind: 'deleted', channel: 'CACME', ts: TS }));

  it.each([
    ['by user and bot id', { user: 'UBATON', bot_id: 'BBATON' }],
    ['by bot id only', { user: undefined, bot_id: 'BBATON', subtype: 'bot_message' }],
    ['by user only', { user: 'UBATON' }],
    ['changed', { user: undefined, subtype: 'message_changed', message: { ts: TS, bot_id: 'BBATON' } }],
  ])('A10: a message of our own, %s, is not taken in', (_, more) => {
    const body = { type: 'event_callback', event_id: 'Ev1', team_id: 'TOURS', ...said(more) };
    expect(sortDelivery(body, ME, EVENT_TYPES)).toEqual({ ignore: 'own message' });
  });

  it('D1: of a shared channel is ours by its context, whichever team its author is of', () => {
    const body = {
      type: 'event_callback',
      event_id: 'Ev1',
      team_id: 'TTHEIRS',
      context_team_id: 'TOURS',
      ...said({}),
    };
    expect(sortDelivery(body, ME, EVENT_TYPES)).toMatchObject({ keep: { lane: 'CACME' } });
  });
});

onEveryDatabase('what customers write', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const contacts = () => rowsOf(store, 'contacts');
  const issues = () => rowsOf(store, 'issues');
  const change = (ts: string, text: string, more: Record<string, unknown> = {}) =>
    office.event('message', {
      channel: 'CACME',
      subtype: 'message_changed',
      message: { ts, user: 'UJOE', text, edited: { ts: `${ts}9` }, ...more },
      previous_message: { ts, user: 'UJOE', text: 'The exprt is broken' },
    });
  const remove = (ts: string) =>
    office.event('message', { channel: 'CACME', subtype: 'message_deleted', deleted_ts: ts });
  const everything = async () =>
    JSON.stringify(
      await Promise.all(
        (['messages', 'issues', 'log', 'suggestions', 'outbox', 'inbox', 'cards'] as const).map((table) =>
          rowsOf(store, table),
        ),
      ),
    ) + JSON.stringify(office.slack.posts());

  it('A7: an edit changes the words, a title that was taken from them, the card and the line', async () => {
    const ts = await office.writes('acme', 'joe', 'The exprt is broken');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.settle();
    await change(ts, 'The export is broken');
    await office.settle();
    expect(await issues()).toMatchObject([{ title: 'The export is broken' }]);
    expect(office.slack.posts('CTRIAGE')[0]?.text).toContain('The export is broken');
    expect(await eventsOf(store, 'contact.opened')).toHaveLength(1);
  });

  it('A7: a title that one of us typed stays', async () => {
    const ts = await office.writes('acme', 'joe', 'The exprt is broken');
    await office.command('sam', 'acme-internal', '/issue', 'log Export fails');
    await change(ts, 'The export is broken');
    await remove(ts);
    await office.settle();
    expect(await issues()).toMatchObject([{ title: 'Export fails' }]);
  });

  it('A7: an edit that comes before its message, and a deletion that does, have the last word', async () => {
    const early = office.ts();
    await change(early, 'The export is broken');
    await office.writes('acme', 'joe', 'The exprt is broken', { ts: early });
    expect(await rowsOf(store, 'messages')).toMatchObject([{ text: 'The export is broken' }]);
    expect(await contacts()).toHaveLength(1);
    const gone = office.ts();
    await remove(gone);
    await office.writes('acme', 'joe', 'A secret', { ts: gone });
    expect((await rowsOf(store, 'messages'))[1]).toMatchObject({ text: '', isDeleted: true });
    expect(await contacts()).toHaveLength(1);
  });

  it('A7: an edit of a message from before our time makes nothing new', async () => {
    await change('1793600000.000100', 'An old matter');
    await office.settle();
    expect(await contacts()).toEqual([]);
  });

  it('A7: deleted words are nowhere: not on cards and lines, not in titles, history or queues', async () => {
    const ts = await office.writes('acme', 'joe', 'SECRETWORD in the export');
    await office.travel(HOUR_MS);
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.settle();
    expect(await everything()).toContain('SECRETWORD');
    await remove(ts);
    await office.settle();
    expect(await issues()).toMatchObject([{ title: '(deleted by the customer)' }]);
    expect(await everything()).not.toContain('SECRETWORD');
    expect(await contacts()).toHaveLength(1);
  });

  it('A7: what was taken back before anybody logged it is not offered any more', async () => {
    const ts = await office.writes('acme', 'joe', 'The export is broken');
    await office.travel(HOUR_MS);
    await remove(ts);
    await office.settle();
    const line = office.slack.posts('CTRIAGE')[0];
    expect(JSON.stringify(line?.blocks)).toContain('deleted by the customer');
    expect(JSON.stringify(line?.blocks)).not.toContain('suggestion.log');
    const late = await office.press('sam', 'suggestion.log', String((await contacts())[0]?.id));
    expect(late?.say?.text).toContain('not there any more');
  });

  it('A8: an unfurl and an edit that land before the first is handled make one contact of one message', async () => {
    const ts = office.ts();
    await office.event('message', { channel: 'CACME', user: 'UJOE', text: 'The exprt is broken', ts });
    await change(ts, 'The exprt is broken', { attachments: [{}] });
    await change(ts, 'The export is broken');
    await office.inbox.step();
    expect(await contacts()).toMatchObject([{ messages: 1 }]);
    expect(await rowsOf(store, 'messages')).toMatchObject([{ text: 'The export is broken' }]);
  });

  it('A11: a message that is many things at once has one effect', async () => {
    await office.writes('acme', 'joe', '<@UBATON> log it? Hello, https://x.example is down', {
      files: [{ name: 'a.png' }],
      threadTs: '1793692700.000100',
    });
    await office.settle();
    expect(await contacts()).toHaveLength(1);
    expect(await eventsOf(store, 'contact.opened', 'contact.joined')).toHaveLength(1);
    expect(await issues()).toEqual([]);
  });

  it('B7: a press on what was settled, deleted or folded meanwhile says how it stands and draws it anew', async () => {
    await office.writes('acme', 'joe', 'The export is broken');
    await office.travel(HOUR_MS);
    const id = String((await contacts())[0]?.id);
    await office.press('sam', 'suggestion.log', id);
    await office.settle();
    const late = await office.press('priya', 'suggestion.chat', id);
    expect(late?.say?.text).toContain('That message is *B-1* already');
    await office.command('sam', 'acme-internal', '/issue', 'log Login');
    await office.command('sam', 'acme-internal', '/issue', 'same 1 as 2');
    const folded = await office.press('priya', 'suggestion.log', id);
    expect(folded?.say?.text).toContain('That message is *B-2* already');
    await office.command('sam', 'acme-internal', '/issue', 'close 2');
    const closed = await office.press('priya', 'issue.take', 'take:2');
    expect(closed?.say?.text).toContain('Closed');
  });

  it('D1: an unknown author in a customer channel is a customer of that account, shown by id, logged as any other', async () => {
    await office.event('message', {
      channel: 'CACME',
      user: 'UNOBODY',
      text: 'The export is broken',
      ts: office.ts(),
      user_team: 'E123',
    });
    await office.travel(HOUR_MS);
    expect(await contacts()).toMatchObject([{ author: 'UNOBODY' }]);
    expect(JSON.stringify(office.slack.posts('CTRIAGE')[0]?.blocks)).toContain('UNOBODY: ');
    await office.press('sam', 'suggestion.log', String((await contacts())[0]?.id));
    await office.settle();
    expect(JSON.stringify(office.slack.posts('CTRIAGE')[1]?.blocks)).toContain('UNOBODY wrote it');
  });

  it('D1: somebody of a free mail provider is a customer only where they write; a domain finds the account', async () => {
    office.slack.addUser('gmx', { teamId: 'TX', email: 'someone@gmail.com' });
    await office.writes('globex', 'gmx', 'Our seats are gone');
    const globex = (await rowsOf(store, 'accounts')).find((row) => row.slug === 'globex');
    expect(await contacts()).toMatchObject([{ accountId: globex?.id }]);
  });

  it('D2: a channel that gets another id keeps its account, its threads and its issues', async () => {
    const ts = await office.writes('acme', 'joe', 'The export is broken');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.event('channel_id_changed', {
      channel: 'CACME',
      old_channel_id: 'CACME',
      new_channel_id: 'CNEW',
    });
    await office.settle();
    await office.writes('CNEW', 'joe', 'It is still broken here', { threadTs: ts });
    await office.reacts('CNEW', ts, 'priya', 'ticket');
    await office.settle();
    expect(await contacts()).toMatchObject([{ channel: 'CNEW', messages: 2 }]);
    expect(await issues()).toHaveLength(1);
    expect(office.slack.whispers.at(-1)?.text).toContain('That message is *B-1* already');
  });
});
