import { and, asc, count, eq, gt, inArray, lte } from 'drizzle-orm';
import type { Issue } from '../../issues/rules/issue.js';
import type { ReadTx } from '../../store/transact.js';

const LIVE: Issue['state'][] = ['new', 'open', 'waiting'];

/** When an account wrote in, after `from` and up to `now` (UTC ms), oldest first. */
export async function contactTimes(
  tx: ReadTx,
  accountId: number,
  from: number,
  now: number,
): Promise<number[]> {
  const { contacts: c } = tx.t;
  const rows = await tx.db
    .select({ at: c.startedAt })
    .from(c)
    .where(and(eq(c.accountId, accountId), gt(c.startedAt, from), lte(c.startedAt, now)))
    .orderBy(asc(c.startedAt));
  return rows.map((row) => row.at);
}

/** How often each of these kinds of events happened to an account after `from` and up to `now` (UTC ms). */
export async function eventCounts(
  tx: ReadTx,
  accountId: number,
  kinds: readonly string[],
  from: number,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const { log } = tx.t;
  const rows = await tx.db
    .select({ kind: log.kind, n: count() })
    .from(log)
    .where(
      and(eq(log.accountId, accountId), inArray(log.kind, [...kinds]), gt(log.at, from), lte(log.at, now)),
    )
    .groupBy(log.kind);
  return new Map(rows.map((row) => [row.kind, Number(row.n)]));
}

/** Since when anything is known of an account: its first event; null when there is none. */
export async function knownSince(tx: ReadTx, accountId: number): Promise<number | null> {
  const { log } = tx.t;
  const [row] = await tx.db
    .select({ at: log.at })
    .from(log)
    .where(eq(log.accountId, accountId))
    .orderBy(asc(log.at))
    .limit(1);
  return row?.at ?? null;
}

/** The open issues of an account, those that somebody works on first, and how many there are. */
export async function openIssues(
  tx: ReadTx,
  accountId: number,
  limit: number,
): Promise<{ items: Issue[]; total: number }> {
  const { issues: i } = tx.t;
  const where = and(eq(i.accountId, accountId), inArray(i.state, LIVE));
  const [counted] = await tx.db.select({ n: count() }).from(i).where(where);
  const items = await tx.db.select().from(i).where(where).orderBy(asc(i.createdAt), asc(i.id)).limit(limit);
  return { items, total: Number(counted?.n ?? 0) };
}
