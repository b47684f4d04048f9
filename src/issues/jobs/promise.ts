import { askBadge } from '../../people/badges.js';
import { personById, personBySlackId, standIn } from '../../people/store.js';
import { placeCard, touchCards } from '../../queue/cards.js';
import { type DueHandler, setDue } from '../../queue/due.js';
import { setting } from '../../settings/store.js';
import type { Tx } from '../../store/transact.js';
import { nextWallTime } from '../../time/index.js';
import { asksAt, breaksAt, type CustomerPromise } from '../rules/promise.js';
import { endPromise, promiseById } from '../store/promises.js';

/** The due rows of a promise: at one it asks, at the other it counts as broken. */
export function promiseKeys(promiseId: number): [ask: string, breaks: string] {
  return [`ask:promise:${promiseId}`, `break:promise:${promiseId}`];
}

/** Has the promiser asked on the day. */
export async function schedulePromise(tx: Tx, promise: CustomerPromise, now: number): Promise<void> {
  const promiser = await personBySlackId(tx, promise.byUser);
  const zone = promiser?.hours.zone ?? (await setting(tx, 'zone'));
  const [key] = promiseKeys(promise.id);
  await setDue(tx, key, 'promise.ask', promise.id, asksAt(promise.dueOn, zone, now));
}

/**
 * Somebody was shown the question: from now it can count as broken.
 * @param askedId of whoever was asked; undefined of questions sent before it was written down: the promiser
 */
export async function onPromiseAsked(
  tx: Tx,
  promiseId: number,
  askedId: number | undefined,
  at: number,
): Promise<void> {
  const promise = await promiseById(tx, promiseId);
  if (promise?.state !== 'open') return;
  const asked = await (askedId === undefined ? personBySlackId(tx, promise.byUser) : personById(tx, askedId));
  if (!asked) return;
  const dueAt = breaksAt(promise.dueOn, at, asked.hours);
  const [, key] = promiseKeys(promiseId);
  await setDue(tx, key, 'promise.break', promiseId, dueAt);
}

const keys: DueHandler['keys'] = async (tx, row) => {
  const promise = await promiseById(tx, row.subjectId);
  return promise ? [`account:${promise.accountId}`] : [];
};

/**
 * On the day: was it kept? Asked once, of the promiser alone, or of who stands in while they are away: the customer
 * waits for it today. Where their day has no room it is asked the next morning, and of the promiser it stands in their
 * nine o'clock message; nothing counts as broken that was never asked.
 */
const ask: DueHandler = {
  keys,
  run: async (tx, row, now) => {
    const promise = await promiseById(tx, row.subjectId);
    if (promise?.state !== 'open') return null;
    const promiser = await personBySlackId(tx, promise.byUser);
    const asked = promiser && ((await standIn(tx, promiser, now))?.person ?? promiser);
    const about = { kind: 'promise', about: `promise:${promise.id}`, isCritical: false };
    const isHeld = asked && (await askBadge(tx, { ...about, personId: asked.id, at: now })) === 'held';
    if (isHeld) return nextWallTime(now, { time: '09:00', zone: asked.hours.zone });
    await placeCard(
      tx,
      {
        kind: 'promise',
        subjectId: promise.id,
        target: asked?.slackId ?? promise.byUser,
        accounts: [promise.accountId],
        onDelivered: asked ? `promise:${promise.id}:${asked.id}` : `promise:${promise.id}`,
      },
      now,
    );
    return null;
  },
};

/** Nobody said that it was kept. */
const breaks: DueHandler = {
  keys,
  run: async (tx, row, now) => {
    const promise = await promiseById(tx, row.subjectId);
    if (promise?.state !== 'open') return null;
    await endPromise(tx, promise, 'broken', null, now);
    await touchCards(tx, 'promise', promise.id, now);
    return null;
  },
};

export const promiseJobs = { 'promise.ask': ask, 'promise.break': breaks };
