/**
 * When a target may be written to again. Slack takes about one message a second per channel; a 429 stops one
 * channel for its Retry-After, and a second channel refused within it stops them all.
 */
export class Pace {
  private readonly nextAt = new Map<string, number>();
  private readonly refusedUntil = new Map<string, number>();
  private allStoppedUntil = 0;

  constructor(private readonly paceMs: number) {}

  /** @returns the machine instant (ms) to wait for, or undefined when the target may be written to now. */
  waitUntil(target: string, now: number): number | undefined {
    const at = Math.max(
      this.allStoppedUntil,
      this.nextAt.get(target) ?? 0,
      this.refusedUntil.get(target) ?? 0,
    );
    if (at > now) return at;
    this.nextAt.delete(target);
    this.refusedUntil.delete(target);
    return undefined;
  }

  /** Nothing goes out before then, wherever to. */
  stopAll(until: number): void {
    this.allStoppedUntil = Math.max(this.allStoppedUntil, until);
  }

  sent(target: string, now: number): void {
    if (this.paceMs > 0) this.nextAt.set(target, now + this.paceMs);
  }

  limited(target: string, now: number, retryAfterMs: number): void {
    for (const [other, until] of this.refusedUntil) {
      if (until <= now) this.refusedUntil.delete(other);
      else if (other !== target) this.allStoppedUntil = Math.max(this.allStoppedUntil, now + retryAfterMs);
    }
    this.refusedUntil.set(target, now + retryAfterMs);
  }
}
