import { accountById } from '../accounts/store.js';
import { openAlertOf } from '../alerts/store.js';
import { fixById, issuesOfFix } from '../fixes/store.js';
import { followupDueAt, teller } from '../followups/rules.js';
import { openFollowup } from '../followups/store.js';
import type { Issue } from '../issues/rules/issue.js';
import { openEscalations } from '../issues/store/escalations.js';
import { resolveIssue } from '../issues/store/life.js';
import { issueById } from '../issues/store/read.js';
import { workingHours } from '../people/rules.js';
import { personById, personBySlackId } from '../people/store.js';
import { touchCards } from '../queue/cards.js';
import { setting } from '../settings/store.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';
import { wallOf } from '../time/index.js';

/** Who is owed the news when a fix is live, and who tells them. */

/** An issue was linked to a fix that is live already: its account waits for the news like the others did. */
export async function oweLateNews(tx: Tx, event: LoggedEvent): Promise<void> {
  const fix = event.fixId == null ? undefined : await fixById(tx, event.fixId);
  const issue = event.issueId == null ? undefined : await issueById(tx, event.issueId);
  if (fix?.state !== 'live' || !issue) return;
  const { done } = await resolveIssue(tx, issue, {
    by: null,
    actor: event.actor ?? null,
    now: event.at,
    source: event.source,
  });
  if (done) await oweAccount(tx, event, issue.accountId, issue);
}

/** A fix is live: its issues are solved, and every account that waited is owed the news, by one person. */
export async function oweTheNews(tx: Tx, event: LoggedEvent): Promise<void> {
  const fix = event.fixId == null ? undefined : await fixById(tx, event.fixId);
  if (!fix) return;
  const issues = await issuesOfFix(tx, fix.id);
  for (const issue of issues) {
    await resolveIssue(tx, issue, {
      by: null,
      actor: event.actor ?? null,
      now: event.at,
      source: event.source,
    });
    await touchCards(tx, 'issue', issue.id, event.at);
  }
  // Of several issues of an account the last decides who tells; a folded one only when there is no other.
  const inOrder = [...issues].sort((a, b) => Number(b.state === 'merged') - Number(a.state === 'merged'));
  const byAccount = new Map(inOrder.map((issue) => [issue.accountId, issue]));
  for (const [accountId, issue] of byAccount) await oweAccount(tx, event, accountId, issue);
}

async function oweAccount(tx: Tx, event: LoggedEvent, accountId: number, issue: Issue): Promise<void> {
  const ownerId = await tellerOf(tx, accountId, issue, event.at);
  const owner = ownerId === null ? undefined : await personById(tx, ownerId);
  if (!owner || event.fixId == null) return;
  await openFollowup(tx, {
    accountId,
    kind: 'tell_fix',
    fixId: event.fixId,
    ownerId: owner.id,
    dueAt: followupDueAt(event.at, workingHours(owner.hours)),
    now: event.at,
    source: event.source,
    actor: event.actor ?? null,
  });
}

async function tellerOf(tx: Tx, accountId: number, issue: Issue, now: number): Promise<number | null> {
  const account = await accountById(tx, accountId);
  if (!account) return null;
  const logger = await personBySlackId(tx, issue.createdBy);
  const escalations = await openEscalations(tx, issue.id);
  return teller({
    account,
    today: wallOf(now, await setting(tx, 'zone')).date,
    wasEscalatedToAuthority: escalations.some((escalation) => escalation.kind === 'authority'),
    hasOpenAlert: (await openAlertOf(tx, accountId)) !== undefined,
    issueOwnerId: issue.ownerId,
    loggedById: logger?.functions.includes('support') ? logger.id : null,
  });
}
