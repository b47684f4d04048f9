import { and, eq, inArray } from 'drizzle-orm';
import { actingFunction, type Person } from '../people/rules.js';
import { graver } from '../signals/rules/severity.js';
import {
  accountScope,
  attachSignal,
  handleSignals,
  type SignalRow,
  signalsOfAlert,
  wakeSignals,
} from '../signals/store/signals.js';
import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { type Alert, alertPlace, type DismissedAs } from './rules.js';

declare module '../store/log.js' {
  interface EventKinds {
    'alert.opened': { severity: string };
    'alert.grew': { signalId: number };
    /** It is graver, or pings where it did not: a card alone becomes a call. */
    'alert.rose': { severity: Alert['severity']; place: Alert['place'] };
    /** It stood before somebody: the call (step 0), or a step of its ladder; null: more than one person. */
    'alert.called': { personId: number | null; step: number };
    /** Nobody has it, and it stands before the leads from now on. */
    'alert.listed': { step: number };
    'alert.claimed': { personId: number };
    /** A claim without progress: it is open again. */
    'alert.lapsed': { personId: number };
    /** Its follow-up went to somebody else, and the claim with it. */
    'alert.moved': { toId: number };
    /** Nothing is said of it until then (UTC ms); null: until there is more of it. */
    'alert.snoozed': { until: number | null };
    'alert.noted': Record<string, never>;
    /** Somebody was asked to take it. */
    'alert.offered': { toId: number };
    /** `why`: what somebody chose who said that it was not needed. */
    'alert.ended': { reason: string; why: DismissedAs | null };
  }
}

export async function alertById(tx: ReadTx, id: number): Promise<Alert | undefined> {
  const [row] = await tx.db.select().from(tx.t.alerts).where(eq(tx.t.alerts.id, id));
  return row;
}

/** The open alert of an account, if there is one. */
export async function openAlertOf(tx: ReadTx, accountId: number): Promise<Alert | undefined> {
  return openAlertIn(tx, accountScope(accountId));
}

/** The open alert of a scope: `account:7`, `team:support`, `feed:unmatched`. */
async function openAlertIn(tx: ReadTx, scope: string): Promise<Alert | undefined> {
  const [row] = await tx.db.select().from(tx.t.alerts).where(eq(tx.t.alerts.openKey, scope));
  return row;
}

/** Puts a signal on its scope's one open alert, opening it when there is none. */
export async function raise(
  tx: Tx,
  signal: SignalRow,
  now: number,
): Promise<{ alert: Alert; isNew: boolean }> {
  const { alerts } = tx.t;
  const { scope, accountId, severity } = signal;
  const place = alertPlace([signal]);
  const [added] = await tx.db
    .insert(alerts)
    .values({
      scope,
      accountId,
      openKey: scope,
      severity,
      place,
      openedAt: now,
      state: 'open',
    })
    .onConflictDoNothing({ target: alerts.openKey })
    .returning();
  const standing = added ?? (await openAlertIn(tx, scope));
  if (!standing) throw new Error('the alert was not written');
  await attachSignal(tx, signal.id, standing.id);
  const base = { at: now, accountId, alertId: standing.id, source: 'clock' };
  if (added) await emit(tx, { ...base, kind: 'alert.opened', data: { severity } });
  else await emit(tx, { ...base, kind: 'alert.grew', data: { signalId: signal.id } });
  return { alert: added ?? (await weigh(tx, standing, now)), isNew: added !== undefined };
}

/**
 * Has an alert be as grave, and as loud, as what stands on it now; while it is open neither is taken back, since
 * somebody may have been called by it.
 */
export async function weigh(tx: Tx, alert: Alert, now: number): Promise<Alert> {
  const signals = (await signalsOfAlert(tx, alert.id)).filter((one) => one.openKey !== null);
  const severity = signals.reduce((gravest, one) => graver(gravest, one.severity), alert.severity);
  const place = alert.place === 'interruptive' ? alert.place : alertPlace(signals);
  if (severity === alert.severity && place === alert.place) return alert;
  const { alerts } = tx.t;
  await tx.db.update(alerts).set({ severity, place }).where(eq(alerts.id, alert.id));
  await emit(tx, {
    kind: 'alert.rose',
    at: now,
    accountId: alert.accountId,
    alertId: alert.id,
    source: 'clock',
    before: alert.severity,
    after: severity,
    data: { severity, place },
  });
  return { ...alert, severity, place };
}

/** Its card is on its way to a channel; null where there is none. */
export async function markPosted(tx: Tx, alertId: number, channel: string | null, at: number): Promise<void> {
  await tx.db.update(tx.t.alerts).set({ postedAt: at, channel }).where(eq(tx.t.alerts.id, alertId));
}

/** Makes a person the one who follows up; the first wins. @returns the alert as it stands, and whether it was theirs to take. */
export async function claim(
  tx: Tx,
  alert: Alert,
  by: Person,
  now: number,
): Promise<{ alert: Alert; won: boolean }> {
  const { alerts } = tx.t;
  const [won] = await tx.db
    .update(alerts)
    .set({
      ...{ state: 'claimed', claimedBy: by.id, claimedAt: now, progressAt: now, warnedAt: null },
      ...{ offeredToId: null, offeredById: null },
    })
    .where(and(eq(alerts.id, alert.id), eq(alerts.state, 'open')))
    .returning();
  if (!won) return { alert: (await alertById(tx, alert.id)) ?? alert, won: false };
  await wakeSignals(tx, alert.id, now);
  await emit(tx, {
    kind: 'alert.claimed',
    at: now,
    accountId: alert.accountId,
    alertId: alert.id,
    actor: by.slackId,
    func: actingFunction(by),
    source: 'button',
    before: 'open',
    after: 'claimed',
    data: { personId: by.id },
  });
  return { alert: won, won: true };
}

/** Changes something about an alert that is not over. */
export async function setAlert(tx: Tx, alert: Alert, set: Partial<Alert>): Promise<void> {
  const { alerts } = tx.t;
  await tx.db
    .update(alerts)
    .set(set)
    .where(and(eq(alerts.id, alert.id), inArray(alerts.state, ['open', 'claimed'])));
}

/** Remembers the follow-up that a claim made. */
export async function linkFollowup(tx: Tx, alertId: number, followupId: number): Promise<void> {
  await tx.db.update(tx.t.alerts).set({ followupId }).where(eq(tx.t.alerts.id, alertId));
}

/** Ends an alert; its signals count as handled until they were clear once. @returns false when it had ended. */
export async function endAlert(
  tx: Tx,
  alert: Alert,
  end: { by: Person | null; reason: string; now: number; source: string; why?: DismissedAs },
): Promise<boolean> {
  const { alerts } = tx.t;
  const [ended] = await tx.db
    .update(alerts)
    .set({
      state: 'ended',
      openKey: null,
      endedAt: end.now,
      endedBy: end.by?.slackId ?? null,
      endReason: end.reason,
      dismissedAs: end.why ?? null,
    })
    .where(and(eq(alerts.id, alert.id), inArray(alerts.state, ['open', 'claimed'])))
    .returning({ id: alerts.id });
  if (!ended) return false;
  await handleSignals(tx, alert.id, end.now);
  await emit(tx, {
    kind: 'alert.ended',
    at: end.now,
    accountId: alert.accountId,
    alertId: alert.id,
    actor: end.by?.slackId ?? null,
    func: end.by ? actingFunction(end.by) : null,
    source: end.source,
    before: alert.state,
    after: 'ended',
    data: { reason: end.reason, why: end.why ?? null },
  });
  return true;
}
