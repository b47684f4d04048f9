import type { Failure } from '../slack/errors.js';
import type { OutboxRow, Verdict } from './delivery.js';

/** Slack needs a moment until a stored message shows in the history. */
export const LOOK_UP_AFTER_MS = 3_000;
/** How long a 429 without Retry-After is taken to mean. */
export const RETRY_AFTER_MS = 30_000;
/** How often a refused token is tried again. */
export const TOKEN_RETRY_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 300_000;

/**
 * What a failed attempt means for a row. A row of unknown outcome (`row.state`) was only being looked up: what fails
 * then says nothing about the post itself.
 * @param now machine time, ms
 */
export function verdictOf(
  row: OutboxRow,
  failure: Failure,
  now: number,
  lookUpAfterMs = LOOK_UP_AFTER_MS,
): Verdict {
  const isLookUp = row.state === 'unknown';
  const waiting = (waitMs: number): Verdict => ({
    state: isLookUp ? 'unknown' : 'new',
    notBefore: now + waitMs,
  });
  switch (failure.class) {
    case 'limited':
      return waiting(failure.retryAfterMs ?? RETRY_AFTER_MS);
    case 'retry':
      return waiting(Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(row.attempts, 8)));
    case 'auth':
      // Where a look-up is not allowed, nobody will ever know; else sending waits until the token works again.
      if (isLookUp && failure.code === 'missing_scope') return { state: 'dead', reason: 'outcome unknown' };
      return waiting(TOKEN_RETRY_MS);
    case 'unknown':
      return { state: 'unknown', notBefore: now + lookUpAfterMs };
    case 'gone':
      if (isLookUp) return { state: 'dead', reason: 'outcome unknown' };
      if (row.kind === 'private') return { state: 'new', notBefore: 0, asDirectMessage: true };
      return { state: 'held', reason: failure.code };
    case 'missing':
      return { state: 'dead', reason: failure.code, forgetTs: true };
    case 'done':
      return { state: 'dropped', reason: failure.code };
    case 'bad':
      return { state: 'dead', reason: failure.code };
  }
}
