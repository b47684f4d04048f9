import { and, asc, eq, gt, lte } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Issue } from '../rules/issue.js';
import type { Rating } from '../rules/rating.js';
import { type Change, whoOf } from './life.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** A customer rated our help with an issue, 1 to 5. */
    'rating.received': Rating;
  }
}

/** Notes how the customer rated our help with an issue. A later rating stands beside it: both were given. */
export async function noteRating(tx: Tx, issue: Issue, rating: Rating, change: Change): Promise<void> {
  await emit(tx, {
    kind: 'rating.received',
    at: change.now,
    accountId: issue.accountId,
    issueId: issue.id,
    ...whoOf(change),
    source: change.source,
    data: rating,
  });
}

/** Ratings of an account after `from` and up to `now` (UTC ms), oldest first. */
export async function ratingsOf(
  tx: ReadTx,
  accountId: number,
  from: number,
  now: number,
): Promise<(Rating & { at: number; issueId: number | null })[]> {
  const { log } = tx.t;
  const rows = await tx.db
    .select({ at: log.at, issueId: log.issueId, data: log.data })
    .from(log)
    .where(
      and(eq(log.accountId, accountId), eq(log.kind, 'rating.received'), gt(log.at, from), lte(log.at, now)),
    )
    .orderBy(asc(log.at), asc(log.id));
  return rows.map(({ at, issueId, data }) => ({
    at,
    issueId,
    value: Number(data.value),
    words: typeof data.words === 'string' ? data.words : null,
  }));
}
