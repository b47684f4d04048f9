import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Issue } from '../issues/rules/issue.js';
import { issueById } from '../issues/store/read.js';
import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import type { Fix } from './rules.js';

declare module '../store/log.js' {
  interface EventKinds {
    'fix.linked': { url: string | null };
    'fix.live': { issues: number[] };
  }
}

export async function fixById(tx: ReadTx, id: number): Promise<Fix | undefined> {
  const [row] = await tx.db.select().from(tx.t.fixes).where(eq(tx.t.fixes.id, id));
  return row;
}

/** The fix that an issue waits for, if one is linked. */
export async function fixOfIssue(tx: ReadTx, issueId: number): Promise<Fix | undefined> {
  const [row] = await tx.db.select().from(tx.t.fixIssues).where(eq(tx.t.fixIssues.issueId, issueId));
  return row && fixById(tx, row.fixId);
}

export async function issuesOfFix(tx: ReadTx, fixId: number): Promise<Issue[]> {
  const { fixIssues } = tx.t;
  const rows = await tx.db
    .select()
    .from(fixIssues)
    .where(eq(fixIssues.fixId, fixId))
    .orderBy(asc(fixIssues.id));
  const issues = await Promise.all(rows.map((row) => issueById(tx, row.issueId)));
  return issues.filter((issue): issue is Issue => issue !== undefined);
}

/** Fixes that somebody may still wait to hear of: all but those declined, newest first. */
export async function recentFixes(tx: ReadTx, limit: number): Promise<Fix[]> {
  const { fixes } = tx.t;
  const rows = await tx.db.select().from(fixes).where(ne(fixes.state, 'declined')).orderBy(asc(fixes.id));
  return rows.reverse().slice(0, limit);
}

/** The fix of an issue; one kept by hand is begun when there is none. */
export async function ensureFix(tx: Tx, issue: Issue, by: string, now: number): Promise<Fix> {
  const linked = await fixOfIssue(tx, issue.id);
  if (linked) return linked;
  const [fix] = await tx.db.insert(tx.t.fixes).values({ title: issue.title, state: 'planned' }).returning();
  if (!fix) throw new Error('the fix was not written');
  await tx.db.insert(tx.t.fixIssues).values({ fixId: fix.id, issueId: issue.id });
  await emit(tx, {
    kind: 'fix.linked',
    at: now,
    accountId: issue.accountId,
    issueId: issue.id,
    fixId: fix.id,
    actor: by,
    source: 'command',
    data: { url: null },
  });
  return fix;
}

/** The accounts can use it now. @returns false when it was live already; nothing changes then. */
export async function markLive(tx: Tx, fix: Fix, by: string, now: number, source: string): Promise<boolean> {
  const { fixes } = tx.t;
  const [changed] = await tx.db
    .update(fixes)
    .set({ state: 'live', liveAt: now, markedBy: by })
    .where(and(eq(fixes.id, fix.id), inArray(fixes.state, ['planned', 'merged'])))
    .returning({ id: fixes.id });
  if (!changed) return false;
  const issues = await issuesOfFix(tx, fix.id);
  await emit(tx, {
    kind: 'fix.live',
    at: now,
    fixId: fix.id,
    actor: by,
    source,
    before: fix.state,
    after: 'live',
    data: { issues: issues.map((issue) => issue.id) },
  });
  return true;
}
