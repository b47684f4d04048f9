import { accountById } from '../accounts/store.js';
import { placeFor } from '../followups/jobs/deliver.js';
import { askBadge } from '../people/badges.js';
import { disturbsAt } from '../people/ladder.js';
import { may } from '../people/may.js';
import { type Person, workingHours } from '../people/rules.js';
import { leadsOf, personById, standIn } from '../people/store.js';
import { clearDue, setDue } from '../queue/due.js';
import { setting } from '../settings/store.js';
import { NO_ACCOUNT, signalsOfAlert } from '../signals/store/signals.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { MINUTE_MS, startOfNextWorkingDay } from '../time/index.js';
import { type Alert, sleepsUntil, wantsCall } from './rules.js';
import { markCalled, offered } from './store/course.js';
import { alertById } from './store.js';
import { toldOf } from './told.js';

/*
 * The one call of an alert: a direct message to whoever looks after the account, within their working time and their
 * budget of badges. Its card in the channel mentions nobody.
 */

const callKey = (alertId: number) => `call:alert:${alertId}`;

/** Nobody is to be called about it any more. */
export async function endCall(tx: Tx, alertId: number): Promise<void> {
  await clearDue(tx, callKey(alertId));
}

/** Calls whoever an alert is for, if it calls anybody, and has not; at once, or as soon as they may be disturbed. */
export async function call(tx: Tx, alert: Alert, now: number): Promise<void> {
  if (!wantsCall(alert) || !(await isCalledAbout(tx, alert)) || (await isAsleep(tx, alert))) return;
  const who = await whomToCall(tx, alert, now);
  if (!who) return;
  const isCritical = alert.severity === 'critical';
  const told = isCritical ? null : await toldOf(tx, alert, who);
  if (told) {
    await endCall(tx, alert.id);
    return markCalled(tx, alert, who.id, told.shownAt);
  }
  const at = disturbsAt(quietOf(alert, who), now);
  // The start of a day counts a minute early: see `weighedAnewAt`.
  if (at - now > MINUTE_MS) return setDue(tx, callKey(alert.id), 'alert.call', alert.id, at);
  const badge = { kind: 'alert', about: `alert:${alert.id}`, step: isCritical ? 'critical' : '' };
  if ((await askBadge(tx, { personId: who.id, at: now, isCritical, ...badge })) === 'held')
    return setDue(tx, callKey(alert.id), 'alert.call', alert.id, weighedAnewAt(who, now));
  await endCall(tx, alert.id);
  await markCalled(tx, alert, who.id);
  await placeCall(tx, alert, who, `alert:${alert.id}:${who.id}`, now);
}

/** The alert as a direct message to one person. */
export async function placeCall(
  tx: Tx,
  alert: Alert,
  to: Person,
  onDelivered: string,
  now: number,
): Promise<void> {
  const accounts = alert.accountId === NO_ACCOUNT ? [] : [alert.accountId];
  await placeFor(tx, to, 'alert_call', alert.id, { accounts, onDelivered }, now);
}

/**
 * Asks somebody to take what nobody has, once: a direct message, within their badges. What has no room in their day
 * stands in their next nine o'clock message. @returns why they cannot be asked, else whether it is held back
 */
export async function offerAlert(
  tx: Tx,
  alert: Alert,
  to: Person,
  by: Person,
  now: number,
): Promise<{ problem: string } | { isHeld: boolean }> {
  if (!to.isActive || !may(to, 'alert.claim'))
    return { problem: `${to.name} cannot claim it. Choose somebody else.` };
  const acting = (await standIn(tx, to, now))?.person;
  if (acting && acting.id !== to.id)
    return {
      problem: `${to.name} is away; ${acting.name} stands in. Choose ${acting.name}, or somebody else.`,
    };
  await offered(tx, alert, to, { by, now });
  const badge = { kind: 'alert_offer', about: `alert:${alert.id}`, step: String(by.id) };
  const isCritical = alert.severity === 'critical';
  if ((await askBadge(tx, { personId: to.id, at: now, isCritical, ...badge })) === 'held')
    return { isHeld: true };
  await placeCall(tx, alert, to, `alert_offer:${alert.id}`, now);
  return { isHeld: false };
}

/** Where support has no channel, a card of theirs is a message to their lead. */
async function isCalledAbout(tx: ReadTx, alert: Alert): Promise<boolean> {
  if (alert.place === 'interruptive') return true;
  return alert.accountId === NO_ACCOUNT && (await setting(tx, 'triageChannel')) === null;
}

/** True while all that it shows is snoozed. */
export async function isAsleep(tx: ReadTx, alert: Alert): Promise<boolean> {
  return sleepsUntil(await signalsOfAlert(tx, alert.id)) !== null;
}

/** The account's success manager, or who stands in while they are away; a lead where there is none. */
async function whomToCall(tx: ReadTx, alert: Alert, now: number): Promise<Person | null> {
  const account = await accountById(tx, alert.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const first = csm && (await standIn(tx, csm, now));
  if (first) return first.person;
  for (const lead of await leadsOf(tx, alert.accountId === NO_ACCOUNT ? 'support' : 'success')) {
    const acting = await standIn(tx, lead, now);
    if (acting) return acting.person;
  }
  return null;
}

/** When somebody may be disturbed with it; see `people/ladder.ts`. */
export const quietOf = (alert: Pick<Alert, 'severity'>, person: Person) => ({
  severity: alert.severity,
  hours: workingHours(person.hours),
  passesQuietHours: person.isOnCall === true,
});

/** Held back: weighed anew a minute before their next working day, so that the nine o'clock message lists what is held then. */
export const weighedAnewAt = (person: Person, now: number) =>
  startOfNextWorkingDay(now, workingHours(person.hours)) - MINUTE_MS;

/** What a due row of an alert changes. */
export async function alertKeys(tx: ReadTx, row: { subjectId: number }): Promise<string[]> {
  const alert = await alertById(tx, row.subjectId);
  return alert ? [alert.scope] : [];
}
