import { alertById } from '../alerts/store.js';
import { moveFollowup, setOpen } from '../followups/store/hold.js';
import { addMatters, mattersOf } from '../followups/store/matters.js';
import { followupById, openFollowupsOf } from '../followups/store.js';
import { graver } from '../people/ladder.js';
import { personBySlackId } from '../people/store.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import type { LoggedEvent } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';

/** An issue, the fix behind it and the alert that named it are one story, with one follow-up. */

/** An alert names an issue about which something is owed already: whoever claims it joins that. */
export async function joinStory(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId == null || event.accountId == null) return;
  const named = await issuesNamed(tx, event.alertId);
  for (const followup of await openFollowupsOf(tx, event.accountId)) {
    const matters = await mattersOf(tx, followup.id);
    if (matters.some((matter) => named.includes(matter)))
      await addMatters(tx, followup, [`alert:${event.alertId}`]);
  }
}

/** What is owed because of an alert is about the issues that the alert names, and as grave as it. */
export async function nameStory(tx: Tx, event: LoggedEvent): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  const alert = followup?.alertId == null ? undefined : await alertById(tx, followup.alertId);
  if (!followup || !alert) return;
  await addMatters(tx, followup, await issuesNamed(tx, alert.id));
  const severity = graver(followup.severity, alert.severity);
  if (severity !== followup.severity) await setOpen(tx, followup, { severity });
}

/** Whoever claims an alert takes up what somebody else owed of the same story. */
export async function takeOver(tx: Tx, event: LoggedEvent & { data: { reason: string } }): Promise<void> {
  if (event.data.reason !== 'alert' || event.actor == null || event.followupId == null) return;
  const followup = await followupById(tx, event.followupId);
  const to = await personBySlackId(tx, event.actor);
  if (!followup || !to || to.id === followup.ownerId) return;
  const act = { by: to, now: event.at, source: event.source };
  await moveFollowup(tx, followup, { to, why: 'taken', dueAt: followup.dueAt }, act);
}

async function issuesNamed(tx: ReadTx, alertId: number): Promise<string[]> {
  const signals = await signalsOfAlert(tx, alertId);
  return signals.map((signal) => signal.about).filter((about) => about.startsWith('issue:'));
}
