import { and, asc, count, eq, inArray, isNotNull, isNull, notInArray, or } from 'drizzle-orm';
import type { ReadTx } from '../../store/transact.js';

export type LogRow = ReadTx['t']['log']['$inferSelect'];

/** Messages come and go; the issue's own changes are its history. */
const NO_CHANGE = ['contact.opened', 'contact.joined', 'contact.replied'];

/**
 * One page of what happened to issues that are one story, and to the fixes behind them at this account; pages count
 * from the newest, rows are oldest first.
 */
export async function historyOf(
  tx: ReadTx,
  story: { issueIds: readonly number[]; accountId: number },
  page: { number: number; size: number },
): Promise<{ rows: LogRow[]; total: number; page: number }> {
  const { log } = tx.t;
  const ids = [...story.issueIds];
  const linked = await tx.db
    .selectDistinct({ fixId: log.fixId })
    .from(log)
    .where(and(inArray(log.issueId, ids), isNotNull(log.fixId)));
  const fixIds = linked.map((row) => row.fixId).filter((id) => id !== null);
  const own = and(inArray(log.issueId, ids), notInArray(log.kind, NO_CHANGE));
  const ofFixes = and(
    inArray(log.fixId, fixIds),
    isNull(log.issueId),
    or(isNull(log.accountId), eq(log.accountId, story.accountId)),
  );
  const where = fixIds.length > 0 ? or(own, ofFixes) : own;
  const [counted] = await tx.db.select({ n: count() }).from(log).where(where);
  const total = Number(counted?.n ?? 0);
  const last = Math.max(0, Math.ceil(total / page.size) - 1);
  const number = Math.min(Math.max(0, page.number), last);
  const end = total - number * page.size;
  const offset = Math.max(0, end - page.size);
  const rows = await tx.db
    .select()
    .from(log)
    .where(where)
    .orderBy(asc(log.at), asc(log.id))
    .limit(end - offset)
    .offset(offset);
  return { rows, total, page: number };
}
