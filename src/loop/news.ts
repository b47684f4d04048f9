import { accountById } from '../accounts/store.js';
import { openAlertOf } from '../alerts/store.js';
import { fixById, issuesOfFix, issuesOfFixAt } from '../fixes/store/fixes.js';
import { dueTimeOf } from '../followups/jobs/deliver.js';
import { teller } from '../followups/rules.js';
import { openFollowup } from '../followups/store.js';
import { isForCsm } from '../issues/rules/escalation.js';
import type { Issue } from '../issues/rules/issue.js';
import { openEscalations } from '../issues/store/escalations.js';
import { resolveIssue } from '../issues/store/life.js';
import { issueById } from '../issues/store/read.js';
import type { Person } from '../people/rules.js';
import { leadsOf, personById, personBySlackId } from '../people/store.js';
import { setting } from '../settings/store.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import type { LoggedEvent } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { wallOf } from '../time/index.js';

/** Who is owed the news when a fix is live, or will never be, and who tells them. */

/** An issue was linked to a fix that is live, or was declined: its account is owed that word like the others. */
export async function oweLateNews(tx: Tx, event: LoggedEvent): Promise<void> {
  const fix = event.fixId == null ? undefined : await fixById(tx, event.fixId);
  const issue = event.issueId == null ? undefined : await issueById(tx, event.issueId);
  if (!fix || !issue) return;
  const isOver = issue.state === 'resolved' || issue.state === 'closed';
  if (fix.state === 'declined' && !isOver)
    await oweAccount(tx, event, issue.accountId, [issue], 'tell_declined');
  if (fix.state !== 'live' || !fix.isForAll) return;
  const { done } = await resolveIssue(tx, issue, changeOf(event));
  if (done) await oweAccount(tx, event, issue.accountId, [issue], 'tell_fix');
}

/** A fix is live: its issues are solved where it is, and every account that waited is owed the news, by one person. */
export async function oweTheNews(tx: Tx, event: LoggedEvent & { data: { news: number[] } }): Promise<void> {
  const fix = event.fixId == null ? undefined : await fixById(tx, event.fixId);
  if (!fix) return;
  const { news } = event.data;
  const issues = (await issuesOfFix(tx, fix.id)).filter((issue) => news.includes(issue.accountId));
  for (const issue of issues) await resolveIssue(tx, issue, changeOf(event));
  await oweEach(tx, event, news, 'tell_fix');
}

/** It will never come: that is owed a word, too. What becomes of the issue is decided with the customer. */
export async function oweTheRefusal(
  tx: Tx,
  event: LoggedEvent & { data: { accountIds: number[] } },
): Promise<void> {
  await oweEach(tx, event, event.data.accountIds, 'tell_declined');
}

/** Accounts in the order of their ids, so that no two transactions wait for each other; an incident hits some without an issue. */
async function oweEach(
  tx: Tx,
  event: LoggedEvent,
  accountIds: readonly number[],
  kind: 'tell_fix' | 'tell_declined',
): Promise<void> {
  for (const accountId of [...accountIds].sort((a, b) => a - b)) {
    const issues = await issuesOfFixAt(tx, event.fixId ?? 0, accountId);
    await oweAccount(tx, event, accountId, issues, kind);
  }
}

const changeOf = (event: LoggedEvent) => ({
  by: null,
  actor: event.actor ?? null,
  now: event.at,
  source: event.source,
});

async function oweAccount(
  tx: Tx,
  event: LoggedEvent,
  accountId: number,
  issues: readonly Issue[],
  kind: 'tell_fix' | 'tell_declined',
): Promise<void> {
  const owner = await tellerOf(tx, accountId, issues, event.at);
  if (!owner || event.fixId == null) return;
  await openFollowup(tx, {
    accountId,
    kind,
    fixId: event.fixId,
    matters: [...issues.map((issue) => `issue:${issue.id}`), ...(await alertNaming(tx, accountId, issues))],
    severity: issues.some((issue) => issue.priority === 'urgent') ? 'high' : 'medium',
    ownerId: owner.id,
    dueAt: await dueTimeOf(tx, owner, event.at),
    now: event.at,
    source: event.source,
    actor: event.actor ?? null,
  });
}

/** The account's open alert, where it names one of the issues: one story. */
async function alertNaming(tx: ReadTx, accountId: number, issues: readonly Issue[]): Promise<string[]> {
  const alert = await openAlertOf(tx, accountId);
  if (!alert) return [];
  const named = new Set((await signalsOfAlert(tx, alert.id)).map((signal) => signal.about));
  return issues.some((issue) => named.has(`issue:${issue.id}`)) ? [`alert:${alert.id}`] : [];
}

/** The one person who tells an account; whoever stands in, where that one is away or has left. */
async function tellerOf(
  tx: ReadTx,
  accountId: number,
  issues: readonly Issue[],
  now: number,
): Promise<Person | undefined> {
  const account = await accountById(tx, accountId);
  // Of several issues of an account the last decides; a folded one only when there is no other.
  const issue = [...issues]
    .sort((a, b) => Number(b.state === 'merged') - Number(a.state === 'merged'))
    .at(-1);
  // To whom was put away nobody owes news any more.
  if (!account || account.isArchived) return undefined;
  const logger = issue && (await personBySlackId(tx, issue.createdBy));
  const escalations = (await Promise.all(issues.map((one) => openEscalations(tx, one.id)))).flat();
  const id = teller({
    account,
    today: wallOf(now, await setting(tx, 'zone')).date,
    wasEscalatedToAuthority: escalations.some(isForCsm),
    hasOpenAlert: (await openAlertOf(tx, accountId)) !== undefined,
    issueOwnerId: issue?.ownerId ?? null,
    loggedById: logger?.functions.includes('support') ? logger.id : null,
  });
  // Nobody looks after them and nobody of support had to do with it: a lead sees to it that they hear.
  if (id === null) return [...(await leadsOf(tx, 'support')), ...(await leadsOf(tx, 'success'))][0];
  return personById(tx, id);
}
