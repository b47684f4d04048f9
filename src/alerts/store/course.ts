import { and, desc, eq } from 'drizzle-orm';
import { actingFunction, type Person } from '../../people/rules.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type Alert, LAST_STEP } from '../rules.js';
import { setAlert } from '../store.js';

/** What becomes of an alert between its card and its end: who was called, what came of a claim. */

const clockEvent = (alert: Alert, now: number) => ({
  at: now,
  accountId: alert.accountId,
  alertId: alert.id,
  source: 'clock',
});

/**
 * A direct message about it is on its way to somebody, or they know by another one since `shownAt`; its ladder begins
 * anew once it stands before them.
 */
export async function markCalled(
  tx: Tx,
  alert: Alert,
  personId: number,
  shownAt: number | null = null,
): Promise<void> {
  const set = { calledId: personId, calledAs: alert.severity, calledAt: shownAt, step: 0, steppedAt: null };
  await tx.db.update(tx.t.alerts).set(set).where(eq(tx.t.alerts.id, alert.id));
}

/** A step of its ladder is on its way. */
export async function markStep(tx: Tx, alert: Alert, step: number): Promise<void> {
  await tx.db.update(tx.t.alerts).set({ step, steppedAt: null }).where(eq(tx.t.alerts.id, alert.id));
}

/** What was on its way stands before whoever it was for. @returns the alert as it is now */
export async function markShown(
  tx: Tx,
  alert: Alert,
  set: { calledAt: number } | { steppedAt: number },
  what: { personId: number | null; step: number },
  now: number,
): Promise<Alert> {
  await tx.db.update(tx.t.alerts).set(set).where(eq(tx.t.alerts.id, alert.id));
  await emit(tx, { ...clockEvent(alert, now), kind: 'alert.called', data: what });
  return { ...alert, ...set };
}

export async function markListed(tx: Tx, alert: Alert, step: number, now: number): Promise<void> {
  await emit(tx, { ...clockEvent(alert, now), kind: 'alert.listed', data: { step } });
}

/** Whoever claimed it got on with it; they are to be warned anew before it lapses. */
export async function markProgress(tx: Tx, alert: Alert, at: number): Promise<void> {
  await setAlert(tx, alert, { progressAt: at, warnedAt: null });
}

export async function markWarned(tx: Tx, alert: Alert, at: number): Promise<void> {
  await setAlert(tx, alert, { warnedAt: at });
}

/** Nothing came of a claim: it is open again for everybody, and climbs no further by itself. */
export async function lapse(tx: Tx, alert: Alert, owner: Person, now: number): Promise<void> {
  await setAlert(tx, alert, { ...NOBODY, step: LAST_STEP, steppedAt: now });
  await emit(tx, {
    ...clockEvent(alert, now),
    kind: 'alert.lapsed',
    before: 'claimed',
    after: 'open',
    data: { personId: owner.id },
  });
}

const NOBODY = { state: 'open', claimedBy: null, claimedAt: null, progressAt: null, warnedAt: null } as const;

/** The follow-up went to somebody else, and the claim with it. */
export async function moveClaim(tx: Tx, alert: Alert, toId: number, now: number): Promise<void> {
  if (alert.state !== 'claimed' || alert.claimedBy === toId) return;
  await setAlert(tx, alert, { claimedBy: toId, claimedAt: now, progressAt: now, warnedAt: null });
  await emit(tx, { ...clockEvent(alert, now), kind: 'alert.moved', data: { toId } });
}

interface ByPerson {
  by: Person;
  now: number;
}

const byPerson = (alert: Alert, { by, now }: ByPerson) => ({
  ...clockEvent(alert, now),
  actor: by.slackId,
  func: actingFunction(by),
  source: 'form',
});

/** Its signals were put to sleep. @param until null: until there is more of it */
export async function snoozed(tx: Tx, alert: Alert, until: number | null, act: ByPerson): Promise<void> {
  await emit(tx, { ...byPerson(alert, act), kind: 'alert.snoozed', data: { until } });
}

/** Who last put it to sleep, a Slack user id. */
export async function whoSnoozed(tx: ReadTx, alertId: number): Promise<string | null> {
  const { log } = tx.t;
  const [row] = await tx.db
    .select({ actor: log.actor })
    .from(log)
    .where(and(eq(log.alertId, alertId), eq(log.kind, 'alert.snoozed')))
    .orderBy(desc(log.at), desc(log.id))
    .limit(1);
  return row?.actor ?? null;
}

/** What came of it so far; the newest stands on the card. */
export async function noteAlert(tx: Tx, alert: Alert, note: string, act: ByPerson): Promise<void> {
  await setAlert(tx, alert, { note, notedBy: act.by.id, notedAt: act.now });
  await emit(tx, { ...byPerson(alert, act), kind: 'alert.noted', data: {} });
}

/** Somebody is asked to take it; it stays open for everybody. */
export async function offered(tx: Tx, alert: Alert, to: Person, act: ByPerson): Promise<void> {
  await setAlert(tx, alert, { offeredToId: to.id, offeredById: act.by.id });
  await emit(tx, { ...byPerson(alert, act), kind: 'alert.offered', data: { toId: to.id } });
}
