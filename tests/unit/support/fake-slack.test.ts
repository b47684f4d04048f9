import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../support/fake-slack/index.js';

let slack: FakeSlack;
let web: WebClient;
let socket: SocketModeClient;

beforeEach(async () => {
  slack = await startFakeSlack({ ackTimeoutMs: 300 });
  slack.addUser({ name: 'anna' });
  slack.addChannel({ name: 'general', members: ['anna'] });
  web = new WebClient(slack.botToken, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  socket = new SocketModeClient({ appToken: slack.appToken, clientOptions: { slackApiUrl: slack.url } });
  await socket.start();
});

afterEach(async () => {
  await socket.disconnect();
  await slack.stop();
});

describe('a whole round', () => {
  it('takes a command to a modal and a submission to a post with a button', async () => {
    socket.on('slash_commands', async ({ ack, body }) => {
      await ack();
      await web.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'new',
          title: { type: 'plain_text', text: 'New' },
          submit: { type: 'plain_text', text: 'Go' },
          blocks: [
            {
              type: 'input',
              block_id: 'what',
              label: { type: 'plain_text', text: 'What' },
              element: { type: 'plain_text_input', action_id: 'text' },
            },
          ],
        },
      });
    });
    socket.on('interactive', async ({ ack, body }) => {
      await ack();
      if (body.type === 'view_submission') {
        await web.chat.postMessage({
          channel: slack.channel('general').id,
          text: body.view.state.values.what.text.value,
          blocks: [
            {
              type: 'actions',
              elements: [
                { type: 'button', action_id: 'take', text: { type: 'plain_text', text: 'Take' }, value: '7' },
              ],
            },
          ],
        });
      } else {
        await fetch(body.response_url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text: `took ${body.actions[0].value}` }),
        });
      }
    });
    expect((await slack.command('anna', 'general', '/new', 'x')).acked).toBe(true);
    await slack.waitFor(() => slack.openViews('anna').length === 1, 'the modal');
    await slack.submitView('anna', { what: 'printer on fire' });
    await slack.waitFor(() => slack.messages('general').length === 1, 'the post');
    expect(slack.openViews('anna')).toEqual([]);
    const [posted] = slack.messages('general');
    expect(posted?.text).toBe('printer on fire');
    const press = await slack.press('anna', 'general', posted?.ts ?? '', 'take');
    await slack.waitFor(() => press.responseUrlMessages.length === 1, 'the answer');
    expect(slack.ephemerals()[0]).toMatchObject({ text: 'took 7', ephemeralTo: slack.user('anna').id });
    expect(slack.violations).toEqual([]);
  });

  it('delivers a post as message and app_mention, and echoes what the bot posts', async () => {
    const seen: string[] = [];
    socket.on('slack_event', async ({ ack, body }) => {
      await ack();
      seen.push(`${body.event.type}:${body.event.bot_id ?? body.event.user}`);
    });
    const { delivery, mention } = await slack.post('general', 'anna', `<@${slack.botUserId}> a & b`);
    expect(delivery.acked && mention?.acked).toBe(true);
    await web.chat.postMessage({ channel: slack.channel('general').id, text: 'hello' });
    await slack.drainDeliveries();
    expect(seen.sort()).toEqual(['app_mention:UANNA', 'message:B_BATON', 'message:UANNA']);
    expect(slack.messages('general')[0]?.text).toBe('<@U_BATON> a &amp; b');
  });
});
