import { describe, expect, it } from 'vitest';
import { readMessageEvent } from '../../../src/slack/events.js';

const TS = '1700000000.000100';
const event = (more: Record<string, unknown>) =>
  readMessageEvent({ event: { type: 'message', channel: 'C1', ts: TS, user: 'U1', text: 'hello', ...more } });
const changed = (message: Record<string, unknown>, previous: Record<string, unknown> = {}) =>
  event({
    subtype: 'message_changed',
    ts: '1700000009.000100',
    hidden: true,
    message: { ts: TS, user: 'U1', text: 'hello', ...message },
    previous_message: { ts: TS, user: 'U1', text: 'hello', ...previous },
  });
const IGNORED = undefined;

/** One row per row of "Messages a capture bot must handle" in the reference on Slack's platform, §10. */
describe('message shapes, row by row', () => {
  it.each<[string, unknown, unknown]>([
    ['no subtype, in the channel', event({}), { kind: 'posted', threadTs: null }],
    ['no subtype, parent of a thread', event({ thread_ts: TS }), { kind: 'posted', threadTs: null }],
    ['no subtype, a reply', event({ thread_ts: '1.000100' }), { kind: 'posted', threadTs: '1.000100' }],
    [
      'file_share, one file a stub',
      event({ subtype: 'file_share', files: [{ id: 'F1', file_access: 'check_file_info' }] }),
      { kind: 'posted', files: [{ name: 'file', permalink: null }] },
    ],
    [
      'thread_broadcast',
      event({ subtype: 'thread_broadcast', thread_ts: '1.000100', root: {} }),
      { kind: 'posted', threadTs: '1.000100' },
    ],
    ['me_message', event({ subtype: 'me_message' }), { kind: 'posted', text: 'hello' }],
    ['bot_message without a user', event({ subtype: 'bot_message', bot_id: 'B1', user: undefined }), IGNORED],
    ['a post of a modern app: no subtype, a bot id', event({ bot_id: 'B1', app_id: 'A1' }), IGNORED],
    ['message_changed: an unfurl', changed({ attachments: [{ id: 1 }] }), IGNORED],
    [
      'message_changed: an edit, its version that of the edit',
      changed({ text: 'hello there', edited: { user: 'U1', ts: '1700000008.000000' } }),
      { kind: 'edited', ts: TS, text: 'hello there', editedTs: '1700000008.000000' },
    ],
    ['message_changed: a tombstone', changed({ subtype: 'tombstone' }), { kind: 'deleted', ts: TS }],
    [
      'message_deleted, with what stood there, by which what was taken from it is found',
      event({ subtype: 'message_deleted', deleted_ts: TS, previous_message: { text: 'old words' } }),
      { kind: 'deleted', channel: 'C1', ts: TS, text: 'old words' },
    ],
    ['message_replied', event({ subtype: 'message_replied', message: { ts: TS } }), IGNORED],
    [
      'message_replied without its subtype',
      event({ user: undefined, text: undefined, message: { ts: TS, reply_count: 1 } }),
      IGNORED,
    ],
    ...[
      'channel_join',
      'channel_leave',
      'channel_topic',
      'channel_purpose',
      'channel_name',
      'channel_archive',
      'channel_unarchive',
      'channel_convert_to_private',
      'channel_convert_to_public',
      'channel_posting_permissions',
      'group_join',
      'group_leave',
      'group_topic',
      'group_purpose',
      'group_name',
      'group_archive',
      'group_unarchive',
      'pinned_item',
      'unpinned_item',
      'reminder_add',
      'file_comment',
      'file_mention',
      'document_mention',
      'assistant_app_thread',
      'ekm_access_denied',
    ].map((subtype): [string, unknown, unknown] => [subtype, event({ subtype }), IGNORED]),
    ['huddle_thread with its room', event({ subtype: 'huddle_thread', room: { id: 'R1' } }), IGNORED],
    ['a huddle that has only its room', event({ room: { id: 'R1' } }), IGNORED],
    [
      'a streaming post',
      event({ subtype: 'bot_message', bot_id: 'B1', streaming_state: 'in_progress' }),
      IGNORED,
    ],
    [
      'a streaming post that changes',
      changed({ text: 'more', bot_id: 'B1', streaming_state: 'in_progress' }),
      IGNORED,
    ],
  ])('%s', (_, read, wanted) => {
    if (wanted === IGNORED) expect(read).toBeUndefined();
    else expect(read).toMatchObject(wanted as object);
  });
});
