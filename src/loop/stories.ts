import { alertById, endAlert, openAlertOf } from '../alerts/store.js';
import type { ReasonKind } from '../followups/rules.js';
import { moveFollowup, setOpen } from '../followups/store/hold.js';
import { addMatters, mattersOf } from '../followups/store/matters.js';
import { reasonsOf } from '../followups/store/reasons.js';
import { followupById, openFollowupsOf } from '../followups/store.js';
import { graver } from '../people/ladder.js';
import { personBySlackId } from '../people/store.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import type { LoggedEvent } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';

/** An issue, the fix behind it and the alert that named it are one story, with one follow-up. */

/** Rules whose event is owed a word as well, and as what: they name no issue that would tell. */
const OWED_AS: Readonly<Record<string, ReasonKind>> = { S08: 'rating', S19: 'promise' };

/** An alert is about something of which a word is owed already: whoever claims it joins that. */
export async function joinStory(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId == null || event.accountId == null) return;
  const named = await issuesNamed(tx, event.alertId);
  const owed = (await signalsOfAlert(tx, event.alertId)).map(({ rule }) => OWED_AS[rule]);
  for (const followup of await openFollowupsOf(tx, event.accountId)) {
    const matters = await mattersOf(tx, followup.id);
    const reasons = await reasonsOf(tx, followup.id);
    if (matters.some((matter) => named.includes(matter)) || reasons.some(({ kind }) => owed.includes(kind)))
      await addMatters(tx, followup, [`alert:${event.alertId}`]);
  }
}

/** An alert that nobody claimed ends, too, when they heard of all that it says. */
export async function endAlertHeardOf(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId != null || event.accountId == null || event.followupId == null) return;
  const alert = await openAlertOf(tx, event.accountId);
  if (alert?.state !== 'open') return;
  const reasons = (await reasonsOf(tx, event.followupId)).map(({ kind }) => kind);
  const says = (await signalsOfAlert(tx, alert.id)).filter(({ openKey }) => openKey !== null);
  const isHeard = ({ rule }: { rule: string }) => reasons.some((kind) => kind === OWED_AS[rule]);
  if (says.length === 0 || !says.every(isHeard)) return;
  const by = event.actor ? await personBySlackId(tx, event.actor) : undefined;
  const reason = `followed up${by ? ` by ${by.name}` : ''}`;
  await endAlert(tx, alert, { by: by ?? null, reason, now: event.at, source: event.source });
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
