import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../support/fake-slack/index.js';

let slack: FakeSlack;
let web: WebClient;
let general: string;
let now: number;

beforeEach(async () => {
  now = 1_800_000_000_000;
  slack = await startFakeSlack({ ackTimeoutMs: 50, now: () => now });
  slack.addUser({ name: 'anna', email: 'anna@home.test' });
  general = slack.addChannel({ name: 'general', members: ['anna'] }).id;
  web = new WebClient(slack.botToken, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
});

afterEach(() => slack.stop());

const refused = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => undefined,
    (caught: { data?: { error?: string } }) => caught,
  );
  return error?.data?.error ?? 'not refused';
};

describe('tokens and scopes', () => {
  it('knows its tokens, and which method takes which', async () => {
    const withToken = (token: string) =>
      new WebClient(token, { slackApiUrl: slack.url, retryConfig: { retries: 0 } });
    expect(await web.auth.test()).toMatchObject({
      user_id: slack.botUserId,
      bot_id: slack.botId,
      team_id: slack.teamId,
    });
    expect(await refused(withToken('xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await refused(web.apps.connections.open({}))).toBe('not_allowed_token_type');
    slack.revokeToken();
    expect(await refused(web.auth.test())).toBe('token_revoked');
    slack.restoreToken();
    expect((await web.auth.test()).response_metadata?.scopes).toContain('chat:write');
  });

  it('answers an unknown method and a missing scope the Slack way', async () => {
    expect(await refused(web.apiCall('chat.shout'))).toBe('unknown_method');
    const poor = await startFakeSlack({ scopes: ['chat:write'] });
    const client = new WebClient(poor.botToken, { slackApiUrl: poor.url, retryConfig: { retries: 0 } });
    expect(await refused(client.users.list({}))).toBe('missing_scope');
    await poor.stop();
  });
});

describe('posting', () => {
  it('stores, updates and deletes its own messages only', async () => {
    const { ts } = await web.chat.postMessage({
      channel: general,
      text: 'one',
      blocks: [{ type: 'divider' }],
    });
    expect(slack.messages(general)[0]?.blocks).toHaveLength(1);
    await web.chat.update({ channel: general, ts: ts ?? '', text: 'two' });
    expect(slack.messages(general)[0]).toMatchObject({ text: 'two' });
    expect(slack.messages(general)[0]?.blocks).toBeUndefined();
    const theirs = await slack.post(general, 'anna', 'mine');
    expect(await refused(web.chat.update({ channel: general, ts: theirs.ts, text: 'x' }))).toBe(
      'cant_update_message',
    );
    expect(await refused(web.chat.update({ channel: general, ts: '1.000001', text: 'x' }))).toBe(
      'message_not_found',
    );
    await web.chat.delete({ channel: general, ts: ts ?? '' });
    expect(slack.messages(general).map((message) => message.text)).toEqual(['mine']);
  });

  it('refuses where Slack does', async () => {
    const away = slack.addChannel({ name: 'away', botMember: false }).id;
    const secret = slack.addChannel({ name: 'secret', isPrivate: true, botMember: false }).id;
    const old = slack.addChannel({ name: 'old', isArchived: true }).id;
    const post = (channel: string, text = 'x') => refused(web.chat.postMessage({ channel, text }));
    expect(await post(away)).toBe('not_in_channel');
    expect(await post(secret)).toBe('channel_not_found');
    expect(await post(old)).toBe('is_archived');
    expect(await post(general, '')).toBe('no_text');
    expect(
      await refused(web.chat.postEphemeral({ channel: away, user: slack.user('anna').id, text: 'x' })),
    ).toBe('user_not_in_channel');
    const { ts } = await web.chat.postMessage({ channel: general, text: 'x' });
    expect(await refused(web.chat.update({ channel: general, ts: ts ?? '', text: 'x'.repeat(4001) }))).toBe(
      'msg_too_long',
    );
    expect((await web.chat.update({ channel: general, ts: ts ?? '', text: 'x'.repeat(4000) })).ok).toBe(true);
  });

  it('truncates with a warning above 40,000 characters', async () => {
    const answer = await web.chat.postMessage({ channel: general, text: 'x'.repeat(40_001) });
    expect(answer.response_metadata?.warnings).toEqual(['message_truncated']);
    expect(slack.messages(general)[0]?.text).toHaveLength(40_000);
  });

  it('opens the direct message of a user, deactivated or not', async () => {
    slack.addUser({ name: 'gone', deleted: true });
    const { channel } = await web.chat.postMessage({ channel: slack.user('gone').id, text: 'hello?' });
    expect(channel).toMatch(/^D/);
    expect(slack.messages(channel ?? '')).toHaveLength(1);
    const opened = await web.conversations.open({ users: slack.user('gone').id });
    expect(opened.channel?.id).toBe(channel);
  });

  it('puts a thread_ts that became a number outside the thread, and says so to the test', async () => {
    const { ts } = await slack.post(general, 'anna', 'parent', { ts: '1700000000.000100' });
    await web.chat.postMessage({ channel: general, text: 'inside', thread_ts: ts });
    await fetch(`${slack.url}chat.postMessage`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${slack.botToken}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel: general, text: 'outside', thread_ts: Number(ts) }),
    });
    const { messages } = await web.conversations.replies({ channel: general, ts });
    expect(messages?.map((message) => message.text)).toEqual(['parent', 'inside']);
    expect(slack.violations.join()).toContain('thread_ts');
  });

  it('names the place of an invalid block and keeps the finding', async () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
    const error = await web.chat
      .postMessage({ channel: general, text: 'x', blocks })
      .catch((caught) => caught);
    expect(error.data.error).toBe('invalid_blocks');
    expect(error.data.response_metadata.messages[0]).toContain('/blocks/0/text/text');
    expect(slack.violations).toHaveLength(1);
    expect(slack.messages(general)).toEqual([]);
  });

  it('checks metadata: shape, size, and who gets to see it', async () => {
    const post = (key: unknown) =>
      web.chat.postMessage({
        channel: general,
        text: 'x',
        metadata: { event_type: 'baton_post', event_payload: { key } as never },
      });
    await post('k1');
    expect(await refused(post('k'.repeat(8001)))).toBe('metadata_too_large');
    expect(await refused(post({ deep: { er: 1 } }))).toBe('invalid_metadata_schema');
    const [bare] = (await web.conversations.history({ channel: general })).messages ?? [];
    const [full] =
      (await web.conversations.history({ channel: general, include_all_metadata: true })).messages ?? [];
    expect(bare?.metadata).toEqual({ event_type: 'baton_post' });
    expect(full?.metadata).toEqual({ event_type: 'baton_post', event_payload: { key: 'k1' } });
  });
});

describe('reading', () => {
  it('pages through history newest first, without replies', async () => {
    for (let n = 0; n < 5; n += 1) await slack.post(general, 'anna', `m${n}`);
    const [first] = slack.messages(general);
    await slack.post(general, 'anna', 'reply', { threadTs: first?.ts ?? '' });
    const seen: string[] = [];
    for await (const page of web.paginate('conversations.history', { channel: general, limit: 2 })) {
      seen.push(
        ...(page as unknown as { messages: { text: string }[] }).messages.map((message) => message.text),
      );
    }
    expect(seen).toEqual(['m4', 'm3', 'm2', 'm1', 'm0']);
  });

  it('cuts history by oldest and latest, inclusive or not', async () => {
    const stamps: string[] = [];
    for (let n = 0; n < 4; n += 1) stamps.push((await slack.post(general, 'anna', `m${n}`)).ts);
    const texts = async (inclusive: boolean) =>
      (
        await web.conversations.history({
          channel: general,
          oldest: stamps[0] ?? '',
          latest: stamps[2] ?? '',
          inclusive,
        })
      ).messages?.map((m) => m.text);
    expect(await texts(false)).toEqual(['m1']);
    expect(await texts(true)).toEqual(['m2', 'm1', 'm0']);
  });

  it('tells shared channels and foreign people apart', async () => {
    const shared = slack.addChannel({ name: 'shared', isExtShared: true, members: ['anna'] });
    slack.addUser({ name: 'eve', teamId: 'T_ELSE', email: 'eve@else.test', isStranger: true });
    expect((await web.conversations.info({ channel: shared.id })).channel).toMatchObject({
      is_ext_shared: true,
      is_private: false,
    });
    const eve = (await web.users.info({ user: slack.user('eve').id })).user;
    expect(eve).toMatchObject({ team_id: 'T_ELSE', is_stranger: true });
    expect(eve?.profile?.email).toBeUndefined();
    expect(await refused(web.users.lookupByEmail({ email: 'eve@else.test' }))).toBe('users_not_found');
    expect((await web.users.lookupByEmail({ email: 'ANNA@home.test' })).user?.name).toBe('anna');
    const names = (await web.users.list({})).members?.map((one) => one.name);
    expect(names).toContain('anna');
    expect(names).not.toContain('eve');
  });

  it('lists only channels the bot may know of', async () => {
    slack.addChannel({ name: 'secret', isPrivate: true, botMember: false });
    slack.addChannel({ name: 'team', isPrivate: true });
    const { channels } = await web.conversations.list({ types: 'public_channel,private_channel' });
    expect(channels?.map((channel) => channel.name)).toEqual(['general', 'team']);
    expect((await web.users.conversations({})).channels?.map((channel) => channel.name)).toEqual(['general']);
  });
});

describe('reactions', () => {
  it('refuses a second one and the removal of none', async () => {
    const { ts } = await slack.post(general, 'anna', 'x');
    const reaction = { channel: general, timestamp: ts, name: 'eyes' };
    await web.reactions.add(reaction);
    expect(await refused(web.reactions.add(reaction))).toBe('already_reacted');
    await web.reactions.remove(reaction);
    expect(await refused(web.reactions.remove(reaction))).toBe('no_reaction');
  });
});

it('keeps a message a second per channel when told to', async () => {
  slack.faults.enforceRates = true;
  for (let n = 0; n < 5; n += 1) await web.chat.postMessage({ channel: general, text: 'x' });
  await expect(web.chat.postMessage({ channel: general, text: 'x' })).rejects.toMatchObject({
    retryAfter: 1,
  });
  now += 1000;
  await web.chat.postMessage({ channel: general, text: 'x' });
  expect(slack.messages(general)).toHaveLength(6);
});
