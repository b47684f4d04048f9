import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../src/config.js';
import type { Kill } from './kills.js';

export interface ProductSettings {
  dist: string;
  config: Config;
  /** Options of `startBaton` that survive JSON. */
  options: Record<string, unknown>;
  /** Where its log lines go. */
  logFile: string;
}

const CHILD = fileURLToPath(new URL('./child.mjs', import.meta.url));
/** A machine that others use as well takes its time; what does not start at all is found. */
const START_MS = 600_000;
/** A point that is not passed in this time is not waited for: the process is ended where it stands. */
const POINT_MS = 2_500;

/** One process of Baton that is killed and started again on the same data. */
export class Product {
  private child: ChildProcess | undefined;
  private died: Promise<string | null> = Promise.resolve(null);
  private ready: Promise<number> = Promise.resolve(0);
  private readonly log: number;

  constructor(private readonly settings: ProductSettings) {
    this.log = openSync(settings.logFile, 'a');
  }

  start(): void {
    const { dist, config, options } = this.settings;
    const child = spawn(process.execPath, [CHILD], {
      env: { ...process.env, TORTURE: JSON.stringify({ dist, config, options }) },
      stdio: ['ignore', this.log, this.log, 'ipc'],
    });
    this.child = child;
    this.died = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    });
    this.ready = new Promise((resolve) => {
      child.once('message', (message) => resolve((message as { ready: number }).ready));
    });
  }

  /** Resolves to the port once it works. @throws when it ends by itself before */
  async started(): Promise<number> {
    const port = await Promise.race([this.ready, this.died, pause(START_MS, 'too slow', { ref: false })]);
    if (typeof port === 'number') return port;
    throw new Error(`Baton did not start (${port}); its log: ${this.settings.logFile}`);
  }

  /** Ends it as ordered. @returns where it was ended: the point, or `random` for any other moment */
  async kill(order: Kill): Promise<string> {
    if (order.kind === 'start') {
      await pause(order.afterMs);
      await this.end();
      return 'random';
    }
    await this.started();
    if (order.kind === 'point') this.child?.send({ point: order.point, count: order.count });
    const waitMs = order.kind === 'point' ? POINT_MS : order.afterMs;
    const how = await Promise.race([this.died, pause(waitMs, 'alive')]);
    if (how === 'SIGKILL' && order.kind === 'point') return order.point;
    if (how !== 'alive') throw new Error(`Baton ended by itself (${how}); its log: ${this.settings.logFile}`);
    await this.end();
    return 'random';
  }

  async end(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.died;
  }
}
