import type { Logger } from 'pino';
import { watchedChannels } from '../accounts/store.js';
import { tellDeaf } from '../cards/notices.js';
import { planCatchUp } from '../queue/catch-up.js';
import { beat, lastBeat } from '../queue/heartbeat.js';
import type { Store } from '../store/transact.js';
import type { Clocks } from '../time/index.js';

export interface HearingOptions {
  store: Store;
  clocks: Clocks;
  log: Logger;
  openConnections: () => number;
  /** Machine time of the last sign of life from Slack; null before the first. */
  lastFrameAt: () => number | null;
  /** Asked when channels are to be read back. */
  wakeCatchUp: () => void;
  /** Called once a minute while Baton hears; whoever watches the address notices when it stops. */
  deadManUrl?: string | undefined;
}

const HEARD = 'heard';
const BEAT_MS = 15_000;
const PING_EVERY = 4;
/** Without an open line, or with one that says nothing (not even a pong), for this long, Baton is deaf. */
const DEAF_MS = 120_000;
/** Gaps shorter than this are covered by Slack's own retries. */
const GAP_MS = 10_000;
/** Read back a little further than the gap: what Slack sent just before may not have been stored. */
const MARGIN_MS = 120_000;

/** Notices when Slack is not heard, says so, and has the channels read back afterwards. */
export class Hearing {
  private timer: NodeJS.Timeout | undefined;
  private beats = 0;
  private heardAt: number | null = null;
  private isDeafTold = false;

  constructor(private readonly o: HearingOptions) {}

  /** Looks back at when the process before this one last heard Slack, then watches. */
  async start(): Promise<void> {
    this.heardAt = await this.o.store.read((tx) => lastBeat(tx, HEARD));
    await this.check();
    this.timer = setInterval(
      () => void this.check().catch((err) => this.o.log.error({ err }, 'hearing.failed')),
      BEAT_MS,
    );
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** True while nothing was heard for too long. */
  isDeaf(): boolean {
    const now = this.o.clocks.machine.now();
    return !this.hears(now) && this.heardAt !== null && now - this.heardAt > DEAF_MS;
  }

  /** One look: remembers that Slack is heard, or tells that it is not. */
  async check(): Promise<void> {
    const now = this.o.clocks.machine.now();
    if (!this.hears(now)) return this.deaf();
    const since = this.heardAt;
    this.heardAt = now;
    if (since !== null && now - since > BEAT_MS + GAP_MS) await this.caughtUpFrom(since);
    if (this.isDeafTold) this.o.log.info('slack.heard_again');
    this.isDeafTold = false;
    await this.o.store.transact([], (tx) => beat(tx, HEARD, now));
    this.beats += 1;
    if (this.o.deadManUrl && this.beats % PING_EVERY === 1) await this.ping(this.o.deadManUrl);
  }

  private hears(now: number): boolean {
    const last = this.o.lastFrameAt();
    return this.o.openConnections() > 0 && (last === null || now - last < DEAF_MS);
  }

  private async caughtUpFrom(since: number): Promise<void> {
    const fromTs = ((since - MARGIN_MS) / 1000).toFixed(6);
    this.o.log.warn({ seconds: Math.round((this.o.clocks.machine.now() - since) / 1000) }, 'slack.gap');
    await this.o.store.transact([], async (tx) => planCatchUp(tx, await watchedChannels(tx), fromTs));
    this.o.wakeCatchUp();
  }

  private async deaf(): Promise<void> {
    if (!this.isDeaf() || this.isDeafTold) return;
    this.isDeafTold = true;
    this.o.log.error({ heardAt: this.heardAt }, 'slack.not_heard');
    await this.o.store.transact([], (tx) => tellDeaf(tx, this.o.clocks.business.now()));
  }

  private async ping(url: string): Promise<void> {
    try {
      await fetch(url, { method: 'GET', signal: AbortSignal.timeout(10_000) });
    } catch (err) {
      this.o.log.warn({ err }, 'dead_man.unreachable');
    }
  }
}
