import { describe, expect, it } from 'vitest';
import { readMessageEvent, readReaction } from '../../../src/slack/events.js';

const TS = '1700000000.000100';
const posted = (more: Record<string, unknown> = {}) =>
  readMessageEvent({ event: { type: 'message', channel: 'C1', ts: TS, user: 'U1', text: 'hello', ...more } });
const changed = (message: Record<string, unknown>, previous: Record<string, unknown> = { text: 'before' }) =>
  readMessageEvent({
    event: {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel: 'C1',
      ts: '1700000009.000100',
      message: {
        ts: TS,
        user: 'U1',
        text: 'after',
        edited: { user: 'U1', ts: '1700000008.000000' },
        ...message,
      },
      previous_message: { ts: TS, user: 'U1', ...previous },
    },
  });

describe('a message event', () => {
  it.each([undefined, 'file_share', 'thread_broadcast', 'me_message'])(
    'of a person is read: subtype %s',
    (subtype) => {
      expect(posted({ subtype })).toMatchObject({
        kind: 'posted',
        user: 'U1',
        text: 'hello',
        ts: TS,
        threadTs: null,
      });
    },
  );

  it('in a thread names it; the parent of a thread stands in the channel', () => {
    expect(posted({ thread_ts: '1699999999.000100' })).toMatchObject({ threadTs: '1699999999.000100' });
    expect(posted({ thread_ts: TS })).toMatchObject({ threadTs: null });
  });

  it('with files keeps names and permalinks, never content', () => {
    const files = [
      { name: 'a.png', permalink: 'https://x/a', url_private: 'https://x/secret' },
      { title: 'b' },
      {},
    ];
    expect(posted({ subtype: 'file_share', files })).toMatchObject({
      files: [
        { name: 'a.png', permalink: 'https://x/a' },
        { name: 'b', permalink: null },
        { name: 'file', permalink: null },
      ],
    });
  });

  it.each([
    { subtype: 'bot_message', bot_id: 'B1', user: undefined },
    { bot_id: 'B1' },
    { bot_id: 'B1', app_id: 'A1', user: undefined },
    { user: undefined },
  ])('of another app is none: %j', (more) => {
    expect(posted(more)).toBeUndefined();
  });

  it.each([
    'channel_join',
    'channel_leave',
    'channel_topic',
    'channel_purpose',
    'channel_name',
    'channel_archive',
    'channel_unarchive',
    'channel_convert_to_private',
    'channel_posting_permissions',
    'group_join',
    'group_leave',
    'pinned_item',
    'unpinned_item',
    'reminder_add',
    'file_comment',
    'file_mention',
    'message_replied',
    'document_mention',
    'assistant_app_thread',
    'ekm_access_denied',
    'huddle_thread',
    'tombstone',
    'a_subtype_of_next_year',
  ])('of Slack’s own is none: %s', (subtype) => {
    expect(posted({ subtype })).toBeUndefined();
  });

  it('with other words, edited by a person, is an edit', () => {
    expect(changed({})).toMatchObject({
      kind: 'edited',
      ts: TS,
      text: 'after',
      editedTs: '1700000008.000000',
    });
  });

  it('with the same words (an unfurl, a reply count) is none', () => {
    expect(changed({ text: 'same', attachments: [{ id: 1 }] }, { text: 'same' })).toBeUndefined();
    expect(changed({ edited: undefined })).toBeUndefined();
  });

  it('changed by an app is none', () => {
    expect(changed({ bot_id: 'B1' })).toBeUndefined();
  });

  it('deleted is a deletion, with replies below it too', () => {
    const gone = { kind: 'deleted', channel: 'C1', ts: TS };
    expect(posted({ subtype: 'message_deleted', deleted_ts: TS, ts: '1700000009.000100' })).toEqual({
      ...gone,
      text: null,
    });
    expect(
      changed({ subtype: 'tombstone', text: 'This message was deleted.' }, { text: 'It is broken' }),
    ).toEqual({ ...gone, text: 'It is broken' });
  });

  it('that is not what it claims is refused aloud, not swallowed', () => {
    expect(() => readMessageEvent({ event: { type: 'message' } })).toThrow();
    expect(() =>
      readMessageEvent({ event: { type: 'message', channel: 'C1', ts: 1700000000.0001 } }),
    ).toThrow();
  });
});

describe('a reaction', () => {
  const event = (more: Record<string, unknown> = {}) => ({
    event: {
      user: 'U1',
      reaction: 'ticket',
      item: { type: 'message', channel: 'C1', ts: TS },
      event_ts: '2.0',
      ...more,
    },
  });

  it('on a message is read, without its skin tone', () => {
    expect(readReaction(event())).toMatchObject({ user: 'U1', name: 'ticket', channel: 'C1', ts: TS });
    expect(readReaction(event({ reaction: 'eyes::skin-tone-4' }))).toMatchObject({ name: 'eyes' });
  });

  it('on anything else is none', () => {
    expect(readReaction(event({ item: { type: 'file', file: 'F1' } }))).toBeUndefined();
    expect(readReaction({ event: {} })).toBeUndefined();
  });
});
