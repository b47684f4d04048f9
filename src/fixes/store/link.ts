import { eq } from 'drizzle-orm';
import type { Issue } from '../../issues/rules/issue.js';
import { type Change, whoOf } from '../../issues/store/life.js';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import { type Fix, fixName } from '../rules/fix.js';
import type { TrackerItem } from '../trackers/address.js';
import { saveAccount } from './accounts.js';
import { fixByTracker, fixOfIssue } from './fixes.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** On the issue; `before` is the fix that it was linked to until then. */
    'fix.linked': { url: string | null };
    'fix.carried': { fromId: number };
  }
}

/** The fix of an issue; one kept by hand is begun when there is none. */
export async function ensureFix(tx: Tx, issue: Issue, change: Change): Promise<Fix> {
  const linked = await fixOfIssue(tx, issue.id);
  return linked ?? beginFix(tx, { title: issue.title, issues: [issue], accountIds: [] }, change);
}

/** Begins a fix that is kept by hand, for issues that have none yet and for accounts without an issue of it. */
export async function beginFix(
  tx: Tx,
  what: { title: string; issues: readonly Issue[]; accountIds: readonly number[] },
  change: Change,
): Promise<Fix> {
  const [fix] = await tx.db
    .insert(tx.t.fixes)
    .values({ title: what.title, state: 'planned', linkedBy: whoOf(change).actor })
    .returning();
  if (!fix) throw new Error('the fix was not written');
  for (const accountId of what.accountIds) await saveAccount(tx, fix.id, accountId, { isDirect: true });
  for (const issue of what.issues) {
    if (await fixOfIssue(tx, issue.id)) continue;
    await tx.db.insert(tx.t.fixIssues).values({ fixId: fix.id, issueId: issue.id });
    await emit(tx, {
      kind: 'fix.linked',
      at: change.now,
      accountId: issue.accountId,
      issueId: issue.id,
      fixId: fix.id,
      ...whoOf(change),
      source: change.source,
      data: { url: null },
    });
  }
  return fix;
}

/**
 * Links an issue to an item of a tracker: the same item is the same fix, whatever issues it mends. A fix that was kept
 * by hand gets the address. @returns the fix, and the one that the issue was linked to before
 */
export async function linkFix(
  tx: Tx,
  issue: Issue,
  item: TrackerItem,
  change: Change,
): Promise<{ fix: Fix; before: Fix | undefined; changed: boolean }> {
  const before = await fixOfIssue(tx, issue.id);
  if (before?.trackerKey === item.key) return { fix: before, before, changed: false };
  const fix = await fixForItem(tx, issue, item, before, whoOf(change).actor);
  const { fixIssues } = tx.t;
  await tx.db
    .insert(fixIssues)
    .values({ fixId: fix.id, issueId: issue.id })
    .onConflictDoUpdate({ target: fixIssues.issueId, set: { fixId: fix.id } });
  // Live for everybody is live for whoever is linked now, and since then.
  if (fix.state === 'live' && fix.isForAll && fix.liveAt !== null)
    await saveAccount(tx, fix.id, issue.accountId, { liveAt: fix.liveAt });
  await emit(tx, {
    kind: 'fix.linked',
    at: change.now,
    accountId: issue.accountId,
    issueId: issue.id,
    fixId: fix.id,
    ...whoOf(change),
    source: change.source,
    before: before?.url ? fixName(before) : null,
    after: item.name,
    data: { url: fix.url },
  });
  return { fix, before, changed: true };
}

async function fixForItem(
  tx: Tx,
  issue: Issue,
  item: TrackerItem,
  before: Fix | undefined,
  linkedBy: string | null,
): Promise<Fix> {
  const { fixes } = tx.t;
  const known = await fixByTracker(tx, item.key);
  if (known) return known;
  const address = {
    ...{ url: item.url, trackerKey: item.key, linkedBy },
    ...{ tracker: item.tracker, itemName: item.name },
  };
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
