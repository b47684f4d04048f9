import { and, eq, inArray, isNull } from 'drizzle-orm';
import { actingFunction, type Person } from '../people/rules.js';
import { attachSignal, handleSignals } from '../signals/store/signals.js';
import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { type Alert, graver } from './rules.js';

declare module '../store/log.js' {
  interface EventKinds {
    'alert.opened': { severity: string };
    'alert.grew': { signalId: number };
    'alert.claimed': { personId: number };
    'alert.ended': { reason: string };
  }
}

export async function alertById(tx: ReadTx, id: number): Promise<Alert | undefined> {
  const [row] = await tx.db.select().from(tx.t.alerts).where(eq(tx.t.alerts.id, id));
  return row;
}

export async function openAlertOf(tx: ReadTx, accountId: number): Promise<Alert | undefined> {
  const [row] = await tx.db
    .select()
    .from(tx.t.alerts)
    .where(eq(tx.t.alerts.openKey, `account:${accountId}`));
  return row;
}

/** Puts a signal on the account's one open alert, opening it when there is none. */
export async function raise(
  tx: Tx,
  signal: { accountId: number; signalId: number; severity: Alert['severity'] },
  now: number,
): Promise<{ alert: Alert; isNew: boolean }> {
  const { alerts } = tx.t;
  const openKey = `account:${signal.accountId}`;
  const [added] = await tx.db
    .insert(alerts)
    .values({ accountId: signal.accountId, openKey, severity: signal.severity, openedAt: now, state: 'open' })
    .onConflictDoNothing({ target: alerts.openKey })
    .returning();
  const alert = added ?? (await openAlertOf(tx, signal.accountId));
  if (!alert) throw new Error('the alert was not written');
  await attachSignal(tx, signal.signalId, alert.id);
  const severity = graver(alert.severity, signal.severity);
  if (severity !== alert.severity)
    await tx.db.update(alerts).set({ severity }).where(eq(alerts.id, alert.id));
  const base = { at: now, accountId: signal.accountId, alertId: alert.id, source: 'clock' };
  if (added) await emit(tx, { ...base, kind: 'alert.opened', data: { severity } });
  else await emit(tx, { ...base, kind: 'alert.grew', data: { signalId: signal.signalId } });
  return { alert: { ...alert, severity }, isNew: added !== undefined };
}

export async function markPosted(tx: Tx, alertId: number, at: number): Promise<void> {
  const { alerts } = tx.t;
  await tx.db
    .update(alerts)
    .set({ postedAt: at })
    .where(and(eq(alerts.id, alertId), isNull(alerts.postedAt)));
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
    .set({ state: 'claimed', claimedBy: by.id, claimedAt: now })
    .where(and(eq(alerts.id, alert.id), eq(alerts.state, 'open')))
    .returning();
  if (!won) return { alert: (await alertById(tx, alert.id)) ?? alert, won: false };
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

/** Remembers the follow-up that a claim made. */
export async function linkFollowup(tx: Tx, alertId: number, followupId: number): Promise<void> {
  await tx.db.update(tx.t.alerts).set({ followupId }).where(eq(tx.t.alerts.id, alertId));
}

/** Ends an alert; its signals count as handled until they were clear once. @returns false when it had ended. */
export async function endAlert(
  tx: Tx,
  alert: Alert,
  end: { by: Person | null; reason: string; now: number; source: string },
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
    data: { reason: end.reason },
  });
  return true;
}
