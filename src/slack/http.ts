import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App, Receiver } from '@slack/bolt';
import { BodyTooLargeError, readBody } from '../http/body.js';
import { isSignedBySlack } from '../http/signature.js';
import type { ClientLogger } from './logger.js';

export interface HttpReceiverOptions {
  signingSecret: string;
  logger: ClientLogger;
  /** Wall time, ms. */
  now: () => number;
  /** Stores an Events API body durably or decides to ignore it; rejects when it must not be acknowledged. */
  onEvent: (body: unknown) => Promise<void>;
  onFrame: () => void;
  onAcked: () => void;
  count: (what: string) => void;
}

/** Slack's largest payloads are views of 250 kB; nothing honest comes near this. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Slack over HTTP: verified on the raw body, events stored before the 200, everything else handed to Bolt. */
export class HttpReceiver implements Receiver {
  private app: App | undefined;
  private inFlight = 0;

  constructor(private readonly o: HttpReceiverOptions) {}

  init(app: App): void {
    this.app = app;
  }

  async start(): Promise<void> {}

  /** Resolves when what is being handled has been answered. */
  async stop(): Promise<void> {
    while (this.inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Requests come to the server's door; there is no connection to lose. */
  openConnections(): number {
    return 1;
  }

  /** Answers one request to Slack's path. */
  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    this.inFlight += 1;
    try {
      await this.answer(req, res);
    } finally {
      this.inFlight -= 1;
    }
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let raw: Buffer;
    try {
      raw = await readBody(req, MAX_BODY_BYTES);
    } catch (err) {
      if (!(err instanceof BodyTooLargeError)) throw err;
      res.setHeader('connection', 'close');
      return respond(res, 413);
    }
    if (!isSignedBySlack(req.headers, raw, this.o.signingSecret, this.o.now())) {
      this.o.count('wrong signature');
      return respond(res, 401);
    }
    this.o.onFrame();
    const body = parseBody(String(req.headers['content-type'] ?? ''), raw);
    // Slack switches an app off that refuses what it sends: what nobody understands is accepted and counted.
    if (!body) {
      this.o.count('unreadable');
      return respond(res, 200);
    }
    if (body.type === 'url_verification')
      return respond(res, 200, { challenge: String(body.challenge ?? '') });
    if (body.ssl_check === '1') return respond(res, 200);
    if (body.type === 'event_callback' || body.event || !isInteractive(body))
      return this.takeEvent(body, res);
    return this.takeInteraction(body, req, res);
  }

  private async takeEvent(body: unknown, res: ServerResponse): Promise<void> {
    try {
      await this.o.onEvent(body);
    } catch (err) {
      // Not stored, so not acknowledged: Slack sends it again.
      this.o.logger.error('not stored, so not acknowledged; Slack sends it again:', err);
      return respond(res, 503);
    }
    respond(res, 200);
    this.o.onAcked();
  }

  private async takeInteraction(
    body: Record<string, unknown>,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    const retry = Number(req.headers['x-slack-retry-num']);
    await this.app?.processEvent({
      body: body as never,
      ack: async (response?: unknown) => respond(res, 200, response),
      ...(Number.isInteger(retry) ? { retryNum: retry } : {}),
    });
    if (!res.headersSent) respond(res, 500);
  }
}

/** The body as an object: JSON, or a form whose `payload` is JSON, or a form of fields (commands). */
function parseBody(contentType: string, raw: Buffer): Record<string, unknown> | undefined {
  try {
    const text = raw.toString('utf8');
    // Proxies append a charset, so the type is not compared whole.
    if (!contentType.startsWith('application/x-www-form-urlencoded')) return asObject(JSON.parse(text));
    const form = new URLSearchParams(text);
    const payload = form.get('payload');
    return payload === null ? Object.fromEntries(form) : asObject(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function isInteractive(body: Record<string, unknown>): boolean {
  return (
    typeof body.command === 'string' ||
    (typeof body.type === 'string' && ('user' in body || 'trigger_id' in body))
  );
}

function respond(res: ServerResponse, status: number, body?: unknown): void {
  if (res.headersSent) return;
  if (body === undefined || body === '') {
    res.writeHead(status);
    res.end();
    return;
  }
  const isText = typeof body === 'string';
  res.writeHead(status, { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' });
  res.end(isText ? body : JSON.stringify(body));
}
