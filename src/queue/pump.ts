import type { Logger } from 'pino';

/** One round of work. Resolves to the machine instant (ms) at which more becomes due by itself, if known. */
export type Step = () => Promise<number | undefined>;

const MAX_SLEEP_MS = 30_000;
const AFTER_FAILURE_MS = 1_000;

/**
 * Runs a step whenever it is woken, one at a time, and again when the step said so. A failing step (the database
 * away) is tried again each second: the queue itself is the memory of what is to be done.
 */
export class Pump {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;

  constructor(
    private readonly name: string,
    private readonly step: Step,
    private readonly now: () => number,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.stopped = false;
    this.wake();
  }

  /** Asks for a round; while one runs, another follows it. */
  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.rounds().finally(() => {
      this.running = undefined;
    });
  }

  /** No further round; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async rounds(): Promise<void> {
    let next: number | undefined;
    do {
      this.again = false;
      try {
        next = await this.step();
      } catch (err) {
        this.log.error({ err, queue: this.name }, 'queue.round_failed');
        next = this.now() + AFTER_FAILURE_MS;
      }
    } while (this.again && !this.stopped);
    if (this.stopped) return;
    const sleepMs =
      next === undefined ? MAX_SLEEP_MS : Math.min(MAX_SLEEP_MS, Math.max(1, next - this.now()));
    this.timer = setTimeout(() => this.wake(), sleepMs);
  }
}
