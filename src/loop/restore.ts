import { accountById } from '../accounts/store.js';
import { fixById } from '../fixes/store/fixes.js';
import { sayStillBroken } from '../fixes/store/state.js';
import { dueTimeOf } from '../followups/jobs/deliver.js';
import type { Outcome, ReasonKind } from '../followups/rules.js';
import { takeBackNews } from '../followups/store/end.js';
import { mattersOfKind } from '../followups/store/matters.js';
import { followupById, followupsOfFix, openFollowup, openFollowupsOf } from '../followups/store.js';
import { isForCsm } from '../issues/rules/escalation.js';
import { issueName } from '../issues/rules/issue.js';
import { isBadRating } from '../issues/rules/rating.js';
import { openEscalations } from '../issues/store/escalations.js';
import { reopenIssue } from '../issues/store/life.js';
import { promiseById } from '../issues/store/promises.js';
import { issueById } from '../issues/store/read.js';
import type { Person } from '../people/rules.js';
import { leadsOf, personById, personBySlackId } from '../people/store.js';
import type { LoggedEvent } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';

/** What is owed besides news of fixes: trust that has to be restored, by the success manager. */

/** More authority was asked for, and now it is solved: the customer hears from whoever looks after them. */
export async function oweForEscalation(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.issueId == null || event.accountId == null) return;
  const call = (await openEscalations(tx, event.issueId)).find(isForCsm);
  if (!call) return;
  const reason = { kind: 'escalation' as const, refId: call.id, words: call.reason };
  await owe(tx, event, { reason, matters: [`issue:${event.issueId}`], severity: 'high' });
}

/** A promise was broken: it is put right by the success manager, else by whoever gave it. */
export async function oweForPromise(
  tx: Tx,
  event: LoggedEvent & { data: { promiseId: number } },
): Promise<void> {
  const promise = await promiseById(tx, event.data.promiseId);
  if (!promise) return;
  const issue = promise.issueId === null ? [] : [`issue:${promise.issueId}`];
  await owe(tx, event, {
    reason: { kind: 'promise', refId: promise.id, words: promise.what },
    matters: [`promise:${promise.id}`, ...issue],
    severity: 'high',
    orElse: await personBySlackId(tx, promise.byUser),
  });
}

/**
 * A bad rating is put right by the success manager, else by the support lead; one word for the ratings of one issue.
 */
export async function oweForRating(
  tx: Tx,
  event: LoggedEvent & { data: { value: number; words: string | null } },
): Promise<void> {
  if (!isBadRating(event.data.value)) return;
  const [lead] = await leadsOf(tx, 'support');
  await owe(tx, event, {
    reason: { kind: 'rating', refId: event.id, words: event.data.words },
    matters: event.issueId == null ? [`rating:${event.id}`] : [`issue:${event.issueId}`],
    severity: 'high',
    orElse: lead,
  });
}

async function owe(
  tx: Tx,
  event: LoggedEvent,
  what: {
    reason: { kind: ReasonKind; refId: number; words: string | null };
    matters: readonly string[];
    severity: 'medium' | 'high';
    orElse?: Person | undefined;
  },
): Promise<void> {
  const accountId = event.accountId ?? 0;
  const owner = (await csmOf(tx, accountId)) ?? what.orElse;
  if (!owner) return;
  await openFollowup(tx, {
    accountId,
    kind: 'restore',
    reason: what.reason,
    matters: what.matters,
    severity: what.severity,
    ownerId: owner.id,
    dueAt: await dueTimeOf(tx, owner, event.at),
    now: event.at,
    source: event.source,
    actor: event.actor ?? null,
  });
}

async function csmOf(tx: ReadTx, accountId: number): Promise<Person | undefined> {
  const account = await accountById(tx, accountId);
  return account?.csmId == null ? undefined : personById(tx, account.csmId);
}

/** It came back before its customer heard that it is fixed: that news is none any more. */
export async function withdrawNews(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.issueId == null || event.accountId == null) return;
  for (const followup of await openFollowupsOf(tx, event.accountId)) {
    if (followup.kind !== 'tell_fix') continue;
    const ids = await mattersOfKind(tx, followup.id, 'issue');
    if (!ids.includes(event.issueId)) continue;
    const issues = await Promise.all(ids.map((id) => issueById(tx, id)));
    if (issues.some((issue) => issue?.state === 'resolved' || issue?.state === 'closed')) continue;
    const name = issues.find((issue) => issue?.id === event.issueId)?.number ?? 0;
    const reason = `${issueName(name)} came back before they heard`;
    await takeBackNews(tx, followup, { reason, now: event.at, source: event.source });
  }
}

/** What was declined is worked on again: nobody is to be told any more that it will not come. */
export async function withdrawRefusal(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.fixId == null || event.before !== 'declined') return;
  for (const followup of await followupsOfFix(tx, event.fixId)) {
    if (followup.state !== 'open' || followup.kind !== 'tell_declined') continue;
    const reason = 'It is worked on again';
    await takeBackNews(tx, followup, { reason, now: event.at, source: event.source });
  }
}

/** They were told, and say that it is still broken: it waits again for this account; nobody else is disturbed. */
export async function sayItBroke(
  tx: Tx,
  event: LoggedEvent & { data: { outcome: Outcome | null } },
): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  // A chip that says how they were told carries what was said before; only the other one says it now.
  if (!followup || event.after !== 'still_broken') return;
  const by = event.actor ? await personBySlackId(tx, event.actor) : undefined;
  const change = { by: by ?? null, now: event.at, source: event.source };
  const fix = followup.fixId === null ? undefined : await fixById(tx, followup.fixId);
  if (fix) await sayStillBroken(tx, fix, followup.accountId, change);
  for (const id of await mattersOfKind(tx, followup.id, 'issue')) {
    const issue = await issueById(tx, id);
    if (issue?.state === 'resolved' || issue?.state === 'closed') await reopenIssue(tx, issue, change);
  }
}
