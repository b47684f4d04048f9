import { seededRandom } from '../support/fake-slack/prng.js';

/** Where a process is ended: at a named point of an event's way, at any moment, or while it starts. */
export const POINTS = ['stored', 'acked', 'committing', 'committed', 'accepted'] as const;

export type Kill =
  | { kind: 'point'; point: (typeof POINTS)[number]; count: number }
  | { kind: 'moment'; afterMs: number }
  | { kind: 'start'; afterMs: number };

/** How often each point is passed in about a second of work, so that a count is usually reached. */
const PASSINGS = { stored: 12, acked: 12, committing: 60, committed: 60, accepted: 4 } as const;

/** The kills of a run, in order: every point in turn, at a count or moment drawn from the seed. */
export function* kills(seed: number): Generator<Kill> {
  const chance = seededRandom(seed);
  const upTo = (n: number) => Math.floor(chance() * n);
  for (;;) {
    for (const point of POINTS) yield { kind: 'point', point, count: 1 + upTo(PASSINGS[point]) };
    yield { kind: 'moment', afterMs: upTo(900) };
    for (const point of POINTS) yield { kind: 'point', point, count: 1 + upTo(PASSINGS[point] / 3) };
    yield { kind: 'start', afterMs: 200 + upTo(800) };
  }
}
