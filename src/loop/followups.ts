import { touchAlert } from '../alerts/post.js';
import { alertById, endAlert } from '../alerts/store.js';
import { issuesOfFixAt } from '../fixes/store/fixes.js';
import { planFollowup } from '../followups/jobs/course.js';
import { deliverFollowup, handToStandIn } from '../followups/jobs/deliver.js';
import { deliverOffer, tellFormer } from '../followups/jobs/moved.js';
import { endWatch, watchIssues } from '../followups/jobs/watch.js';
import type { MoveWhy } from '../followups/store/hold.js';
import { mattersOfKind } from '../followups/store/matters.js';
import { followupById, openFollowupsOf, openFollowupsOfPerson } from '../followups/store.js';
import { personById, personBySlackId } from '../people/store.js';
import { touchCards } from '../queue/cards.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';
import { instantOf } from '../time/index.js';

/** What follows from what is owed to a customer. */

type Moved = LoggedEvent & { data: { why: MoveWhy; fromId: number; toId: number } };

/** One direct message to whoever owes the customer the word; its clock starts when it is delivered. */
export async function showToOwner(tx: Tx, event: LoggedEvent): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  const owner = followup && (await personById(tx, followup.ownerId));
  if (followup && owner)
    await deliverFollowup(tx, followup, event.at, event.actor != null && event.actor === owner.slackId);
}

/** It passed: whoever had it reads so where it stood. */
export async function tellWhoHadIt(tx: Tx, event: Moved): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  if (followup) await tellFormer(tx, followup, { ...event.data, eventId: event.id, now: event.at });
}

/** Whoever is asked to take it over. */
export async function showOffer(tx: Tx, event: LoggedEvent): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  if (followup) await deliverOffer(tx, followup, event.at);
}

/** What is to happen next may be another thing, or at another time. */
export async function planAnew(tx: Tx, event: LoggedEvent): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  if (followup?.state === 'open') await planFollowup(tx, followup, event.at);
}

const OWN_CARDS = ['followup', 'nudge', 'followup_offer'];

/** A follow-up shows in its own messages, on the issues it is about, on its fix and on its alert. */
export async function showFollowup(tx: Tx, event: LoggedEvent): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  if (!followup) return;
  for (const kind of OWN_CARDS) await touchCards(tx, kind, followup.id, event.at);
  if (followup.roundId !== null) await touchCards(tx, 'nudge_round', followup.roundId, event.at);
  if (followup.alertId !== null) await touchAlert(tx, followup.alertId, event.at);
  const issues = new Set(await mattersOfKind(tx, followup.id, 'issue'));
  for (const fixId of await mattersOfKind(tx, followup.id, 'fix')) {
    await touchCards(tx, 'fix', fixId, event.at);
    for (const issue of await issuesOfFixAt(tx, fixId, followup.accountId)) issues.add(issue.id);
  }
  for (const id of issues) await touchCards(tx, 'issue', id, event.at);
}

/** What was promised to an account, and what is worth telling of it, stands on what it is owed. */
export async function showFollowupsOfAccount(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.accountId == null) return;
  for (const followup of await openFollowupsOf(tx, event.accountId)) {
    for (const kind of OWN_CARDS) await touchCards(tx, kind, followup.id, event.at);
    if (followup.roundId !== null) await touchCards(tx, 'nudge_round', followup.roundId, event.at);
  }
}

export async function watchAfterTold(tx: Tx, event: LoggedEvent): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  if (followup) await watchIssues(tx, followup, event.at);
}

export async function stopWatching(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.issueId != null) await endWatch(tx, event.issueId);
}

/**
 * Somebody is away from now on: what they owe before they are back is done by who covers. What is due later waits for
 * them.
 */
export async function handOver(
  tx: Tx,
  event: LoggedEvent & { data: { personId: number; backOn: string } },
): Promise<void> {
  const person = await personById(tx, event.data.personId);
  if (!person) return;
  const back = instantOf({ date: event.data.backOn, time: '00:00', zone: person.hours.zone });
  for (const followup of await openFollowupsOfPerson(tx, person.id))
    if (followup.dueAt < back) await handToStandIn(tx, followup, person, event.at);
}

/** Somebody left: whatever they owe is done by who covers, else by their lead. */
export async function handOverAll(
  tx: Tx,
  event: LoggedEvent & { data: { personId: number } },
): Promise<void> {
  const person = await personById(tx, event.data.personId);
  if (!person) return;
  for (const followup of await openFollowupsOfPerson(tx, person.id))
    await handToStandIn(tx, followup, person, event.at);
}

/** A claimed alert ends by its follow-up. */
export async function endClaimedAlert(tx: Tx, event: LoggedEvent): Promise<void> {
  const alert = event.alertId == null ? undefined : await alertById(tx, event.alertId);
  const by = event.actor ? await personBySlackId(tx, event.actor) : undefined;
  if (!alert) return;
  const what = event.kind === 'followup.told' ? 'followed up' : 'not needed';
  await endAlert(tx, alert, {
    by: by ?? null,
    reason: `${what}${by ? ` by ${by.name}` : ''}`,
    now: event.at,
    source: event.source,
  });
}
