const BURST = 5;

/** About one message per second per channel, with a small burst. */
export class RateBuckets {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly now: () => number) {}

  /** Takes a token; false when the channel is over its rate. */
  take(channel: string): boolean {
    const now = this.now();
    const bucket = this.#buckets.get(channel) ?? { tokens: BURST, at: now };
    const refilled = Math.min(BURST, bucket.tokens + Math.max(0, now - bucket.at) / 1000);
    const allowed = refilled >= 1;
    this.#buckets.set(channel, { tokens: allowed ? refilled - 1 : refilled, at: now });
    return allowed;
  }
}
