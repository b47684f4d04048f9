import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack, type WebFault } from '../../support/fake-slack/index.js';

let slack: FakeSlack;
let web: WebClient;
let general: string;

beforeEach(async () => {
  slack = await startFakeSlack({ retryDelaysMs: [] });
  general = slack.addChannel({ name: 'general' }).id;
  web = new WebClient(slack.botToken, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    timeout: 300,
  });
});

afterEach(() => slack.stop());

const post = () => web.chat.postMessage({ channel: general, text: 'x' });

/** [fault, whether the message is stored all the same] */
const FAULTS: [WebFault, number][] = [
  [{ kind: 'rate_limited', retryAfter: 30 }, 0],
  ['rate_limited_bare', 0],
  ['error_before', 0],
  ['error_after', 1],
  ['dropped_reply', 1],
  ['html', 0],
  ['disconnect_before', 0],
  [{ kind: 'hang', store: false }, 0],
  [{ kind: 'hang', store: true }, 1],
  [{ error: 'is_archived' }, 0],
];

it.each(FAULTS)('%o loses the answer of one call, and only of one', async (fault, stored) => {
  slack.faults.next('chat.postMessage', fault);
  await expect(post()).rejects.toThrow();
  expect(slack.messages(general)).toHaveLength(stored);
  expect(Object.values(slack.faults.counts)).toEqual([1]);
  expect(slack.calls('chat.postMessage')[0]?.fault).toBeDefined();
  await post();
  expect(slack.messages(general)).toHaveLength(stored + 1);
});

it('answers a rate limit with Retry-After', async () => {
  slack.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfter: 30 });
  await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 30 });
});

it('queues several orders and leaves other methods alone', async () => {
  slack.faults.next('chat.postMessage', 'error_before');
  slack.faults.next('chat.postMessage', { error: 'internal_error' });
  await web.auth.test();
  await expect(post()).rejects.toMatchObject({ statusCode: 500 });
  await expect(post()).rejects.toMatchObject({ data: { error: 'internal_error' } });
  await post();
});

it('loses about the share of replies asked for, after storing', async () => {
  slack.faults.loseReplies(0.4);
  let lost = 0;
  for (let n = 0; n < 60; n += 1)
    await post().catch(() => {
      lost += 1;
    });
  expect(slack.messages(general)).toHaveLength(60);
  expect(lost).toBeGreaterThan(10);
  expect(lost).toBeLessThan(40);
  expect(slack.faults.counts.error_after ?? 0).toBeGreaterThan(0);
  expect(slack.faults.counts.dropped_reply ?? 0).toBeGreaterThan(0);
});

it('says what it waited for, and what the app did instead', async () => {
  await post();
  await expect(slack.waitFor(() => false, 'the moon', 20)).rejects.toThrow(
    /the moon[\s\S]*chat\.postMessage/,
  );
});
