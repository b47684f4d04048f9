import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLargeError, readBody } from './body.js';
import type { HttpHandler } from './server.js';
import { type HookSignature, isSignedHook } from './signature.js';

/** What a source sends, read; what is of no use to us; or what is wrong with it, in words for whoever set it up. */
export type HookReading = { keep: Record<string, unknown> } | { ignore: string } | { problem: string };

/** One source of signed webhooks. */
export interface HookSource {
  /** The last part of its path: `/hooks/github`. */
  name: string;
  secret: string;
  signature: HookSignature;
  /** The header with the id of the delivery; the same id and body are one delivery. */
  idHeader: string;
  /** The header that names the event, where there is one. */
  eventHeader?: string;
  /** When it was sent, UTC ms, by the body, and how old it may be, ms; where the scheme says so. */
  freshness?: { sentAt: (body: Record<string, unknown>) => number | null; maxAgeMs: number };
  /** Reads the event; whatever it throws is an unreadable body. */
  read: (event: string, body: Record<string, unknown>) => HookReading;
}

export interface HookOptions {
  /** Stores durably, once per key; rejects when it could not. */
  put: (delivery: {
    key: string;
    kind: string;
    lane: string;
    body: Record<string, unknown>;
  }) => Promise<void>;
  /** Wall time, ms. */
  now: () => number;
  /** Counts what came to nothing, by a short name. */
  count: (what: string) => void;
}

const MAX_BODY_BYTES = 256 * 1024;
/** A source gives up after a few seconds; what is not on disk by then must be sent again. */
const ANSWER_WITHIN_MS = 900;
const BODY_WITHIN_MS = 5_000;

/** `POST /hooks/<name>` for each source, by path; answered when what was sent is on disk. */
export function hookRoutes(sources: readonly HookSource[], o: HookOptions): Record<string, HttpHandler> {
  return Object.fromEntries(
    sources.map((source) => [
      `POST /hooks/${source.name}`,
      async (req: IncomingMessage, res: ServerResponse) => {
        const { status, said } = await take(source, o, req);
        if (status >= 400) o.count(`hook ${source.name} ${status}`);
        if (res.headersSent) return;
        // What is left of a body that was not read must not be taken for the next request.
        if (status === 413 || status === 408) res.setHeader('connection', 'close');
        res.writeHead(status, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ ok: status < 400, ...said }));
      },
    ]),
  );
}

interface Reply {
  status: number;
  said: Record<string, string>;
}

const refuse = (status: number, error: string): Reply => ({ status, said: { error } });

async function take(source: HookSource, o: HookOptions, req: IncomingMessage): Promise<Reply> {
  const type = String(req.headers['content-type'] ?? '')
    .split(';')[0]
    ?.trim()
    .toLowerCase();
  if (type !== 'application/json' && type !== 'application/x-www-form-urlencoded')
    return refuse(415, 'send application/json');
  const raw = await bodyOf(req);
  if (!Buffer.isBuffer(raw)) return raw;
  if (!isSignedHook(source.signature, req.headers[source.signature.header], raw, source.secret))
    return refuse(401, `${source.signature.header} does not fit the body and the secret`);
  const body = parse(type, raw);
  if (!body) return refuse(400, 'the body is no JSON object');
  const stale = staleness(source, body, o.now());
  if (stale) return refuse(401, stale);
  const id = req.headers[source.idHeader];
  if (typeof id !== 'string' || id === '' || id.length > 200)
    return refuse(400, `the header ${source.idHeader} is missing`);
  const event = source.eventHeader === undefined ? '' : req.headers[source.eventHeader];
  if (typeof event !== 'string') return refuse(400, `the header ${source.eventHeader} is missing`);
  const reading = readSafely(source, event, body);
  if ('problem' in reading) return refuse(400, reading.problem);
  if ('ignore' in reading) {
    o.count(`hook ${source.name} ignored`);
    return { status: 200, said: { ignored: reading.ignore } };
  }
  const hash = createHash('sha256').update(raw).digest('hex');
  return store(source, o, `hook:${source.name}:${id}:${hash}`, reading.keep);
}

async function bodyOf(req: IncomingMessage): Promise<Buffer | Reply> {
  const late = after(BODY_WITHIN_MS, refuse(408, 'the body did not come'));
  try {
    return await Promise.race([readBody(req, MAX_BODY_BYTES), late.reply]);
  } catch (err) {
    if (err instanceof BodyTooLargeError) return refuse(413, 'the body is larger than 256 kB');
    return refuse(400, 'the body broke off');
  } finally {
    late.cancel();
  }
}

function parse(type: string, raw: Buffer): Record<string, unknown> | undefined {
  try {
    const text = raw.toString('utf8');
    const json = type === 'application/json' ? text : (new URLSearchParams(text).get('payload') ?? '');
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function staleness(source: HookSource, body: Record<string, unknown>, now: number): string | undefined {
  if (!source.freshness) return undefined;
  const sentAt = source.freshness.sentAt(body);
  if (sentAt === null) return 'the body does not say when it was sent';
  return Math.abs(now - sentAt) > source.freshness.maxAgeMs ? 'it was sent too long ago' : undefined;
}

function readSafely(source: HookSource, event: string, body: Record<string, unknown>): HookReading {
  try {
    return source.read(event, body);
  } catch {
    return { problem: `the body is not what ${event || 'such an event'} looks like` };
  }
}

async function store(
  source: HookSource,
  o: HookOptions,
  key: string,
  body: Record<string, unknown>,
): Promise<Reply> {
  const late = after(ANSWER_WITHIN_MS, refuse(503, 'not stored in time; send it again'));
  const put = o.put({ key, kind: `hook.${source.name}`, lane: `hook:${source.name}`, body }).then(
    () => ({ status: 202, said: {} }),
    () => refuse(503, 'not stored; send it again'),
  );
  try {
    return await Promise.race([put, late.reply]);
  } finally {
    late.cancel();
  }
}

function after(ms: number, value: Reply): { reply: Promise<Reply>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const reply = new Promise<Reply>((resolve) => {
    timer = setTimeout(() => resolve(value), ms);
  });
  return { reply, cancel: () => clearTimeout(timer) };
}
