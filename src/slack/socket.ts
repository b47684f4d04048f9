import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { App, Receiver } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import type { ClientLogger } from './logger.js';

export interface SocketOptions {
  appToken: string;
  apiUrl?: string;
  logger: ClientLogger;
  /** Connections kept open: two, so that one is open while Slack recycles the other. */
  connections: number;
  /** Stores an Events API body durably or decides to ignore it; rejects when it must not be acknowledged. */
  onEvent: (body: unknown) => Promise<void>;
  onFrame: () => void;
  onAcked: () => void;
}

interface Frame {
  type: string;
  body: unknown;
  ack: (response?: unknown) => Promise<void>;
  retry_num?: number;
  retry_reason?: string;
}

const PULSES = ['undici:websocket:ping', 'undici:websocket:pong'];

/** Refuses nothing: a frame without an inner event (`app_rate_limited`) crashes socket-mode 3.1.0. */
class TolerantClient extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    if (!isBinary && isWithoutEvent(data)) return;
    return super.onWebSocketMessage(data as never, isBinary);
  }
}

function isWithoutEvent(data: string | ArrayBuffer): boolean {
  const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
  if (!text.includes('"events_api"')) return false;
  try {
    const frame = JSON.parse(text) as { type?: string; payload?: { event?: unknown } };
    return frame.type === 'events_api' && !frame.payload?.event;
  } catch {
    return false;
  }
}

/** Socket Mode: events go to the inbox before their ack, everything else to Bolt. */
export class SocketReceiver implements Receiver {
  private readonly clients: SocketModeClient[];
  private app: App | undefined;
  private readonly open = new Set<SocketModeClient>();
  private inFlight = 0;

  constructor(private readonly o: SocketOptions) {
    this.clients = Array.from({ length: o.connections }, () => this.connection());
  }

  init(app: App): void {
    this.app = app;
  }

  /** Any ping or pong shows that the line is alive, also on a night without events. */
  private readonly onPulse = () => this.o.onFrame();

  /** Resolves when every connection stands. @throws what Slack answers, e.g. `invalid_auth`. */
  async start(): Promise<void> {
    for (const name of PULSES) subscribe(name, this.onPulse);
    for (const client of this.clients) await client.start();
  }

  /** Closes the connections; what was being handled is acknowledged before. */
  async stop(): Promise<void> {
    while (this.inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const name of PULSES) unsubscribe(name, this.onPulse);
    await Promise.all(this.clients.map((client) => client.disconnect().catch(() => undefined)));
  }

  /** Connections open now. */
  openConnections(): number {
    return this.open.size;
  }

  private connection(): SocketModeClient {
    const client = new TolerantClient({
      appToken: this.o.appToken,
      logger: this.o.logger,
      // Its own object: the client writes into it. Many slow retries, or a short outage ends the process.
      clientOptions: {
        ...(this.o.apiUrl ? { slackApiUrl: this.o.apiUrl } : {}),
        timeout: 10_000,
        retryConfig: { retries: 100, factor: 1.5, minTimeout: 500, maxTimeout: 30_000, randomize: true },
      },
    });
    client.on('connected', () => void this.open.add(client));
    for (const gone of ['close', 'disconnected', 'reconnecting'])
      client.on(gone, () => void this.open.delete(client));
    client.on('ws_message', () => this.o.onFrame());
    client.on('slack_event', (frame: Frame) => void this.onFrame(frame));
    return client;
  }

  private async onFrame(frame: Frame): Promise<void> {
    this.inFlight += 1;
    try {
      if (frame.type === 'events_api') {
        await this.o.onEvent(frame.body);
        await frame.ack();
        this.o.onAcked();
        return;
      }
      await this.app?.processEvent({
        body: frame.body as never,
        ack: (response?: unknown) => frame.ack(response),
        ...(frame.retry_num === undefined ? {} : { retryNum: frame.retry_num }),
      });
    } catch (err) {
      // No ack: Slack delivers events again; a press shows its own error.
      this.o.logger.error('not acknowledged', err);
    } finally {
      this.inFlight -= 1;
    }
  }
}
