import { and, asc, desc, eq, inArray, isNotNull, ne, or } from 'drizzle-orm';
import type { Issue } from '../../issues/rules/issue.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx } from '../../store/transact.js';
import type { Fix } from '../rules/fix.js';

export async function fixById(tx: ReadTx, id: number): Promise<Fix | undefined> {
  const [row] = await tx.db.select().from(tx.t.fixes).where(eq(tx.t.fixes.id, id));
  return row;
}

const linkOf = (db: Db, { fixIssues: f }: Tables, its: { issueId: number }) =>
  db.select().from(f).where(eq(f.issueId, its.issueId));

/** The fix that an issue waits for, if one is linked. */
export async function fixOfIssue(tx: ReadTx, issueId: number): Promise<Fix | undefined> {
  const [row] = await tx.prepared(linkOf, { issueId });
  return row && fixById(tx, row.fixId);
}

export async function fixByTracker(tx: ReadTx, key: string): Promise<Fix | undefined> {
  const [row] = await tx.db.select().from(tx.t.fixes).where(eq(tx.t.fixes.trackerKey, key));
  return row;
}

/** The issues that a fix is to mend, in the order in which they were linked; folded ones among them. */
export async function issuesOfFix(tx: ReadTx, fixId: number): Promise<Issue[]> {
  return linkedIssues(tx, eq(tx.t.fixIssues.fixId, fixId));
}

/** Those of them that are one account's, in the order in which they were linked. */
export async function issuesOfFixAt(tx: ReadTx, fixId: number, accountId: number): Promise<Issue[]> {
  const { fixIssues, issues } = tx.t;
  return linkedIssues(tx, and(eq(fixIssues.fixId, fixId), eq(issues.accountId, accountId)));
}

async function linkedIssues(tx: ReadTx, which: ReturnType<typeof and>): Promise<Issue[]> {
  const { fixIssues, issues } = tx.t;
  const rows = await tx.db
    .select({ issue: issues })
    .from(fixIssues)
    .innerJoin(issues, eq(issues.id, fixIssues.issueId))
    .where(which)
    .orderBy(asc(fixIssues.id));
  return rows.map((row) => row.issue);
}

/**
 * Fixes that somebody waits for, newest first: not live for all, or one that does not help somebody, or one of `also`.
 * A declined one nobody waits for.
 */
export async function fixesInQuestion(tx: ReadTx, also: readonly number[]): Promise<Fix[]> {
  const { fixes: f, fixAccounts: a } = tx.t;
  const broken = await tx.db.selectDistinct({ id: a.fixId }).from(a).where(isNotNull(a.brokenAt));
  const ids = [...new Set([...also, ...broken.map((row) => row.id)])];
  const waited = and(ne(f.state, 'declined'), or(ne(f.state, 'live'), eq(f.isForAll, false)));
  return tx.db
    .select()
    .from(f)
    .where(or(waited, inArray(f.id, ids)))
    .orderBy(desc(f.id));
}
