import { DAY_MS } from '../../time/index.js';
import { factsAsOf } from './as-of.js';
import type { History } from './history.js';
import type { RuleInForce } from './in-force.js';
import { Replay, type Replayed } from './replay.js';

/** Lives through an account's past with the rules as they are now. */

/** Rules are warmed up before the stretch, so that what stood at its beginning does not count as new. */
export const WARM_UP_MS = 14 * DAY_MS;
/** A signal came before an escalation or a reopening when one followed within this. */
const BEFORE_MS = 14 * DAY_MS;

export interface Said extends Replayed {
  /** An escalation or a reopening followed within fourteen days. */
  wasBefore: boolean;
}

/**
 * What the rules would have said of an account.
 * @param history read from `WARM_UP_MS` before `span.from`
 * @param span business time, UTC ms
 */
export function backtest(
  history: History,
  rules: readonly RuleInForce[],
  span: { from: number; until: number },
): Said[] {
  const replay = new Replay(rules);
  const begin = span.from - WARM_UP_MS;
  const changes = instantsOf(history).filter((at) => at >= begin && at <= span.until);
  let next: number | null = begin;
  let i = 0;
  while (next !== null && next <= span.until) {
    const now: number = next;
    const look = replay.look(factsAsOf(history, now), now);
    while (i < changes.length && (changes[i] ?? 0) <= now) i += 1;
    const change = changes[i] ?? null;
    next = earlier(change, look);
  }
  const hard = hardInstants(history);
  return replay.spoken
    .filter((one) => one.firedAt >= span.from)
    .map((one) => ({
      ...one,
      wasBefore: hard.some((at) => at > one.firedAt && at - one.firedAt <= BEFORE_MS),
    }));
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Every instant at which something happened that rules may look at, in order, without doubles. */
function instantsOf(history: History): number[] {
  const ats = [
    ...history.contacts.flatMap((row) => [row.startedAt, row.waitedAt, row.firstReplyAt, row.settledAt]),
    ...history.messages.map((row) => row.at),
    ...history.calls.flatMap((row) => [row.at, row.takenBackAt]),
    ...history.events.map((row) => row.at),
  ].filter((at): at is number => at !== null);
  return [...new Set(ats)].sort((a, b) => a - b);
}

/** When something of theirs was escalated or came back: what one would rather have known before. */
function hardInstants(history: History): number[] {
  const again = history.events.filter((event) => event.kind === 'issue.reopened');
  return [...history.calls, ...again].map(({ at }) => at);
}
