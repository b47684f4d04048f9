import type { Clocks } from '../../src/time/index.js';

/** A clock that a test moves: business time, and the wall time of the fake Slack with it. */
export interface TestClock extends Clocks {
  /** Moves business time on, ms. */
  advance(ms: number): void;
  set(at: number): void;
}

/** Starts at `start` (UTC ms) and stands still until moved; machine time runs on by itself. */
export function testClock(start: number): TestClock {
  let at = start;
  return {
    business: { now: () => at, of: (ts) => Math.round(Number(ts) * 1000) },
    machine: { now: () => Math.floor(start + performance.now()) },
    advance: (ms) => {
      at += ms;
    },
    set: (to) => {
      at = to;
    },
  };
}
