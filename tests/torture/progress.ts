import type { FakeSlack } from '../support/fake-slack/index.js';

/** Without one step forward for this long it is stuck; far longer than any step takes, so that a slow machine is not. */
const STALLED_MS = 180_000;
/** More calls than this say that Baton goes round in circles: a story takes about thirty, disturbed ones included. */
const CALLS_PER_STORY = 400;

/** Watches whether anything still goes forward between Slack and Baton: a call of Baton's, or an ack. */
export class Progress {
  /** Aborted once nothing goes forward any more. */
  readonly stalled: AbortSignal;
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private steps = -1;
  private since = 0;

  constructor(
    private readonly slack: FakeSlack,
    private readonly stories: number,
  ) {
    this.stalled = this.controller.signal;
  }

  start(): void {
    this.since = performance.now();
    this.timer = setInterval(() => this.look(), 1_000);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const calls = this.slack.log.length;
    const steps = calls + this.slack.deliveries.filter((delivery) => delivery.acked).length;
    if (steps !== this.steps) this.since = performance.now();
    this.steps = steps;
    const isStalled = performance.now() - this.since > STALLED_MS;
    if (isStalled || calls > CALLS_PER_STORY * this.stories) this.controller.abort();
  }
}
