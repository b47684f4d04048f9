import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Issue } from '../issues/rules/issue.js';
import { issueById } from '../issues/store/read.js';
import { actingFunction, type Person } from '../people/rules.js';
import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { type Fix, fixName, type TrackerItem } from './rules.js';

declare module '../store/log.js' {
  interface EventKinds {
    /** On the issue; `before` is the fix that it was linked to until then. */
    'fix.linked': { url: string | null };
    'fix.carried': { fromId: number };
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

async function fixByTracker(tx: ReadTx, key: string): Promise<Fix | undefined> {
  const [row] = await tx.db.select().from(tx.t.fixes).where(eq(tx.t.fixes.trackerKey, key));
  return row;
}

/**
 * Links an issue to an item of a tracker: the same item is the same fix, whatever issues it mends. A fix that was kept
 * by hand gets the address. @returns the fix, and the one that the issue was linked to before
 */
export async function linkFix(
  tx: Tx,
  issue: Issue,
  item: TrackerItem,
  change: { by: Person; now: number; source: string },
): Promise<{ fix: Fix; before: Fix | undefined; changed: boolean }> {
  const before = await fixOfIssue(tx, issue.id);
  if (before?.trackerKey === item.key) return { fix: before, before, changed: false };
  const fix = await fixForItem(tx, issue, item, before);
  const { fixIssues } = tx.t;
  await tx.db
    .insert(fixIssues)
    .values({ fixId: fix.id, issueId: issue.id })
    .onConflictDoUpdate({ target: fixIssues.issueId, set: { fixId: fix.id } });
  await emit(tx, {
    kind: 'fix.linked',
    at: change.now,
    accountId: issue.accountId,
    issueId: issue.id,
    fixId: fix.id,
    actor: change.by.slackId,
    func: actingFunction(change.by),
    source: change.source,
    before: before?.url ? fixName(before) : null,
    after: item.name,
    data: { url: fix.url },
  });
  return { fix, before, changed: true };
}

async function fixForItem(tx: Tx, issue: Issue, item: TrackerItem, before: Fix | undefined): Promise<Fix> {
  const { fixes } = tx.t;
  const known = await fixByTracker(tx, item.key);
  if (known) return known;
  const address = { url: item.url, trackerKey: item.key };
  if (before && before.trackerKey === null && before.state === 'planned') {
    await tx.db.update(fixes).set(address).where(eq(fixes.id, before.id));
    return { ...before, ...address };
  }
  await tx.db
    .insert(fixes)
    .values({ title: issue.title, state: 'planned', ...address })
    .onConflictDoNothing({ target: fixes.trackerKey });
  const fix = await fixByTracker(tx, item.key);
  if (!fix) throw new Error('the fix was not written');
  return fix;
}

/** Two issues became one: the fix of the folded one goes on with the other, unless that has another fix. */
export async function carryFix(tx: Tx, from: Issue, into: Issue, now: number): Promise<void> {
  const { fixIssues } = tx.t;
  const fix = await fixOfIssue(tx, from.id);
  if (!fix) return;
  const other = await fixOfIssue(tx, into.id);
  // With two fixes both stay linked: the account waits for both, and is told of both.
  if (other && other.id !== fix.id) return;
  await tx.db.delete(fixIssues).where(eq(fixIssues.issueId, from.id));
  if (other) return;
  await tx.db.insert(fixIssues).values({ fixId: fix.id, issueId: into.id });
  await emit(tx, {
    kind: 'fix.carried',
    at: now,
    accountId: into.accountId,
    issueId: into.id,
    fixId: fix.id,
    source: 'fold',
    after: fixName(fix),
    data: { fromId: from.id },
  });
}
