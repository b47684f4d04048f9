import { accountById } from '../accounts/store.js';
import { putOnStandup, takeOffStandup } from '../followups/store/standup.js';
import { askBadges } from '../people/badges.js';
import { disturbsAt, type NextStep } from '../people/ladder.js';
import type { Person } from '../people/rules.js';
import { leadsOf, personById, standIn } from '../people/store.js';
import { clearDue, type DueHandler, setDue } from '../queue/due.js';
import { NO_ACCOUNT } from '../signals/store/signals.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { alertKeys, call, isAsleep, placeCall, quietOf, weighedAnewAt } from './call.js';
import { callRescuers } from './rescue.js';
import { type Alert, nextCall } from './rules.js';
import { markListed, markShown, markStep } from './store/course.js';
import { alertById } from './store.js';

/* What happens while nobody claims an alert that somebody was called about; see `people/ladder.ts`. */

const climbKey = (alertId: number) => `climb:alert:${alertId}`;

/** Has the next step due, or none: nothing climbs while nobody was shown it, while it sleeps, or once it is somebody's. */
async function planClimb(tx: Tx, alert: Alert, now: number): Promise<void> {
  const next = await nextOf(tx, alert, now);
  if (next === null) await clearDue(tx, climbKey(alert.id));
  else await setDue(tx, climbKey(alert.id), 'alert.climb', alert.id, next.at);
}

/** Calls whom an alert calls by now, and has what follows from that due. */
export async function callWhoever(tx: Tx, alertId: number, now: number): Promise<void> {
  const alert = await alertById(tx, alertId);
  if (alert) await call(tx, alert, now);
  const called = await alertById(tx, alertId);
  if (!called) return;
  await planClimb(tx, called, now);
  await callRescuers(tx, called, now);
}

/** Their working time has begun, or a new day with its badges. */
export const callJob: DueHandler = {
  keys: alertKeys,
  run: async (tx, row, now) => {
    await callWhoever(tx, row.subjectId, now);
    return null;
  },
};

/** It is somebody's, or over: it climbs no further, and stands before no lead. */
export async function endClimb(tx: Tx, alertId: number, now: number): Promise<void> {
  await clearDue(tx, climbKey(alertId));
  await takeOffStandup(tx, { kind: 'alert', subjectId: alertId }, now);
}

async function nextOf(tx: ReadTx, alert: Alert, now: number): Promise<NextStep | null> {
  const owner = await ownerOf(tx, alert, now);
  if (!owner || (await isAsleep(tx, alert))) return null;
  const { hours, passesQuietHours } = quietOf(alert, owner);
  return nextCall(alert, { hours, passesQuietHours }, now);
}

/** Whoever was called, or stands in for them by now. */
async function ownerOf(tx: ReadTx, alert: Alert, now: number): Promise<Person | undefined> {
  const called = alert.calledId === null ? undefined : await personById(tx, alert.calledId);
  return called && ((await standIn(tx, called, now))?.person ?? called);
}

/** The call stands before whoever it was for: from here its ladder runs. */
export async function onCallShown(tx: Tx, alertId: number, personId: number, at: number): Promise<void> {
  const alert = await alertById(tx, alertId);
  if (alert?.calledId !== personId || alert.calledAt !== null) return;
  await planClimb(tx, await markShown(tx, alert, { calledAt: at }, { personId, step: 0 }, at), at);
}

/** A step was shown: the next one counts from here. */
export async function onStepShown(tx: Tx, alertId: number, step: number, at: number): Promise<void> {
  const alert = await alertById(tx, alertId);
  if (alert?.step !== step || alert.steppedAt !== null) return;
  await planClimb(tx, await markShown(tx, alert, { steppedAt: at }, { personId: null, step }, at), at);
}

/** The next step, if it is still to be taken. */
export const climbJob: DueHandler = {
  keys: alertKeys,
  run: async (tx, row, now) => {
    const alert = await alertById(tx, row.subjectId);
    const next = alert && (await nextOf(tx, alert, now));
    if (!alert || !next) return null;
    if (next.at > now) return next.at;
    if (next.to === 'stand-up list') {
      await list(tx, alert, next.step, now);
      return null;
    }
    return take(tx, alert, { ...next, to: next.to }, now);
  },
};

/** Speaks to those of a step; with no room in anybody's day it waits for the next. @returns when to try again */
async function take(
  tx: Tx,
  alert: Alert,
  next: NextStep & { to: 'owner' | 'owner and backup' | 'lead' },
  now: number,
): Promise<number | null> {
  const people = await peopleOf(tx, alert, next.to, now);
  if (people.length === 0) {
    await list(tx, alert, next.step, now);
    return null;
  }
  const ats = people.map((person) => disturbsAt(quietOf(alert, person), now));
  const there = people.filter((_, n) => ats[n] === now);
  if (there.length === 0) return Math.min(...ats);
  const isCritical = alert.severity === 'critical';
  const badge = { kind: 'alert', about: `alert:${alert.id}`, step: `${alert.severity} ${next.step}` };
  const lit = await askBadges(tx, there, { at: now, isCritical, ...badge });
  if (lit.size === 0) return Math.min(...there.map((person) => weighedAnewAt(person, now)));
  await markStep(tx, alert, next.step);
  for (const person of there.filter(({ id }) => lit.has(id)))
    await placeCall(tx, alert, person, `alert_step:${alert.id}:${next.step}`, now);
  // The other function's lead is the second pair of eyes: a line on a list, not a message.
  if (next.to === 'lead') await standBefore(tx, alert, now);
  return null;
}

async function peopleOf(
  tx: ReadTx,
  alert: Alert,
  to: 'owner' | 'owner and backup' | 'lead',
  now: number,
): Promise<Person[]> {
  const owner = await ownerOf(tx, alert, now);
  if (!owner) return [];
  if (to === 'owner') return [owner];
  if (to === 'lead') {
    const [lead] = (await leadsOf(tx, funcOf(alert))).filter(({ id }) => id !== owner.id);
    const acting = lead && (await standIn(tx, lead, now))?.person;
    return acting && acting.id !== owner.id ? [acting] : [];
  }
  const account = await accountById(tx, alert.accountId);
  const backupId = account?.backupCsmId ?? owner.backupId;
  const backup = backupId === null ? undefined : await personById(tx, backupId);
  const acting = backup && (await standIn(tx, backup, now))?.person;
  return acting && acting.id !== owner.id ? [owner, acting] : [owner];
}

const funcOf = (alert: Alert) => (alert.accountId === NO_ACCOUNT ? 'support' : 'success');

async function list(tx: Tx, alert: Alert, step: number, now: number): Promise<void> {
  await markStep(tx, alert, step);
  await markListed(tx, alert, step, now);
  await standBefore(tx, alert, now);
}

/** Nobody has it: it stands before the leads of both functions. */
export async function standBefore(tx: Tx, alert: Alert, now: number): Promise<void> {
  const item = { kind: 'alert', subjectId: alert.id };
  const accountId = alert.accountId === NO_ACCOUNT ? null : alert.accountId;
  for (const func of ['success', 'support'] as const)
    await putOnStandup(tx, { ...item, func, accountId }, now);
}
