import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HookOptions, type HookSource, hookRoutes } from '../../../src/http/hooks.js';
import { type HttpServer, startHttp } from '../../../src/http/server.js';

const NOW = Date.UTC(2026, 10, 3, 8);
const SECRET = 'a secret of this source';
const LARGEST = 256 * 1024;
const source: HookSource = {
  ...{ name: 'any', secret: SECRET, idHeader: 'x-delivery' },
  signature: { header: 'x-signature', prefix: 'sha256=' },
  freshness: { sentAt: (body) => (typeof body.at === 'number' ? body.at : null), maxAgeMs: 60_000 },
  read: (_event, body) => {
    if (body.what === 'broken') throw new Error('at Object.<anonymous> (/srv/baton/src/secret.ts:1:1)');
    return { keep: { what: body.what } };
  },
};
const sign = (body: Buffer | string) => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
const bodyOf = (more: Record<string, unknown> = {}) => JSON.stringify({ at: NOW, what: 'news', ...more });

describe('a signed webhook', () => {
  let server: HttpServer;
  let put: HookOptions['put'];
  let kept: { key: string; body: Record<string, unknown> }[];
  let counted: string[];
  beforeEach(async () => {
    kept = [];
    counted = [];
    put = async ({ key, body }) => void kept.push({ key, body });
    const routes = hookRoutes([source], {
      put: (delivery) => put(delivery),
      now: () => NOW,
      count: (what) => counted.push(what),
    });
    server = await startHttp({
      port: 0,
      readiness: async () => ({ isReady: true, problems: [], details: {} }),
      routes,
    });
  });
  afterEach(() => server.close());

  const send = async (body: Buffer | string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${server.port}/hooks/any`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-delivery': 'one', 'x-signature': sign(body) },
        ...headers,
      },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  /** Without a length, in pieces, as long as the server reads. */
  const stream = (piece: Buffer, times: number) =>
    new Promise<number>((resolve, reject) => {
      const req = request(
        {
          ...{ port: server.port, host: '127.0.0.1', path: '/hooks/any', method: 'POST' },
          headers: { 'content-type': 'application/json', 'x-delivery': 'one', 'x-signature': 'any' },
        },
        (res) => {
          res.resume();
          resolve(res.statusCode ?? 0);
        },
      );
      // It is refused while it still writes.
      req.on('error', (err: NodeJS.ErrnoException) =>
        ['EPIPE', 'ECONNRESET'].includes(err.code ?? '') ? undefined : reject(err),
      );
      for (let n = 0; n < times; n += 1) req.write(piece);
      req.end();
    });

  it('is answered once it is stored, under its source, delivery id and the hash of its body', async () => {
    expect(await send(bodyOf())).toMatchObject({ status: 202 });
    expect(await send(bodyOf())).toMatchObject({ status: 202 });
    expect(await send(bodyOf({ what: 'other' }))).toMatchObject({ status: 202 });
    expect(await send(bodyOf(), { 'x-delivery': 'two' })).toMatchObject({ status: 202 });
    const keys = kept.map((one) => one.key);
    expect(keys[0]).toMatch(/^hook:any:one:[0-9a-f]{64}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(3);
  });

  it('is checked on the bytes that came, not on what they mean', async () => {
    const written = `{ "at": ${NOW},\n  "what": "Z\\u00fcrich" }`;
    expect(await send(written)).toMatchObject({ status: 202 });
    const rewritten = JSON.stringify(JSON.parse(written));
    expect(await send(rewritten, { 'x-signature': sign(written) })).toMatchObject({ status: 401 });
    expect(await send(written, { 'x-signature': sign(written).toUpperCase() })).toMatchObject({
      status: 401,
    });
    expect(kept).toHaveLength(1);
  });

  it('that could not be stored, or not within a second, is asked for again', async () => {
    put = () => Promise.reject(new Error('disk full at /var/lib/baton.db'));
    expect(await send(bodyOf())).toEqual({
      status: 503,
      text: JSON.stringify({ ok: false, error: 'not stored; send it again' }),
    });
    put = () => new Promise(() => undefined);
    const before = performance.now();
    expect(await send(bodyOf())).toMatchObject({ status: 503 });
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(counted).toEqual(['hook any 503', 'hook any 503']);
  });

  it('is fresh for as long as its scheme says, in the past and in the future', async () => {
    for (const [off, status] of [
      [-60_000, 202],
      [60_000, 202],
      [-60_001, 401],
      [60_001, 401],
    ] as const)
      expect(await send(bodyOf({ at: NOW + off })), String(off)).toMatchObject({ status });
    expect(await send(bodyOf({ at: 'soon' }))).toMatchObject({ status: 401 });
  });

  it('holds 256 kB, and not one byte more, also where it does not say how long it is', async () => {
    const frame = bodyOf({ pad: '' }).length;
    expect(await send(bodyOf({ pad: 'x'.repeat(LARGEST - frame) }))).toMatchObject({ status: 202 });
    expect(await send(bodyOf({ pad: 'x'.repeat(LARGEST - frame + 1) }))).toMatchObject({ status: 413 });
    expect(await stream(Buffer.alloc(64 * 1024, 'x'), 5)).toBe(413);
    expect(kept).toHaveLength(1);
  });

  it.each([
    ['another type', bodyOf(), { 'content-type': 'text/plain' }, 415],
    ['no JSON', 'no JSON', {}, 400],
    ['an array', '[]', {}, 400],
    ['null', 'null', {}, 400],
    ['nothing', '', {}, 400],
    ['no id', bodyOf(), { 'x-delivery': '' }, 400],
    ['an endless id', bodyOf(), { 'x-delivery': 'x'.repeat(201) }, 400],
    ['what its reader chokes on', bodyOf({ what: 'broken' }), {}, 400],
    ['no signature', bodyOf(), { 'x-signature': '' }, 401],
  ])(
    'with %s is refused, stored nowhere, and says nothing of where it failed',
    async (_what, body, headers, status) => {
      const answer = await send(body, headers as Record<string, string>);
      expect(answer.status).toBe(status);
      expect(answer.text).not.toMatch(/\bat \w|\/srv|\.ts\b/);
      expect(kept).toEqual([]);
      expect(counted).toEqual([`hook any ${status}`]);
    },
  );

  it('may say its character set, and comes by POST only', async () => {
    expect(await send(bodyOf(), { 'content-type': 'Application/JSON; charset=utf-8' })).toMatchObject({
      status: 202,
    });
    const get = await fetch(`http://127.0.0.1:${server.port}/hooks/any`);
    expect(get.status).toBe(404);
    await get.arrayBuffer();
  });
});
