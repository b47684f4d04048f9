import { and, asc, eq } from 'drizzle-orm';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';
import type { FixAccount } from '../rules/fix.js';
import { stillWaits } from '../rules/fix.js';
import { issuesOfFix, issuesOfFixAt } from './fixes.js';

/**
 * Every account that a fix is for, with the issues that it mends there and how it stands for it; by account id. What an
 * incident hit is for it without any issue.
 */
export async function accountsOfFix(tx: ReadTx, fixId: number): Promise<FixAccount[]> {
  const { fixAccounts } = tx.t;
  const rows = await tx.db
    .select()
    .from(fixAccounts)
    .where(eq(fixAccounts.fixId, fixId))
    .orderBy(asc(fixAccounts.accountId));
  const known = new Map(rows.map((row) => [row.accountId, row]));
  const issueIds = new Map<number, number[]>();
  for (const row of rows) if (row.isDirect) issueIds.set(row.accountId, []);
  for (const issue of await issuesOfFix(tx, fixId))
    issueIds.set(issue.accountId, [...(issueIds.get(issue.accountId) ?? []), issue.id]);
  return [...issueIds.entries()]
    .sort(([a], [b]) => a - b)
    .map(([accountId, ids]) => {
      const row = known.get(accountId);
      return { accountId, liveAt: row?.liveAt ?? null, brokenAt: row?.brokenAt ?? null, issueIds: ids };
    });
}

/** The accounts that cannot use the fix yet, or say that it does not help, with their issues. */
export async function waitingAccounts(tx: ReadTx, fixId: number): Promise<FixAccount[]> {
  return (await accountsOfFix(tx, fixId)).filter(stillWaits);
}

const ofFixAt = (db: Db, { fixAccounts: a }: Tables, its: { fixId: number; accountId: number }) =>
  db
    .select()
    .from(a)
    .where(and(eq(a.fixId, its.fixId), eq(a.accountId, its.accountId)));

/** How a fix stands for one account; undefined when it is not for it. */
export async function accountOfFix(
  tx: ReadTx,
  fixId: number,
  accountId: number,
): Promise<FixAccount | undefined> {
  const [row] = await tx.prepared(ofFixAt, { fixId, accountId });
  const issueIds = (await issuesOfFixAt(tx, fixId, accountId)).map((issue) => issue.id);
  if (issueIds.length === 0 && !row?.isDirect) return undefined;
  return { accountId, liveAt: row?.liveAt ?? null, brokenAt: row?.brokenAt ?? null, issueIds };
}

/** Writes what is new about a fix at one account. */
export async function saveAccount(
  tx: Tx,
  fixId: number,
  accountId: number,
  set: { liveAt?: number | null; brokenAt?: number | null; isDirect?: boolean },
): Promise<void> {
  const { fixAccounts } = tx.t;
  await tx.db
    .insert(fixAccounts)
    .values({ fixId, accountId, ...set })
    .onConflictDoUpdate({ target: [fixAccounts.fixId, fixAccounts.accountId], set });
}
