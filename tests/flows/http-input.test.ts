import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase, type TestDatabase } from '../support/databases.js';
import { rowsOf } from '../support/rows.js';

const MINUTE_S = 60;
const MB = 1024 * 1024;

interface Sent {
  secret?: string;
  /** How far the time under the signature is from now, s. */
  offS?: number;
  leaveOut?: 'x-slack-signature' | 'x-slack-request-timestamp';
}

/** One request to Slack's path, signed with the right secret at the right time unless said otherwise. */
async function send(world: World, body: string, { secret, offS = 0, leaveOut }: Sent = {}): Promise<number> {
  const stamp = String(Math.floor(world.clock.machine.now() / 1000) + offS);
  const signature = createHmac('sha256', secret ?? world.slack.signingSecret)
    .update(`v0:${stamp}:${body}`)
    .digest('hex');
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${signature}`,
  };
  if (leaveOut) delete headers[leaveOut];
  const res = await fetch(`http://127.0.0.1:${world.baton.port}/slack/events`, {
    method: 'POST',
    headers,
    body,
  });
  await res.arrayBuffer();
  return res.status;
}

/** An event as it would be kept, of a customer who writes. */
function envelope(world: World, n = 0, overrides: Record<string, unknown> = {}): string {
  const event = {
    type: 'message',
    channel: world.slack.channel('acme').id,
    user: world.id('joe'),
    text: 'hello from nowhere',
    ts: `1700000000.${String(n).padStart(6, '0')}`,
  };
  return JSON.stringify({
    type: 'event_callback',
    event_id: `EvInput${n}`,
    team_id: world.slack.teamId,
    event,
    ...overrides,
  });
}

const ignored = async (world: World) =>
  (await world.baton.readiness()).details.ignored as Record<string, number>;

describe('bad input over HTTP', () => {
  const database = sqliteDatabase();
  let world: World;
  const written = async () => (await rowsOf(world.store, 'inbox')).length;

  beforeAll(async () => {
    world = await startWorld(database, { transport: 'http' });
  });
  afterAll(async () => {
    await world.stop();
    await database.dispose();
  });

  const wrong: Record<string, Sent> = {
    'signed with another secret': { secret: 'somebody-elses-secret' },
    'without a signature': { leaveOut: 'x-slack-signature' },
    'without a time': { leaveOut: 'x-slack-request-timestamp' },
    'signed six minutes ago': { offS: -6 * MINUTE_S },
    'signed six minutes from now': { offS: 6 * MINUTE_S },
  };
  for (const [how, sent] of Object.entries(wrong)) {
    it(`${how} → 401, counted, nothing written`, async () => {
      const before = await written();
      const counted = (await ignored(world))['wrong signature'] ?? 0;
      expect(await send(world, envelope(world), sent)).toBe(401);
      expect(await written()).toBe(before);
      expect((await ignored(world))['wrong signature']).toBe(counted + 1);
    });
  }

  it('signed four minutes ago → kept: clocks differ and networks wait', async () => {
    expect(await send(world, envelope(world, 1), { offS: -4 * MINUTE_S })).toBe(200);
    expect(await written()).toBe(1);
  });

  it('a body of 5 MB → 413 before it is read, announced or not, and nothing written', async () => {
    const before = await written();
    const body = envelope(world, 2, { padding: 'x'.repeat(5 * MB) });
    expect(await send(world, body).catch((err: Error) => err.message)).toBeOneOf([413, 'fetch failed']);
    expect(await sendInPieces(world.baton.port, 5 * MB)).toBeOneOf([413, 'ECONNRESET', 'EPIPE']);
    expect(await written()).toBe(before);
    expect(await send(world, envelope(world, 3))).toBe(200);
  });

  const odd = ['not json', '', 'null', '"text"', '7', '[]', '{}', '{"type":"event_callback"}', '{"event":7}'];
  it.each([...odd, '['.repeat(50_000)])(
    'signed, but no envelope: %.40s → 200, counted, nothing written',
    async (body) => {
      const before = await written();
      const counted = (await ignored(world)).unreadable ?? 0;
      expect(await send(world, body)).toBe(200);
      expect(await written()).toBe(before);
      expect((await ignored(world)).unreadable).toBe(counted + 1);
    },
  );

  it('10,000 events of teams that are not ours → 200, nothing written, memory flat', async () => {
    const before = await written();
    const many = async (count: number) => {
      for (let n = 0; n < count; n += 20)
        await Promise.all(
          Array.from({ length: 20 }, (_, i) => send(world, envelope(world, n + i, { team_id: `T${n + i}` }))),
        );
    };
    await many(2_000);
    const memory = heapInUse();
    await many(8_000);
    expect(await written()).toBe(before);
    expect((await ignored(world))['other team']).toBe(10_000);
    // Bodies that were kept would take about a kilobyte each.
    expect(heapInUse() - memory).toBeLessThan(4 * MB);
  }, 60_000);
});

/** Bytes that are really held: what is garbage is collected first, which the resident size would still show. */
function heapInUse(): number {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i += 1) collect();
  return process.memoryUsage().heapUsed;
}

/** Posts a body without saying how long it will be. @returns the status, or how the connection ended */
function sendInPieces(port: number, bytes: number): Promise<number | string> {
  return new Promise((resolve) => {
    const req = request({ port, host: '127.0.0.1', path: '/slack/events', method: 'POST' });
    req.on('response', (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    req.on('error', (err: NodeJS.ErrnoException) => resolve(err.code ?? err.message));
    for (let sent = 0; sent < bytes; sent += 64 * 1024) req.write(Buffer.alloc(64 * 1024, 'x'));
    req.end();
  });
}

describe('a database that cannot be written', () => {
  const disk = { isFull: false };
  const database = onDisk(sqliteDatabase(), disk);
  const logged: string[] = [];
  let world: World;

  beforeEach(async () => {
    logged.length = 0;
    const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
    world = await startWorld(database, { transport: 'http', baton: { log } });
  });
  afterEach(async () => {
    disk.isFull = false;
    await world.stop();
  });
  afterAll(() => database.dispose());

  const readyz = async () => {
    const res = await fetch(`http://127.0.0.1:${world.baton.port}/readyz`);
    return { status: res.status, body: (await res.json()) as { problems: string[] } };
  };

  it('acknowledges nothing, says why, and recovers by itself', async () => {
    const { slack, settle } = world;
    expect((await readyz()).status).toBe(200);
    disk.isFull = true;

    expect(await send(world, envelope(world, 9))).toBe(503);
    const { delivery, ts } = await slack.post('globex', 'gus', 'CSV import drops the last column');
    expect(delivery.acked).toBe(false);
    const sick = await readyz();
    expect(sick.status).toBe(503);
    expect(sick.body.problems.join()).toContain('the database cannot be written');
    expect(sick.body.problems.join()).toContain('disk is full');
    const lines = logged.filter((line) => line.includes('not acknowledged'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines[0]).toContain('disk is full');
    expect(logged.join()).not.toContain('CSV import');

    disk.isFull = false;
    await slack.drainDeliveries();
    expect(delivery.acked).toBe(true);
    await settle();
    expect((await readyz()).status).toBe(200);
    await slack.react('globex', ts, 'sam', 'ticket');
    await settle();
    expect(JSON.stringify(slack.messages('triage'))).toContain('CSV import drops the last column');
  });

  it('loses nothing of what was stored before: it is handled when there is room again', async () => {
    const { slack, settle } = world;
    const { ts } = await slack.post('globex', 'gus', 'Slow search since Monday');
    await settle();
    const reacted = await slack.react('globex', ts, 'sam', 'ticket');
    disk.isFull = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await slack.command('sam', 'triage', '/issue', 'list')).acked).toBe(true);
    disk.isFull = false;
    expect(reacted.acked).toBe(true);
    // What was being sent is looked up first: nobody wrote down what became of it.
    for (let round = 0; round < 6; round += 1) {
      world.clock.wait(60_000);
      await settle();
    }
    expect(slack.messages('triage').filter((message) => message.text.includes('Slow search'))).toHaveLength(
      1,
    );
  });
});

/** A database whose disk can be full: then every transaction fails as SQLite says it. */
function onDisk(database: TestDatabase, disk: { isFull: boolean }): TestDatabase {
  return {
    ...database,
    open: async (options) => {
      const store = await database.open(options);
      return {
        ...store,
        transact: (keys, fn) =>
          disk.isFull
            ? Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }))
            : store.transact(keys, fn),
      };
    },
  };
}
