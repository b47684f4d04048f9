/** Brings events to the app: first try, retries, and everything the fault plan does to them. */
import type { Changes } from './changes.js';
import type { DeliveryFault, FaultPlan } from './faults.js';
import { after, cancel, pause, stopwatch, type Timer } from './timers.js';
import type { Ack, PayloadKind, SendOptions, Transport } from './transport.js';
import type { Delivery, DrainOptions, JsonObject } from './types.js';

interface Job {
  timer: Timer;
  run(): void;
}

interface Tracked {
  delivery: Delivery;
  finish(): void;
}

const REORDER_PATIENCE_MS = 100;

export class Deliveries {
  readonly all: Delivery[] = [];
  transport: Transport;
  readonly #jobs = new Set<Job>();
  /** Events held back until another one of the same channel has gone out. */
  readonly #held = new Map<string, Job[]>();
  #inFlight = 0;
  #stopped = false;

  constructor(
    transport: Transport,
    private readonly faults: FaultPlan,
    private readonly changes: Changes,
    private readonly retryDelaysMs: number[],
    private readonly newEventId: () => string,
  ) {
    this.transport = transport;
  }

  /** Sends an event; resolves after its first try, or at once when a fault holds it back. */
  async event(envelope: JsonObject): Promise<Delivery> {
    const tracked = this.#track(envelope);
    const { delivery } = tracked;
    const channel = channelOf(envelope);
    const fault = this.faults.takeDelivery(delivery.eventType);
    if (fault) {
      delivery.fault = fault;
      this.faults.count(fault);
    }
    if (fault === 'late') this.#later(this.faults.delay(), () => this.#attempt(tracked, 0));
    else if (fault === 'reorder' && channel !== undefined) this.#hold(channel, tracked);
    else await this.#disturbed(tracked, fault, channel);
    return delivery;
  }

  /** A delivery that never happens, e.g. because the bot is not in the channel. */
  skip(envelope: JsonObject, why: string): Delivery {
    const tracked = this.#track(envelope);
    tracked.delivery.skipped = why;
    tracked.finish();
    return tracked.delivery;
  }

  /** Sends an interactive payload or a command: one try, no retry, ever. */
  interactive(kind: PayloadKind, payload: JsonObject): Promise<Ack> {
    return this.#send(kind, payload, {});
  }

  /** Waits until nothing is scheduled or on its way. */
  async drain(options: DrainOptions = {}): Promise<void> {
    const elapsed = stopwatch();
    const limit = options.timeoutMs ?? 15_000;
    while (!(await this.#idle())) {
      if (elapsed() > limit) {
        throw new Error(
          `fake Slack: deliveries not drained in ${limit} ms (${this.#jobs.size} scheduled, ${this.#inFlight} in flight)`,
        );
      }
      // Retries run early, but not into the void: an app that is reconnecting gets its chance.
      if (options.hurry !== false && this.transport.ready()) this.#runScheduled();
      await this.changes.next(10);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const job of this.#jobs) cancel(job.timer);
    this.#jobs.clear();
  }

  async #disturbed(
    tracked: Tracked,
    fault: DeliveryFault | undefined,
    channel: string | undefined,
  ): Promise<void> {
    const { envelope } = tracked.delivery;
    const first = this.#attempt(tracked, 0, { cutAfterSend: fault === 'disconnect' });
    this.#releaseHeld(channel);
    await first;
    if (fault === 'duplicate') this.#resend(envelope, {});
    if (fault === 'duplicate_new_id') this.#resend({ ...envelope, event_id: this.newEventId() }, {});
    if (fault === 'retry') this.#resend(envelope, { retry: { attempt: 1, reason: 'timeout' } });
  }

  #resend(envelope: JsonObject, options: SendOptions): void {
    this.#later(this.faults.delay(), () => this.#send('events_api', envelope, options));
  }

  async #attempt(
    tracked: Tracked,
    retry: number,
    options: SendOptions = {},
    reason = 'timeout',
  ): Promise<void> {
    const { delivery } = tracked;
    delivery.attempts += 1;
    const again = retry > 0 ? { retry: { attempt: retry, reason } } : {};
    const ack = await this.#send('events_api', delivery.envelope, { ...options, ...again });
    Object.assign(delivery, { acked: ack.acked, ackMs: ack.ms, ackPayload: ack.payload });
    const wait = this.retryDelaysMs[retry];
    if (ack.acked || ack.noRetry || wait === undefined || this.#stopped) tracked.finish();
    else this.#later(wait, () => this.#attempt(tracked, retry + 1, {}, ack.reason ?? 'timeout'));
  }

  async #send(kind: PayloadKind, payload: JsonObject, options: SendOptions): Promise<Ack> {
    this.#inFlight += 1;
    try {
      return await this.transport.send(kind, payload, options);
    } finally {
      this.#inFlight -= 1;
      this.changes.notify();
    }
  }

  #track(envelope: JsonObject): Tracked {
    let finish = () => {};
    const settled = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const event = envelope.event as JsonObject | undefined;
    const delivery: Delivery = {
      eventId: String(envelope.event_id),
      eventType: String(event?.type ?? envelope.type),
      envelope,
      acked: false,
      ackMs: 0,
      attempts: 0,
      settled,
    };
    this.all.push(delivery);
    return { delivery, finish };
  }

  #hold(channel: string, tracked: Tracked): void {
    // Nothing else may come in this channel: the swap is then just a small delay.
    const job = this.#later(REORDER_PATIENCE_MS, () => this.#attempt(tracked, 0));
    this.#held.set(channel, [...(this.#held.get(channel) ?? []), job]);
  }

  #releaseHeld(channel: string | undefined): void {
    if (channel === undefined) return;
    const held = this.#held.get(channel) ?? [];
    this.#held.delete(channel);
    for (const job of held) job.run();
  }

  #later(ms: number, work: () => Promise<unknown>): Job {
    const run = () => {
      cancel(job.timer);
      if (!this.#jobs.delete(job) || this.#stopped) return;
      void work().finally(() => this.changes.notify());
    };
    const job: Job = { timer: after(ms, run), run };
    this.#jobs.add(job);
    return job;
  }

  /** Idle now and still idle a turn later: a failed try schedules its retry only after it has ended. */
  async #idle(): Promise<boolean> {
    if (this.#jobs.size > 0 || this.#inFlight > 0) return false;
    await pause(0);
    return this.#jobs.size === 0 && this.#inFlight === 0;
  }

  #runScheduled(): void {
    for (const job of [...this.#jobs]) job.run();
  }
}

function channelOf(envelope: JsonObject): string | undefined {
  const event = envelope.event as JsonObject | undefined;
  const item = event?.item as JsonObject | undefined;
  const channel = event?.channel ?? item?.channel;
  return typeof channel === 'string' ? channel : undefined;
}
