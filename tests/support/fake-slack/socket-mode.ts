/** Slack's end of Socket Mode: one-time URLs, hello, envelopes, acks, pings, disconnects. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Changes } from './changes.js';
import { after, cancel, every, stopwatch, type Timer } from './timers.js';
import type { Ack, PayloadKind, SendOptions, Transport } from './transport.js';
import type { DisconnectOptions, JsonObject } from './types.js';

const MAX_CONNECTIONS = 10;

interface Link {
  socket: WebSocket;
  /** Told to go away: gets no new payloads, may still ack old ones. */
  retiring: boolean;
  pings: Timer;
}

interface Pending {
  link: Link;
  settle(ack: Omit<Ack, 'ms'>): void;
}

export interface SocketModeSettings {
  appId: string;
  ackTimeoutMs: number;
  pingIntervalMs: number;
}

export class SocketModeServer implements Transport {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #links = new Set<Link>();
  readonly #pending = new Map<string, Pending>();
  readonly #tickets = new Set<string>();
  #turn = 0;

  constructor(
    private readonly settings: SocketModeSettings,
    private readonly changes: Changes,
  ) {}

  /** A fresh one-time address, as apps.connections.open hands out. */
  issueUrl(host: string): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `ws://${host}/link/?ticket=${ticket}&app_id=${this.settings.appId}`;
  }

  /** Takes over an HTTP upgrade when it carries an unused ticket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#welcome(ws));
  }

  connections(): number {
    return [...this.#links].filter((link) => link.socket.readyState === WebSocket.OPEN).length;
  }

  ready(): boolean {
    return this.#usable().length > 0;
  }

  send(kind: PayloadKind, payload: JsonObject, options: SendOptions = {}): Promise<Ack> {
    const retry = options.retry ?? { attempt: 0, reason: '' };
    const frame = {
      envelope_id: randomUUID(),
      type: kind,
      accepts_response_payload: kind !== 'events_api',
      payload,
      ...(kind === 'events_api' ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {}),
    };
    return this.sendFrame(frame, options.cutAfterSend ?? false);
  }

  /** Sends a frame as it is. Without an envelope_id there is nothing to wait for. */
  sendFrame(frame: JsonObject, cutAfterSend = false): Promise<Ack> {
    const link = this.#pick();
    if (!link) return Promise.resolve({ acked: false, ms: 0, reason: 'timeout' });
    const id = frame.envelope_id;
    link.socket.send(JSON.stringify(frame));
    if (typeof id !== 'string') return Promise.resolve({ acked: false, ms: 0 });
    const outcome = this.#awaitAck(id, link);
    if (cutAfterSend) this.#cutOnceSent(link);
    return outcome;
  }

  /** Tells every connection to go, the polite way or by cutting the wire. */
  disconnectAll(options: DisconnectOptions): void {
    for (const link of [...this.#links]) {
      if (options.reason) this.#sayGoodbye(link, options.reason);
      if (options.hard) this.#cutOnceSent(link);
      else if (!options.reason) link.socket.close(1000);
    }
  }

  stop(): Promise<void> {
    for (const link of [...this.#links]) {
      link.socket.terminate();
      this.#forget(link);
    }
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #welcome(socket: WebSocket): void {
    const link: Link = {
      socket,
      retiring: false,
      pings: every(this.settings.pingIntervalMs, () => socket.ping('Ping from Slack')),
    };
    this.#links.add(link);
    socket.on('message', (data) => this.#receive(data));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#forget(link));
    const count = this.connections();
    if (count > MAX_CONNECTIONS) {
      this.#sayGoodbye(link, 'too_many_websockets');
      return;
    }
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: count,
        debug_info: { host: 'applink-fake-0', build_number: 1, approximate_connection_time: 3600 },
        connection_info: { app_id: this.settings.appId },
      }),
    );
    this.changes.notify();
  }

  #sayGoodbye(link: Link, reason: string): void {
    // After a warning Slack keeps delivering for the ten seconds it announces.
    if (reason !== 'warning') link.retiring = true;
    link.socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-fake-0' } }));
  }

  #cutOnceSent(link: Link): void {
    // An empty frame with a callback: everything written before it has reached the wire by then.
    link.retiring = true;
    link.socket.ping('', undefined, () => link.socket.terminate());
    this.#failPending(link);
  }

  #forget(link: Link): void {
    cancel(link.pings);
    this.#links.delete(link);
    this.#failPending(link);
    this.changes.notify();
  }

  #failPending(link: Link): void {
    for (const pending of [...this.#pending.values()]) {
      if (pending.link === link) pending.settle({ acked: false, reason: 'timeout' });
    }
  }

  #usable(): Link[] {
    return [...this.#links].filter((link) => !link.retiring && link.socket.readyState === WebSocket.OPEN);
  }

  #pick(): Link | undefined {
    const usable = this.#usable();
    this.#turn += 1;
    return usable[this.#turn % Math.max(usable.length, 1)];
  }

  #awaitAck(id: string, link: Link): Promise<Ack> {
    const elapsed = stopwatch();
    return new Promise((resolve) => {
      const settle = (ack: Omit<Ack, 'ms'>) => {
        cancel(timer);
        this.#pending.delete(id);
        resolve({ ...ack, ms: elapsed() });
      };
      const timer = after(this.settings.ackTimeoutMs, () => settle({ acked: false, reason: 'timeout' }));
      timer.ref();
      this.#pending.set(id, { link, settle });
    });
  }

  #receive(data: RawData): void {
    const reply = parseReply(data);
    if (!reply) return;
    this.#pending.get(reply.id)?.settle({ acked: true, payload: reply.payload });
    this.changes.notify();
  }
}

function parseReply(data: RawData): { id: string; payload: unknown } | undefined {
  try {
    const parsed = JSON.parse(String(data)) as { envelope_id?: unknown; payload?: unknown };
    if (typeof parsed.envelope_id !== 'string') return undefined;
    // The client sends `{}` for an ack without an answer.
    const empty = JSON.stringify(parsed.payload ?? {}) === '{}';
    return { id: parsed.envelope_id, payload: empty ? undefined : parsed.payload };
  } catch {
    return undefined;
  }
}
