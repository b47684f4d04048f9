import { accountById } from '../accounts/store.js';
import { workingHours } from '../people/rules.js';
import { personById } from '../people/store.js';
import { findCard, placeCard, repostCard, touchCards } from '../queue/cards.js';
import { type DueHandler, setDueBy } from '../queue/due.js';
import { setting } from '../settings/store.js';
import { NO_ACCOUNT } from '../signals/store/signals.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { alertKeys } from './call.js';
import { callWhoever } from './climb.js';
import { channelOf } from './route.js';
import { type Alert, firstPostAt, isSaidAnew } from './rules.js';
import { alertById, markPosted } from './store.js';

/**
 * Has an alert that changed shown: first when its signals have gathered; then in place on the day of its card, and on a
 * later working day anew. Whoever it calls by now is called.
 */
export async function showAlert(tx: Tx, alert: Alert, now: number): Promise<void> {
  if (alert.postedAt === null)
    return setDueBy(tx, `post:alert:${alert.id}`, 'alert.post', alert.id, firstPostAt(alert));
  await callWhoever(tx, alert.id, now);
  if (alert.channel === null) return;
  const card = await findCard(tx, 'alert', alert.id, alert.channel);
  const hours = workingHours(await setting(tx, 'hours'));
  if (card?.deliveredAt == null || !isSaidAnew(card.deliveredAt, now, hours))
    return touchAlert(tx, alert.id, now);
  await repostCard(tx, await placeOf(tx, alert, alert.channel), now);
}

/** A card stands: what stood before it becomes a line. */
export async function onCardShown(tx: Tx, alertId: number, at: number): Promise<void> {
  await touchCards(tx, 'alert', alertId, at);
}

/** Every kind of message that shows an alert. */
const ALERT_CARDS = ['alert', 'alert_call', 'alert_lapse'];

/** Has every message that shows an alert drawn anew. */
export async function touchAlert(tx: Tx, alertId: number, now: number): Promise<void> {
  for (const kind of ALERT_CARDS) await touchCards(tx, kind, alertId, now);
}

async function placeOf(tx: ReadTx, alert: Alert, channel: string) {
  const account = await accountById(tx, alert.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  return {
    kind: 'alert',
    subjectId: alert.id,
    target: channel,
    accounts: alert.accountId === NO_ACCOUNT ? [] : [alert.accountId],
    fallbackUserId: csm?.slackId ?? null,
    onDelivered: `alert_card:${alert.id}`,
  };
}

/** Its signals have gathered. */
export const postJob: DueHandler = {
  keys: alertKeys,
  run: async (tx, row, now) => {
    const alert = await alertById(tx, row.subjectId);
    if (!alert || alert.state === 'ended' || alert.postedAt !== null) return null;
    const channel = await channelOf(tx, alert);
    if (channel !== null) await placeCard(tx, await placeOf(tx, alert, channel), now);
    await markPosted(tx, alert.id, channel, now);
    await callWhoever(tx, alert.id, now);
    return null;
  },
};
