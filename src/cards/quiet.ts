import { reasonsOf } from '../followups/store/reasons.js';
import { adminSlackIds } from '../people/store.js';
import type { CardRow } from '../queue/cards.js';
import type { OutboxRow } from '../queue/delivery.js';
import type { QuietReason } from '../queue/quiet.js';
import { setting } from '../settings/store.js';
import type { ReadTx } from '../store/transact.js';

/**
 * What goes out in the first week all the same, since a person of ours set it going by pressing or typing: what they
 * logged, whom they called, what they handed over, asked for or noted. Everything that Baton would begin by itself
 * (alerts, lines of customers who wait, service levels, news of fixes, reminders, digests) is kept for the report.
 */
const SET_GOING_BY_PEOPLE: ReadonlySet<string> = new Set([
  ...['issue', 'escalation', 'flag', 'flag_sender', 'followup_offer', 'promise', 'incident'],
  ...['owner', 'coverage', 'cover', 'standup', 'observed'],
]);

/**
 * Why a row is not sent now; undefined when nothing is in its way. Answers to whoever asked and drawings of what stands
 * already are sent always: they light nothing.
 */
export async function quietReason(
  tx: ReadTx,
  row: Pick<OutboxRow, 'kind' | 'key' | 'target'>,
  card: CardRow | undefined,
  now: number,
): Promise<QuietReason | undefined> {
  const what = card?.kind ?? row.key.split(':')[0] ?? '';
  if (card?.ts || row.kind === 'private' || what === 'private' || what === 'pause') return undefined;
  if ((await setting(tx, 'pause')) !== null) return 'paused';
  const observeUntil = await setting(tx, 'observeUntil');
  if (observeUntil === null || observeUntil <= now || SET_GOING_BY_PEOPLE.has(what)) return undefined;
  if ((await adminSlackIds(tx)).includes(row.target)) return undefined;
  if (card?.kind === 'followup' && (await isByHand(tx, card.subjectId))) return undefined;
  return 'observing';
}

/** Whether a person noted what is owed, rather than Baton. */
async function isByHand(tx: ReadTx, followupId: number): Promise<boolean> {
  return (await reasonsOf(tx, followupId)).some((reason) => reason.by !== null && reason.kind === 'hand');
}
