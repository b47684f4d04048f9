import { accountById } from '../../accounts/store.js';
import { disturbsAt } from '../../people/ladder.js';
import { personById } from '../../people/store.js';
import { findCard, repostCard } from '../../queue/cards.js';
import { type DueHandler, setDue } from '../../queue/due.js';
import { post } from '../../queue/enqueue.js';
import type { Tx } from '../../store/transact.js';
import { passedOn } from '../messages/moved.js';
import type { Followup } from '../rules.js';
import type { MoveWhy } from '../store/hold.js';
import { followupById } from '../store.js';
import { followupKeys, lights, quietOf, tomorrow } from './deliver.js';

/**
 * Whoever had it reads, below the message that asked them, that it is somebody else's now: a line, and no badge of
 * their day. Who gave it away, and who is away, knows.
 */
export async function tellFormer(
  tx: Tx,
  followup: Followup,
  move: { why: MoveWhy; fromId: number; toId: number; eventId: number; now: number },
): Promise<void> {
  if (move.why !== 'passed' && move.why !== 'taken' && move.why !== 'csm') return;
  const from = await personById(tx, move.fromId);
  const to = await personById(tx, move.toId);
  const account = await accountById(tx, followup.accountId);
  const card = from && (await findCard(tx, 'followup', followup.id, from.slackId));
  if (!from || !to || !account || !card) return;
  await post(tx, from.slackId, passedOn({ account: account.name, to: to.name, why: move.why }), move.now, {
    key: `followup:${followup.id}:moved:${move.eventId}`,
    accounts: [followup.accountId],
    threadCardId: card.id,
  });
}

const offerKey = (followupId: number) => `offer:followup:${followupId}`;

/** Asks the other whether they take it over, in their working time and within their budget. */
export async function deliverOffer(tx: Tx, followup: Followup, now: number): Promise<void> {
  const to = followup.offeredToId === null ? undefined : await personById(tx, followup.offeredToId);
  if (!to || followup.state !== 'open') return;
  const at = disturbsAt(quietOf(followup, to), now);
  const again = (when: number) => setDue(tx, offerKey(followup.id), 'followup.offer', followup.id, when);
  if (at > now) return again(at);
  if (!(await lights(tx, to, followup, 'offer', `followup:${followup.id}`, now)))
    return again(tomorrow(to, now));
  const place = { kind: 'followup_offer', subjectId: followup.id, target: to.slackId };
  await repostCard(tx, { ...place, accounts: [followup.accountId] }, now);
}

/** Their working time has begun, or a new day with its badges. */
export const offer: DueHandler = {
  keys: followupKeys,
  run: async (tx, row, now) => {
    const followup = await followupById(tx, row.subjectId);
    if (followup) await deliverOffer(tx, followup, now);
    return null;
  },
};
