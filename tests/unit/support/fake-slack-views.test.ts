import { LogLevel, SocketModeClient } from '@slack/socket-mode';
import { type View, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../support/fake-slack/index.js';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const INPUTS = [
  {
    type: 'input',
    block_id: 'title',
    label: plain('Title'),
    element: { type: 'plain_text_input', action_id: 'text', initial_value: 'as it was' },
  },
  {
    type: 'input',
    block_id: 'prio',
    label: plain('Priority'),
    element: { type: 'static_select', action_id: 'pick', options: [option('low'), option('high')] },
  },
  {
    type: 'input',
    block_id: 'tags',
    optional: true,
    label: plain('Tags'),
    element: { type: 'checkboxes', action_id: 'box', options: [option('a'), option('b')] },
  },
];

let slack: FakeSlack;
let web: WebClient;
let socket: SocketModeClient;
let now: number;
let bodies: Record<string, unknown>[];
/** What the app answers to the next interactive payload. */
let answer: Record<string, unknown> | undefined;

beforeEach(async () => {
  now = 1_800_000_000_000;
  answer = undefined;
  bodies = [];
  slack = await startFakeSlack({ ackTimeoutMs: 200, now: () => now });
  slack.addUser({ name: 'anna' });
  slack.addChannel({ name: 'general', members: ['anna'] });
  web = new WebClient(slack.botToken, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
  });
  socket = new SocketModeClient({
    appToken: slack.appToken,
    clientOptions: { slackApiUrl: slack.url },
    logLevel: LogLevel.ERROR,
  });
  socket.on('slack_event', async ({ ack, body }) => {
    bodies.push(body);
    await ack(answer);
  });
  await socket.start();
});

afterEach(async () => {
  await socket.disconnect();
  await slack.stop();
});

const modal = (over: object = {}): View =>
  ({ type: 'modal', title: plain('T'), submit: plain('S'), blocks: INPUTS, ...over }) as View;
const trigger = async () => (await slack.globalShortcut('anna', 'go')).triggerId;
const open = async (over: object = {}) =>
  (await web.views.open({ trigger_id: await trigger(), view: modal(over) })).view;
const refused = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => undefined,
    (caught: { data?: { error?: string } }) => caught,
  );
  return error?.data?.error ?? 'not refused';
};

describe('triggers', () => {
  it('live for three seconds', async () => {
    const early = await trigger();
    now += 3000;
    await web.views.open({ trigger_id: early, view: modal() });
    const late = await trigger();
    now += 3001;
    expect(await refused(web.views.open({ trigger_id: late, view: modal() }))).toBe('expired_trigger_id');
    expect(await refused(web.views.open({ trigger_id: 'nonsense', view: modal() }))).toBe(
      'invalid_trigger_id',
    );
  });

  it('work once', async () => {
    const id = await trigger();
    await web.views.open({ trigger_id: id, view: modal() });
    expect(await refused(web.views.open({ trigger_id: id, view: modal() }))).toBe('exchanged_trigger_id');
  });
});

describe('the modal stack', () => {
  it('takes a root and two more', async () => {
    await open();
    const push = async () => web.views.push({ trigger_id: await trigger(), view: modal() });
    await push();
    await push();
    expect(await refused(push())).toBe('push_limit_reached');
    expect(slack.openViews('anna')).toHaveLength(3);
    await slack.closeView('anna');
    expect(slack.openViews('anna')).toHaveLength(2);
  });

  it('checks hashes, and knows closed views no more', async () => {
    const view = await open();
    const update = (hash?: string) =>
      web.views.update({ view_id: view?.id ?? '', ...(hash ? { hash } : {}), view: modal() });
    await update(view?.hash);
    expect(await refused(update(view?.hash))).toBe('hash_conflict');
    await update();
    await slack.closeView('anna');
    expect(await refused(update())).toBe('not_found');
  });

  it('wants external ids to be unique', async () => {
    await open({ external_id: 'one' });
    const again = web.views.push({ trigger_id: await trigger(), view: modal({ external_id: 'one' }) });
    expect(await refused(again)).toBe('duplicate_external_id');
  });

  it('refuses a bad view with the place and the reason', async () => {
    const error = await open({ title: plain('x'.repeat(25)) }).catch((caught) => caught);
    expect(error.data).toMatchObject({ error: 'invalid_arguments' });
    expect(error.data.response_metadata.messages[0]).toContain('/view/title/text');
    expect(slack.violations).toHaveLength(1);
    expect(await refused(open({ private_metadata: 'x'.repeat(250_000) }))).toBe('view_too_large');
  });

  it('tells of closing only those who asked', async () => {
    await open();
    expect(await slack.closeView('anna')).toBeUndefined();
    await open({ notify_on_close: true });
    expect((await slack.closeView('anna'))?.acked).toBe(true);
    expect(bodies.at(-1)).toMatchObject({ type: 'view_closed', is_cleared: false });
  });
});

describe('submissions', () => {
  it('send every input: entered, initial, or empty', async () => {
    await open();
    await slack.submitView('anna', { prio: 'HIGH' });
    expect(bodies.at(-1)).toMatchObject({
      type: 'view_submission',
      view: {
        state: {
          values: {
            title: { text: { type: 'plain_text_input', value: 'as it was' } },
            prio: { pick: { type: 'static_select', selected_option: option('high') } },
            tags: { box: { type: 'checkboxes', selected_options: [] } },
          },
        },
      },
    });
    expect(slack.openViews('anna')).toEqual([]);
  });

  it('are stopped by the client where Slack stops them', async () => {
    await open();
    await expect(slack.submitView('anna', {})).rejects.toThrow(/prio\/pick" is required/);
    await expect(slack.submitView('anna', { prio: 'medium' })).rejects.toThrow(/no option "medium"/);
    await expect(slack.submitView('anna', { nope: 'x' })).rejects.toThrow(/no field "nope"/);
  });

  it('obey errors, update, push and clear', async () => {
    await open();
    answer = { response_action: 'errors', errors: { title: 'Too dull' } };
    expect((await slack.submitView('anna', { prio: 'low' })).viewErrors).toEqual({ title: 'Too dull' });
    expect(slack.openViews('anna')).toHaveLength(1);
    answer = { response_action: 'push', view: modal({ callback_id: 'second' }) };
    await slack.submitView('anna');
    answer = { response_action: 'update', view: modal({ callback_id: 'third', blocks: [] }) };
    await slack.submitView('anna', { prio: 'low' });
    expect(slack.openViews('anna').map((view) => view.callback_id)).toEqual(['', 'third']);
    answer = { response_action: 'clear' };
    await slack.submitView('anna');
    expect(slack.openViews('anna')).toEqual([]);
  });

  it('show the user trouble when the answer is invalid, and tell nobody else', async () => {
    await open();
    answer = { response_action: 'update', view: modal({ title: plain('x'.repeat(25)) }) };
    expect(await slack.submitView('anna', { prio: 'low' })).toMatchObject({
      acked: true,
      problem: 'invalid_arguments',
    });
    answer = { response_action: 'errors', errors: { nowhere: 'x' } };
    expect(await slack.submitView('anna')).toMatchObject({ problem: 'invalid_view_errors' });
    expect(slack.violations).toHaveLength(2);
  });

  it('keep what was typed when an update keeps the ids', async () => {
    const view = await open();
    await slack.fillView('anna', { title: 'typed', prio: 'low' });
    await web.views.update({ view_id: view?.id ?? '', view: modal({ callback_id: 'again' }) });
    expect(slack.openViews('anna')[0]?.state.values.title?.text?.value).toBe('typed');
  });

  it('fill external selects from what the app suggests', async () => {
    await open({
      blocks: [
        {
          type: 'input',
          block_id: 'who',
          label: plain('Who'),
          element: { type: 'external_select', action_id: 'acct' },
        },
      ],
    });
    answer = { options: [option('acme')] };
    await slack.fillView('anna', { who: 'acme' });
    expect(bodies.at(-1)).toMatchObject({ type: 'block_suggestion', action_id: 'acct', value: 'acme' });
    expect(slack.openViews('anna')[0]?.state.values.who?.acct?.selected_option).toEqual(option('acme'));
  });
});

describe('elements', () => {
  const ACTIONS = {
    type: 'actions',
    block_id: 'acts',
    elements: [
      { type: 'button', action_id: 'take', text: plain('Take'), value: '7' },
      { type: 'overflow', action_id: 'more', options: [option('a'), option('b')] },
    ],
  };

  it('of a message send their block_actions', async () => {
    const { ts } = await web.chat.postMessage({
      channel: slack.channel('general').id,
      text: 'x',
      blocks: [ACTIONS],
    });
    await slack.press('anna', 'general', ts ?? '', 'more', { selected: 'B' });
    expect(bodies.at(-1)).toMatchObject({
      type: 'block_actions',
      container: { type: 'message', message_ts: ts },
      actions: [{ type: 'overflow', action_id: 'more', block_id: 'acts', selected_option: option('b') }],
    });
    await expect(slack.press('anna', 'general', ts ?? '', 'nope')).rejects.toThrow(
      /no element "nope"; it has: take, more/,
    );
  });

  it('can be pressed on an old screen', async () => {
    const { ts } = await web.chat.postMessage({
      channel: slack.channel('general').id,
      text: 'x',
      blocks: [ACTIONS],
    });
    await web.chat.update({ channel: slack.channel('general').id, ts: ts ?? '', text: 'closed' });
    await expect(slack.press('anna', 'general', ts ?? '', 'take')).rejects.toThrow(/no element/);
    expect((await slack.press('anna', 'general', ts ?? '', 'take', { stale: true })).acked).toBe(true);
  });

  it('of the Home work without a modal', async () => {
    await web.views.publish({
      user_id: slack.user('anna').id,
      view: { type: 'home', blocks: [ACTIONS] } as View,
    });
    expect(slack.home('anna')?.type).toBe('home');
    await slack.pressInHome('anna', 'take');
    expect(bodies.at(-1)).toMatchObject({
      container: { type: 'view' },
      view: { type: 'home' },
      actions: [{ value: '7' }],
    });
  });
});

it('closes a response_url after five uses or thirty minutes', async () => {
  const command = await slack.command('anna', 'general', '/x', '');
  const respond = () =>
    fetch(command.responseUrl ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"hi"}',
    });
  for (let n = 0; n < 5; n += 1) expect((await respond()).status).toBe(200);
  expect((await respond()).status).toBe(404);
  expect(command.responseUrlMessages).toHaveLength(5);
  const other = await slack.command('anna', 'general', '/x', '');
  now += 30 * 60 * 1000 + 1;
  expect((await fetch(other.responseUrl ?? '', { method: 'POST', body: 'payload={}' })).status).toBe(404);
});
