import { and, asc, desc, eq, inArray, isNotNull, ne, or } from 'drizzle-orm';
import type { Issue } from '../../issues/rules/issue.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx } from '../../store/transact.js';
import type { Fix } from '../rules/fix.js';

const fixOfId = (db: Db, { fixes: f }: Tables, its: { id: number }) =>
  db.select().from(f).where(eq(f.id, its.id));

export async function fixById(tx: ReadTx, id: number): Promise<Fix | undefined> {
  const [row] = await tx.prepared(fixOfId, { id });
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
  return (await tx.prepared(linkedBy, { fixId })).map((row) => row.issue);
}

/** Those of them that are one account's, in the order in which they were linked. */
export async function issuesOfFixAt(tx: ReadTx, fixId: number, accountId: number): Promise<Issue[]> {
  return (await tx.prepared(linkedByAt, { fixId, accountId })).map((row) => row.issue);
}

const linked = (db: Db, { fixIssues, issues }: Tables, which: ReturnType<typeof and>) =>
  db
    .select({ issue: issues })
    .from(fixIssues)
    .innerJoin(issues, eq(issues.id, fixIssues.issueId))
    .where(which)
    .orderBy(asc(fixIssues.id));

const linkedBy = (db: Db, t: Tables, its: { fixId: number }) =>
  linked(db, t, eq(t.fixIssues.fixId, its.fixId));

const linkedByAt = (db: Db, t: Tables, its: { fixId: number; accountId: number }) =>
  linked(db, t, and(eq(t.fixIssues.fixId, its.fixId), eq(t.issues.accountId, its.accountId)));

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
