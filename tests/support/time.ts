import type { Clocks } from '../../src/time/index.js';

/** A clock that a test moves: business time, and the wall time of the fake Slack with it. */
export interface TestClock extends Clocks {
  /** Moves business time on, ms. */
  advance(ms: number): void;
  set(at: number): void;
  /** Moves machine time on, ms, as if that long had been waited: for retries, pacing and freshness. */
  wait(ms: number): void;
}

/**
 * Starts at `start` (UTC ms) and stands still until moved.
 * @param running what machine time gains by itself, ms; real time since this clock began unless given: a message that
 *   the fake Slack dates by business time would else seem to be as old as the worker is
 */
export function testClock(start: number, running: () => number = sinceNow()): TestClock {
  let at = start;
  let waited = 0;
  return {
    business: { now: () => at, of: (ts) => Math.round(Number(ts) * 1000) },
    machine: { now: () => Math.floor(start + waited + running()) },
    advance: (ms) => {
      at += ms;
    },
    set: (to) => {
      at = to;
    },
    wait: (ms) => {
      waited += ms;
    },
  };
}

function sinceNow(): () => number {
  const begun = performance.now();
  return () => performance.now() - begun;
}
