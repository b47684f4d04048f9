import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Signed, Traffic } from './traffic.js';

export interface Load {
  /** Time until each 200, ms. */
  acks: number[];
  /** When each logging reaction was sent (wall time, ms), by the message that it logs. */
  loggedAt: Map<string, number>;
  refused: number;
  tookS: number;
}

/** Sends signed events to one address. */
export class Sender {
  private readonly pool: Pool;

  constructor(
    port: number,
    private readonly path = '/slack/events',
  ) {
    this.pool = new Pool(`http://127.0.0.1:${port}`, { connections: 20, pipelining: 1 });
  }

  /** So many a second, whether or not the answers keep up. */
  async atRate(traffic: Traffic, perSecond: number, seconds: number): Promise<Load> {
    const load = emptyLoad();
    const startedAt = performance.now();
    const answers: Promise<void>[] = [];
    for (let n = 0; n < perSecond * seconds; n += 1) {
      const waitMs = startedAt + (n * 1_000) / perSecond - performance.now();
      if (waitMs > 1) await pause(waitMs);
      answers.push(this.send(traffic.next(), load));
    }
    await Promise.all(answers);
    return { ...load, tookS: (performance.now() - startedAt) / 1000 };
  }

  /** As many as it takes, with a fixed number under way. */
  async flatOut(traffic: Traffic, inFlight: number, seconds: number): Promise<Load> {
    const load = emptyLoad();
    const startedAt = performance.now();
    const worker = async () => {
      while (performance.now() - startedAt < seconds * 1_000) await this.send(traffic.next(), load);
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    return { ...load, tookS: (performance.now() - startedAt) / 1000 };
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async send({ body, headers, logs }: Signed, load: Load): Promise<void> {
    const startedAt = performance.now();
    if (logs) load.loggedAt.set(logs, Date.now());
    const { statusCode, body: answer } = await this.pool.request({
      path: this.path,
      method: 'POST',
      body,
      headers,
    });
    await answer.dump();
    if (statusCode === 200) load.acks.push(performance.now() - startedAt);
    else load.refused += 1;
  }
}

function emptyLoad(): Load {
  return { acks: [], loggedAt: new Map(), refused: 0, tookS: 0 };
}

/** The value below which this share of the values lies, to a hundredth. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return Math.round((sorted[at] ?? 0) * 100) / 100;
}
