import { placeFor } from '../followups/jobs/deliver.js';
import { askBadge } from '../people/badges.js';
import { disturbsAt } from '../people/ladder.js';
import { type Person, workingHours } from '../people/rules.js';
import { personById, standIn } from '../people/store.js';
import { clearDue, type DueHandler, setDue } from '../queue/due.js';
import type { Tx } from '../store/transact.js';
import { alertKeys, quietOf, weighedAnewAt } from './call.js';
import { standBefore } from './climb.js';
import { touchAlert } from './post.js';
import { endIfQuiet } from './quiet.js';
import { type Alert, lapseOf } from './rules.js';
import { lapse, markProgress, markWarned } from './store/course.js';
import { alertById } from './store.js';

/* A claim without progress does not keep an account from others: it lapses, and its owner is warned before. */

const lapseKey = (alertId: number) => `lapse:alert:${alertId}`;

/** Has the warning of a claim due, or its end; nothing where nobody has it. */
export async function planLapse(tx: Tx, alertId: number): Promise<void> {
  const alert = await alertById(tx, alertId);
  const at = alert && (await nextOf(tx, alert));
  if (at == null) await clearDue(tx, lapseKey(alertId));
  else await setDue(tx, lapseKey(alertId), 'alert.lapse', alertId, at);
}

/** Whoever has it got on with it: two working days begin anew. @param at from when on; later than now while they let it sleep */
export async function onProgress(tx: Tx, alert: Alert, by: Person, at: number, now: number): Promise<void> {
  if (alert.state !== 'claimed' || alert.claimedBy !== by.id) return;
  if (alert.progressAt !== null && alert.progressAt >= at) return;
  await markProgress(tx, alert, at);
  await touchAlert(tx, alert.id, now);
  await planLapse(tx, alert.id);
}

/** The warning stands before them: they have four working hours from here. */
export async function onWarned(tx: Tx, alertId: number, personId: number, at: number): Promise<void> {
  const alert = await alertById(tx, alertId);
  if (alert?.claimedBy !== personId || alert.warnedAt !== null) return;
  await markWarned(tx, alert, at);
  await planLapse(tx, alertId);
}

async function nextOf(tx: Tx, alert: Alert): Promise<number | null> {
  const owner = alert.claimedBy === null ? undefined : await personById(tx, alert.claimedBy);
  if (alert.state !== 'claimed' || !owner || alert.progressAt === null) return null;
  const { progressAt, warnedAt } = alert;
  const { warnAt, lapseAt } = lapseOf({ progressAt, warnedAt }, workingHours(owner.hours));
  return lapseAt ?? warnAt;
}

export const lapseJob: DueHandler = {
  keys: alertKeys,
  run: async (tx, row, now) => {
    const alert = await alertById(tx, row.subjectId);
    const at = alert && (await nextOf(tx, alert));
    const owner = alert?.claimedBy == null ? undefined : await personById(tx, alert.claimedBy);
    if (!alert || !owner || at == null) return null;
    if (at > now) return at;
    if (alert.warnedAt === null) return warn(tx, alert, owner, now);
    await lapse(tx, alert, owner, now);
    await standBefore(tx, alert, now);
    // What it was about may be over by now; then nobody needs to take it.
    await endIfQuiet(tx, alert.id, now);
    return null;
  },
};

/** @returns when to try again, while they cannot be told */
async function warn(tx: Tx, alert: Alert, owner: Person, now: number): Promise<number | null> {
  const acting = await standIn(tx, owner, now);
  // Who is away is not warned, and loses nothing meanwhile: what they owe is with whoever stands in.
  const at = disturbsAt(quietOf({ severity: 'medium' }, owner), now);
  if (at > now) return at;
  if (acting && acting.person.id !== owner.id) return weighedAnewAt(owner, now);
  const badge = { kind: 'alert_lapse', about: `alert:${alert.id}`, step: String(alert.progressAt) };
  const ask = { personId: owner.id, at: now, isCritical: false, ...badge };
  if ((await askBadge(tx, ask)) === 'held') return weighedAnewAt(owner, now);
  const onDelivered = `alert_lapse:${alert.id}:${owner.id}`;
  await placeFor(tx, owner, 'alert_lapse', alert.id, { accounts: [alert.accountId], onDelivered }, now);
  return null;
}
