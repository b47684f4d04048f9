import { askBadge } from '../../people/badges.js';
import { disturbsAt } from '../../people/ladder.js';
import { actingFunction, type Person, workingHours } from '../../people/rules.js';
import { leadsOf, personById, standIn } from '../../people/store.js';
import { repostCard } from '../../queue/cards.js';
import { clearDue, type DueHandler, setDue } from '../../queue/due.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { startOfNextWorkingDay } from '../../time/index.js';
import { type Followup, followupDueAt } from '../rules.js';
import { moveFollowup } from '../store/hold.js';
import { followupById } from '../store.js';

/** The due row by which what is owed is shown when its owner may be disturbed. */
export const deliverKey = (followupId: number) => `deliver:followup:${followupId}`;

/**
 * Shows what is owed to whoever owes it: in their working time, within their budget of badges, to whoever stands in
 * while they are away. @param isTheirs they took it themselves just now: it is their answer
 */
export async function deliverFollowup(
  tx: Tx,
  followup: Followup,
  now: number,
  isTheirs = false,
): Promise<void> {
  const owner = await personById(tx, followup.ownerId);
  if (!owner || followup.state !== 'open') return;
  if (await handToStandIn(tx, followup, owner, now)) return;
  const at = isTheirs ? now : disturbsAt(quietOf(followup, owner), now);
  if (at > now) return setDue(tx, deliverKey(followup.id), 'followup.deliver', followup.id, at);
  const about = `followup:${followup.id}`;
  if (!(await lights(tx, owner, followup, 'followup', about, now, { isOwn: isTheirs })))
    return setDue(tx, deliverKey(followup.id), 'followup.deliver', followup.id, tomorrow(owner, now));
  await clearDue(tx, deliverKey(followup.id));
  const onDelivered = `followup:${followup.id}:${owner.id}`;
  await placeFor(tx, owner, 'followup', followup.id, { accounts: [followup.accountId], onDelivered }, now);
}

/** A card to one person; when it cannot be delivered for good, their lead hears so. */
export async function placeFor(
  tx: Tx,
  person: Person,
  kind: string,
  subjectId: number,
  what: { accounts: number[]; onDelivered: string },
  now: number,
): Promise<void> {
  const [lead] = await leadsOf(tx, actingFunction(person) ?? 'success');
  const fallbackUserId = lead && lead.id !== person.id ? lead.slackId : null;
  await repostCard(tx, { kind, subjectId, target: person.slackId, fallbackUserId, ...what }, now);
}

/**
 * By when somebody is to have told a customer: the end of the next working day of whoever does it, themselves or who
 * stands in while they are away.
 */
export async function dueTimeOf(tx: ReadTx, owner: Person, now: number): Promise<number> {
  const acting = (await standIn(tx, owner, now))?.person ?? owner;
  return followupDueAt(now, workingHours(acting.hours));
}

/** When somebody may be disturbed with it; see `people/ladder.ts`. */
export const quietOf = (followup: Followup, owner: Person) => ({
  severity: followup.severity,
  hours: workingHours(owner.hours),
  passesQuietHours: owner.isOnCall === true,
});

/** Asks for one badge of somebody's day. */
export async function lights(
  tx: Tx,
  person: Person,
  followup: Pick<Followup, 'severity'>,
  kind: string,
  about: string,
  at: number,
  which: { step?: string; isOwn?: boolean } = {},
): Promise<boolean> {
  const isCritical = followup.severity === 'critical';
  return (await askBadge(tx, { personId: person.id, at, isCritical, kind, about, ...which })) === 'lit';
}

/** Held back today: weighed anew when their next working day begins. */
export const tomorrow = (person: Person, now: number) =>
  startOfNextWorkingDay(now, workingHours(person.hours));

/** Whoever is away or has left cannot tell anybody: it becomes whose who stands in. @returns whether it did */
export async function handToStandIn(
  tx: Tx,
  followup: Followup,
  owner: Person,
  now: number,
): Promise<boolean> {
  const found = await standIn(tx, owner, now);
  if (!found || found.person.id === owner.id || found.why === 'there') return false;
  const dueAt = Math.max(followup.dueAt, followupDueAt(now, workingHours(found.person.hours)));
  const insteadOf = { id: owner.id, why: found.why };
  const move = { to: found.person, why: 'stand_in' as const, dueAt, insteadOf };
  return (await moveFollowup(tx, followup, move, { by: null, source: 'clock', now })) !== undefined;
}

/** What a due row of a follow-up changes. */
export async function followupKeys(tx: ReadTx, row: { subjectId: number }): Promise<string[]> {
  const followup = await followupById(tx, row.subjectId);
  return followup ? [`account:${followup.accountId}`] : [];
}

/** Their working time has begun, or a new day with its badges. */
export const deliver: DueHandler = {
  keys: followupKeys,
  run: async (tx, row, now) => {
    const followup = await followupById(tx, row.subjectId);
    if (followup?.deliveredAt === null) await deliverFollowup(tx, followup, now);
    return null;
  },
};
