/** Chance with a seed: the same seed gives the same year on every machine. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    // A few rounds, so that seeds next to each other begin far apart.
    this.state = seed >>> 0;
    for (let i = 0; i < 8; i += 1) this.next();
  }

  /** A number from 0 up to 1, which is never reached (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Dice of its own for one thing of many: what one account does changes nothing for another. */
  of(n: number): Dice {
    return new Dice(Math.imul(this.state ^ Math.imul(n + 1, 0x9e3779b1), 0x85ebca6b));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  between({ from, to }: { from: number; to: number }): number {
    return from + (to - from) * this.next();
  }

  pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.next() * all.length)] as T;
  }

  /** One of some names, by their shares; the last takes what is left. */
  share<K extends string>(shares: Readonly<Record<K, number>>): K {
    const names = Object.keys(shares) as K[];
    let left = this.next();
    for (const name of names) {
      left -= shares[name];
      if (left < 0) return name;
    }
    return names.at(-1) as K;
  }

  private normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Skewed, as durations are. */
  lognormal({ median, sigma }: { median: number; sigma: number }): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** Knuth's; means here are small. */
  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count += 1;
    return count;
  }

  /** Marsaglia and Tsang's, for shapes of one and more. */
  gamma({ mean, shape }: { mean: number; shape: number }): number {
    const d = shape - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - this.next()) < x ** 2 / 2 + d - d * v + d * Math.log(v))
        return (d * v * mean) / shape;
    }
  }
}
