import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, SocketModeClient } from '@slack/socket-mode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type DeliveryFault, type FakeSlack, startFakeSlack } from '../../support/fake-slack/index.js';

interface Seen {
  event_id: string;
  text: string;
  retry: number;
  reason: string;
}

let slack: FakeSlack;
let clients: SocketModeClient[];
let seen: Seen[];
/** How many deliveries the app lets pass without an ack. */
let ignore: number;

async function startWith(retryDelaysMs: number[]): Promise<void> {
  slack = await startFakeSlack({ ackTimeoutMs: 60, retryDelaysMs });
  slack.faults.lateMs = [1, 5];
  slack.addUser({ name: 'anna' });
  slack.addChannel({ name: 'general', members: ['anna'] });
}

beforeEach(async () => {
  await startWith([5, 5, 5]);
  clients = [];
  seen = [];
  ignore = 0;
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.disconnect()));
  await slack.stop();
});

async function connect(): Promise<SocketModeClient> {
  const client = new SocketModeClient({
    appToken: slack.appToken,
    clientOptions: { slackApiUrl: slack.url },
    clientPingTimeout: 100,
    logLevel: LogLevel.ERROR,
  });
  client.on('slack_event', async ({ ack, type, body, retry_num, retry_reason }) => {
    if (type === 'events_api') {
      seen.push({ event_id: body.event_id, text: body.event.text, retry: retry_num, reason: retry_reason });
    }
    if (ignore > 0) ignore -= 1;
    else await ack();
  });
  clients.push(client);
  await client.start();
  return client;
}

describe('Socket Mode', () => {
  it('retries an event that was not acked, with the same event_id and a reason', async () => {
    await connect();
    ignore = 1;
    const { delivery } = await slack.post('general', 'anna', 'hello');
    expect(delivery.acked).toBe(false);
    await delivery.settled;
    expect(delivery).toMatchObject({ acked: true, attempts: 2 });
    expect(seen).toEqual([
      { event_id: delivery.eventId, text: 'hello', retry: 0, reason: '' },
      { event_id: delivery.eventId, text: 'hello', retry: 1, reason: 'timeout' },
    ]);
  });

  it('gives up after the last retry', async () => {
    await connect();
    ignore = 99;
    const { delivery } = await slack.post('general', 'anna', 'hello');
    await slack.drainDeliveries();
    expect(delivery).toMatchObject({ acked: false, attempts: 4 });
    expect(seen.map((one) => one.retry)).toEqual([0, 1, 2, 3]);
  });

  it('retries events that met no connection, and loses commands', async () => {
    await slack.stop();
    await startWith([5, 60_000]);
    const { delivery } = await slack.post('general', 'anna', 'anybody?');
    const command = await slack.command('anna', 'general', '/x', '');
    expect(command).toMatchObject({ acked: false, ackMs: 0 });
    await connect();
    await slack.drainDeliveries();
    expect(delivery.acked).toBe(true);
    expect(seen.map((one) => one.text)).toEqual(['anybody?']);
  });

  it('never sends an interaction twice', async () => {
    const client = await connect();
    let commands = 0;
    client.on('slash_commands', () => {
      commands += 1;
    });
    ignore = 1;
    expect((await slack.command('anna', 'general', '/x', '')).acked).toBe(false);
    await slack.drainDeliveries();
    expect(commands).toBe(1);
  });

  it('hands the answer inside an ack back', async () => {
    const client = await connect();
    ignore = 1;
    client.on('slash_commands', ({ ack }) => ack({ text: 'done' }));
    const command = await slack.command('anna', 'general', '/x', '');
    expect(command).toMatchObject({ acked: true, ackPayload: { text: 'done' } });
    expect(slack.ephemerals()).toMatchObject([{ text: 'done', ephemeralTo: slack.user('anna').id }]);
  });

  it('sends each payload to one of the connections, in turn', async () => {
    const counts = [0, 0];
    for (const index of [0, 1]) {
      const client = await connect();
      client.on('message', () => {
        counts[index] = (counts[index] ?? 0) + 1;
      });
    }
    expect(slack.connections()).toBe(2);
    for (let n = 0; n < 4; n += 1) await slack.post('general', 'anna', `m${n}`);
    expect(counts).toEqual([2, 2]);
  });

  it('sends the eleventh connection away', async () => {
    const sockets: WebSocket[] = [];
    const first: unknown[] = [];
    for (let n = 0; n < 11; n += 1) {
      const answer = await fetch(`${slack.url}apps.connections.open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${slack.appToken}` },
      });
      const { url } = (await answer.json()) as { url: string };
      const socket = new WebSocket(url);
      sockets.push(socket);
      first.push(
        await new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data))))),
      );
    }
    expect(first[9]).toMatchObject({
      type: 'hello',
      num_connections: 10,
      debug_info: { approximate_connection_time: 3600 },
    });
    expect(first[10]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    for (const socket of sockets) socket.terminate();
  });

  it.each([{ reason: 'refresh_requested' as const }, { hard: true }])('recovers after %o', async (how) => {
    await connect();
    slack.disconnectAll(how);
    await slack.waitFor(() => slack.connections() === 0, 'the connection to go');
    await slack.waitFor(() => slack.connections() === 1, 'a new connection');
    expect((await slack.post('general', 'anna', 'back?')).delivery.acked).toBe(true);
  });

  it('keeps what happens in channels without the bot to itself', async () => {
    await connect();
    slack.addChannel({ name: 'away', botMember: false });
    const { delivery } = await slack.post('away', 'anna', 'psst');
    expect(delivery.skipped).toContain('not in the channel');
    expect(seen).toEqual([]);
  });
});

describe('delivery faults', () => {
  const FAULTS: [DeliveryFault, number[], number][] = [
    ['duplicate', [0, 0], 1],
    ['duplicate_new_id', [0, 0], 2],
    ['retry', [0, 1], 1],
    ['late', [0], 1],
    ['reorder', [0], 1],
  ];

  it.each(FAULTS)('%s', async (fault, retries, ids) => {
    await connect();
    slack.faults.nextDelivery(fault);
    await slack.post('general', 'anna', 'hello');
    await slack.drainDeliveries();
    expect(seen.map((one) => one.retry)).toEqual(retries);
    expect(new Set(seen.map((one) => one.event_id)).size).toBe(ids);
    expect(slack.faults.counts).toEqual({ [fault]: 1 });
  });

  it('reorder swaps an event with the next one of its channel', async () => {
    await connect();
    slack.faults.nextDelivery('reorder');
    await slack.post('general', 'anna', 'first');
    await slack.post('general', 'anna', 'second');
    await slack.drainDeliveries();
    expect(seen.map((one) => one.text)).toEqual(['second', 'first']);
  });

  it('disconnect cuts the socket before the ack counts, and retries', async () => {
    await slack.stop();
    await startWith([5, 60_000]);
    await connect();
    slack.faults.nextDelivery('disconnect');
    const { delivery } = await slack.post('general', 'anna', 'hello');
    expect(delivery.acked).toBe(false);
    await slack.waitFor(() => slack.connections() === 1, 'a new connection');
    await slack.drainDeliveries();
    expect(delivery.acked).toBe(true);
    expect(new Set(seen.map((one) => one.event_id))).toEqual(new Set([delivery.eventId]));
  });

  it('disturbs the same deliveries for the same seed, and about the share asked for', async () => {
    const run = async (seed: number) => {
      const other = await startFakeSlack({ seed, retryDelaysMs: [] });
      other.addUser({ name: 'anna' });
      other.addChannel({ name: 'general' });
      other.faults.disturb(0.3);
      for (let n = 0; n < 200; n += 1) await other.post('general', 'anna', `m${n}`);
      const faults = other.deliveries.map((delivery) => delivery.fault ?? '');
      await other.stop();
      return faults;
    };
    const once = await run(7);
    expect(await run(7)).toEqual(once);
    expect(await run(8)).not.toEqual(once);
    const share = once.filter((fault) => fault !== '').length / once.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });
});

describe('HTTP delivery', () => {
  interface Received {
    headers: Record<string, unknown>;
    body: string;
  }
  let app: Server;
  let received: Received[];
  let answers: { status: number; headers?: Record<string, string>; body?: string }[];

  beforeEach(async () => {
    received = [];
    answers = [];
    app = createServer(async (req, res) => {
      let body = '';
      for await (const chunk of req) body += String(chunk);
      received.push({ headers: req.headers, body });
      const answer = answers.shift() ?? { status: 200 };
      res
        .writeHead(answer.status, answer.headers)
        .end(answer.body ?? (body.includes('challenge') ? body : ''));
    });
    await new Promise<void>((resolve) => {
      app.listen(0, '127.0.0.1', resolve);
    });
    slack.deliverOver({ url: `http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events` });
  });

  afterEach(async () => {
    app.closeAllConnections();
    await new Promise((resolve) => {
      app.close(resolve);
    });
  });

  it('signs the raw body', async () => {
    await slack.post('general', 'anna', 'hello');
    const [one] = received;
    const stamp = String(one?.headers['x-slack-request-timestamp']);
    const expected = createHmac('sha256', slack.signingSecret)
      .update(`v0:${stamp}:${one?.body}`)
      .digest('hex');
    expect(one?.headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(JSON.parse(one?.body ?? '')).toMatchObject({
      type: 'event_callback',
      event: { type: 'message', text: 'hello' },
    });
  });

  it('retries with headers, and stops when told to', async () => {
    answers = [{ status: 500 }, { status: 500, headers: { 'x-slack-no-retry': '1' } }];
    const { delivery } = await slack.post('general', 'anna', 'hello');
    await delivery.settled;
    expect(delivery).toMatchObject({ acked: false, attempts: 2 });
    expect(received[1]?.headers).toMatchObject({
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': 'http_error',
    });
  });

  it('verifies a request URL', async () => {
    expect(await slack.verifyUrl()).toMatchObject({ ok: true, status: 200 });
  });

  it('sends commands as forms and reads the answer', async () => {
    answers = [{ status: 200, headers: { 'content-type': 'application/json' }, body: '{"text":"done"}' }];
    const command = await slack.command('anna', 'general', '/desk', 'a & b');
    expect(command.ackPayload).toEqual({ text: 'done' });
    expect(received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(new URLSearchParams(received[0]?.body).get('text')).toBe('a & b');
  });
});
