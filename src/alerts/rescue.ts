import { type Issue, issueName } from '../issues/rules/issue.js';
import { lastChanger, wasGivenSince } from '../issues/store/edit.js';
import { issueById } from '../issues/store/read.js';
import { askBadge } from '../people/badges.js';
import { disturbsAt } from '../people/ladder.js';
import type { Person } from '../people/rules.js';
import { personById, standIn } from '../people/store.js';
import { findCard } from '../queue/cards.js';
import { clearDue, type DueHandler, setDue } from '../queue/due.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { MINUTE_MS } from '../time/index.js';
import { alertKeys, placeCall, quietOf, weighedAnewAt } from './call.js';
import type { Alert } from './rules.js';
import { alertById } from './store.js';
import { SAME_EVENT_MS } from './told.js';

/* High stakes bring both functions in: who restores is called, and who rescues hears of it, too, once. */

const rescueKey = (alertId: number) => `rescue:alert:${alertId}`;

export async function endRescue(tx: Tx, alertId: number): Promise<void> {
  await clearDue(tx, rescueKey(alertId));
}

/**
 * Tells whoever has an issue that makes an alert critical, in their working time and within their badges; not who marked
 * it, nor who is called about the account. It climbs nothing: the issue has service levels of its own.
 */
export async function callRescuers(tx: Tx, alert: Alert, now: number): Promise<void> {
  if (alert.state !== 'open' || alert.severity !== 'critical' || alert.calledId === null) return;
  const later: number[] = [];
  for (const { owner } of await rescuesOf(tx, alert, now)) {
    if (owner.id === alert.calledId || (await findCard(tx, 'alert_call', alert.id, owner.slackId))) continue;
    const at = disturbsAt(quietOf(alert, owner), now);
    const badge = { kind: 'alert_rescue', about: `alert:${alert.id}`, isCritical: true };
    if (at - now > MINUTE_MS) later.push(at);
    else if ((await askBadge(tx, { ...badge, personId: owner.id, at: now })) === 'held')
      later.push(weighedAnewAt(owner, now));
    else await placeCall(tx, alert, owner, `alert_rescue:${alert.id}`, now);
  }
  if (later.length > 0) await setDue(tx, rescueKey(alert.id), 'alert.rescue', alert.id, Math.min(...later));
}

/** The issues that make an alert critical, each with who has it or stands in for them. */
async function rescuesOf(tx: ReadTx, alert: Alert, now: number): Promise<{ issue: Issue; owner: Person }[]> {
  const found = [];
  for (const { about, severity, state, since } of await signalsOfAlert(tx, alert.id)) {
    const [kind, id] = about.split(':');
    if (kind !== 'issue' || severity !== 'critical' || state !== 'firing') continue;
    const issue = await issueById(tx, Number(id));
    // One event, one message: who was given it as it became urgent was told then.
    if (issue && (await wasGivenSince(tx, issue.id, since - SAME_EVENT_MS))) continue;
    const owner = issue?.ownerId == null ? undefined : await personById(tx, issue.ownerId);
    const acting = owner && (await standIn(tx, owner, now))?.person;
    if (issue && acting && (await lastChanger(tx, issue.id)) !== acting.slackId)
      found.push({ issue, owner: acting });
  }
  return found;
}

/** The issue that somebody has who is told by an alert: "B-42"; null when they are told for another reason. */
export async function rescueOf(
  tx: ReadTx,
  alert: Alert,
  reader: Person | undefined,
  now: number,
): Promise<string | null> {
  if (!reader || reader.id === alert.calledId) return null;
  const theirs = (await rescuesOf(tx, alert, now)).find(({ owner }) => owner.id === reader.id);
  return theirs ? issueName(theirs.issue.number) : null;
}

export const rescueJob: DueHandler = {
  keys: alertKeys,
  run: async (tx, row, now) => {
    const alert = await alertById(tx, row.subjectId);
    if (alert) await callRescuers(tx, alert, now);
    return null;
  },
};
