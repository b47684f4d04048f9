/** Signed HTTP delivery: events as JSON, commands and interactions as forms. */
import { createHmac } from 'node:crypto';
import { stopwatch } from './timers.js';
import type { Ack, PayloadKind, SendOptions, Transport } from './transport.js';
import type { JsonObject } from './types.js';

export interface HttpDeliverySettings {
  signingSecret: string;
  ackTimeoutMs: number;
  signatureNow: () => number;
}

export class HttpDelivery implements Transport {
  constructor(
    readonly url: string,
    private readonly settings: HttpDeliverySettings,
  ) {}

  ready(): boolean {
    return true;
  }

  async send(kind: PayloadKind, payload: JsonObject, options: SendOptions = {}): Promise<Ack> {
    const elapsed = stopwatch();
    const abort = AbortSignal.timeout(this.settings.ackTimeoutMs);
    try {
      const response = await this.#post(encode(kind, payload), retryHeaders(options), abort);
      const text = await response.text();
      // The app answered, but the connection was cut on the way: Slack saw nothing.
      if (options.cutAfterSend) return { acked: false, ms: elapsed(), reason: 'connection_failed' };
      if (response.ok) return { acked: true, ms: elapsed(), payload: decode(text) };
      return {
        acked: false,
        ms: elapsed(),
        reason: 'http_error',
        noRetry: response.headers.get('x-slack-no-retry') === '1',
      };
    } catch {
      return { acked: false, ms: elapsed(), reason: abort.aborted ? 'http_timeout' : 'connection_failed' };
    }
  }

  /** The handshake Slack does when a request URL is saved. */
  async verifyUrl(): Promise<{ status: number; body: string; ok: boolean }> {
    const challenge = 'fake-slack-challenge';
    const body = JSON.stringify({ token: 'verification', challenge, type: 'url_verification' });
    const response = await this.#post(
      { type: 'application/json', body },
      {},
      AbortSignal.timeout(this.settings.ackTimeoutMs),
    );
    const text = await response.text();
    return { status: response.status, body: text, ok: response.ok && text.includes(challenge) };
  }

  #post(content: Content, extra: Record<string, string>, signal: AbortSignal): Promise<Response> {
    const stamp = String(Math.floor(this.settings.signatureNow() / 1000));
    const signature = createHmac('sha256', this.settings.signingSecret)
      .update(`v0:${stamp}:${content.body}`)
      .digest('hex');
    return fetch(this.url, {
      method: 'POST',
      body: content.body,
      signal,
      headers: {
        'content-type': content.type,
        'x-slack-request-timestamp': stamp,
        'x-slack-signature': `v0=${signature}`,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...extra,
      },
    });
  }
}

interface Content {
  type: string;
  body: string;
}

function encode(kind: PayloadKind, payload: JsonObject): Content {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const type = 'application/x-www-form-urlencoded';
  if (kind === 'interactive')
    return { type, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() };
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
  return { type, body: new URLSearchParams(fields).toString() };
}

function retryHeaders(options: SendOptions): Record<string, string> {
  if (!options.retry) return {};
  return { 'x-slack-retry-num': String(options.retry.attempt), 'x-slack-retry-reason': options.retry.reason };
}

function decode(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { text };
  }
}
