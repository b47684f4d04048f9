import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Delivery, type FakeSlack, startFakeSlack } from '../../support/fake-slack/index.js';

let slack: FakeSlack;

beforeEach(async () => {
  // Nobody listens: what would have been sent is on record all the same.
  slack = await startFakeSlack({ retryDelaysMs: [], now: () => 1_800_000_000_000 });
  slack.addUser({ name: 'anna' });
  slack.addChannel({ name: 'general', members: ['anna'] });
});

afterEach(() => slack.stop());

const event = (delivery: Delivery | undefined) => delivery?.envelope.event as Record<string, unknown>;

it('wraps a message with all that an app may rely on', async () => {
  const { ts, delivery } = await slack.post('general', 'anna', 'hello');
  expect(delivery.envelope).toMatchObject({
    type: 'event_callback',
    team_id: 'T_HOME',
    context_team_id: 'T_HOME',
    api_app_id: 'A_BATON',
    event_id: delivery.eventId,
    event_time: 1_800_000_000,
    is_ext_shared_channel: false,
    authorizations: [{ team_id: 'T_HOME', user_id: 'U_BATON', is_bot: true }],
    event: {
      type: 'message',
      channel: 'CGENERAL',
      channel_type: 'channel',
      user: 'UANNA',
      text: 'hello',
      ts,
      event_ts: ts,
      team: 'T_HOME',
    },
  });
});

it('gives every message a timestamp of its own, even when the clock stands still', async () => {
  const first = await slack.post('general', 'anna', 'one');
  const second = await slack.post('general', 'anna', 'two');
  expect([first.ts, second.ts]).toEqual(['1800000000.000000', '1800000000.000001']);
});

it('sends a mention twice: two event ids, one timestamp', async () => {
  const { ts, delivery, mention } = await slack.post('general', 'anna', 'hi <@U_BATON>');
  expect(mention?.eventId).not.toBe(delivery.eventId);
  expect(event(mention)).toMatchObject({ type: 'app_mention', ts });
  expect(event(mention)).not.toHaveProperty('channel_type');
  expect((await slack.post(slack.dm('anna').id, 'anna', 'hi <@U_BATON>')).mention).toBeUndefined();
});

it('escapes typed text and links addresses, and leaves mentions alone', async () => {
  const { delivery } = await slack.post(
    'general',
    'anna',
    'a & b <c> <@U_BATON> see https://x.test/y?a=1&b=2.',
  );
  expect(event(delivery).text).toBe('a &amp; b &lt;c&gt; <@U_BATON> see <https://x.test/y?a=1&amp;b=2>.');
});

it('sends edits and link previews as hidden message_changed', async () => {
  const { ts } = await slack.post('general', 'anna', 'one');
  const edited = event(await slack.edit('general', ts, 'two'));
  expect(edited).toMatchObject({
    subtype: 'message_changed',
    hidden: true,
    message: { ts, text: 'two' },
    previous_message: { text: 'one' },
  });
  expect(edited.ts).not.toBe(ts);
  expect(edited).not.toHaveProperty('user');
  const preview = event(await slack.unfurl('general', ts));
  expect(preview).toMatchObject({
    subtype: 'message_changed',
    message: { text: 'two' },
    previous_message: { text: 'two' },
  });
});

it('deletes a message, or leaves a tombstone where replies remain', async () => {
  const lone = await slack.post('general', 'anna', 'lone');
  expect(event(await slack.remove('general', lone.ts))).toMatchObject({
    subtype: 'message_deleted',
    deleted_ts: lone.ts,
  });
  const parent = await slack.post('general', 'anna', 'parent');
  const reply = await slack.post('general', 'anna', 'reply', { threadTs: parent.ts });
  expect(event(reply.delivery)).toMatchObject({ thread_ts: parent.ts, parent_user_id: 'UANNA' });
  expect(event(await slack.remove('general', parent.ts))).toMatchObject({
    subtype: 'message_changed',
    message: { subtype: 'tombstone' },
  });
  expect(slack.messages('general').map((message) => message.text)).toEqual([
    'This message was deleted.',
    'reply',
  ]);
});

it('describes reactions, uploads, Home visits and comings and goings', async () => {
  const { ts } = await slack.post('general', 'anna', 'x');
  expect(event(await slack.react('general', ts, 'anna', 'eyes'))).toMatchObject({
    type: 'reaction_added',
    reaction: 'eyes',
    user: 'UANNA',
    item: { type: 'message', channel: 'CGENERAL', ts },
    item_user: 'UANNA',
  });
  expect(event(await slack.unreact('general', ts, 'anna', 'eyes')).type).toBe('reaction_removed');
  expect(event((await slack.post('general', 'anna', 'f', { files: [{ id: 'F1' }] })).delivery).subtype).toBe(
    'file_share',
  );
  expect(event(await slack.openHome('anna'))).toMatchObject({
    type: 'app_home_opened',
    tab: 'home',
    user: 'UANNA',
  });
  expect(event(await slack.join('general', 'U_BATON'))).toMatchObject({
    type: 'member_joined_channel',
    user: 'U_BATON',
  });
});

it('marks what comes from another workspace', async () => {
  slack.addUser({ name: 'eve', teamId: 'T_ELSE' });
  slack.addChannel({ name: 'shared', isExtShared: true, members: ['anna', 'eve'] });
  const { delivery } = await slack.post('shared', 'eve', 'hello');
  expect(delivery.envelope.is_ext_shared_channel).toBe(true);
  expect(event(delivery)).toMatchObject({ user_team: 'T_ELSE', source_team: 'T_ELSE' });
  await expect(slack.command('eve', 'shared', '/x', '')).rejects.toThrow(/another workspace/);
});
