import { onProgress, planLapse } from '../alerts/lapse.js';
import { moveClaim } from '../alerts/store/course.js';
import { alertById, openAlertOf } from '../alerts/store.js';
import { followupById } from '../followups/store.js';
import { personBySlackId } from '../people/store.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';

/** What follows for whoever claimed an alert. */

/** It is somebody's: without progress their claim lapses. */
export async function watchClaim(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId != null) await planLapse(tx, event.alertId);
}

/** A conversation that they logged, or a message of theirs to the customer, is progress. */
export async function noteProgress(tx: Tx, event: LoggedEvent): Promise<void> {
  const alert = event.accountId == null ? undefined : await openAlertOf(tx, event.accountId);
  const by = alert?.state === 'claimed' && event.actor ? await personBySlackId(tx, event.actor) : undefined;
  if (alert && by) await onProgress(tx, alert, by, event.at, event.at);
}

/** What they owe sleeps by their own choice: nothing is asked of them before it wakes. */
export async function sleepWithFollowup(
  tx: Tx,
  event: LoggedEvent & { data: { until: number } },
): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  const alert = followup?.alertId == null ? undefined : await alertById(tx, followup.alertId);
  const by = event.actor ? await personBySlackId(tx, event.actor) : undefined;
  if (alert && by) await onProgress(tx, alert, by, event.data.until, event.at);
}

/** The follow-up of an alert is somebody else's, so the alert is. */
export async function moveWithFollowup(
  tx: Tx,
  event: LoggedEvent & { data: { toId: number } },
): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  const alert = followup?.alertId == null ? undefined : await alertById(tx, followup.alertId);
  if (!alert) return;
  await moveClaim(tx, alert, event.data.toId, event.at);
  await planLapse(tx, alert.id);
}
