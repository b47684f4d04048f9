import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Followup } from '../rules.js';
import { followupById } from '../store.js';
import { setOpen } from './hold.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'followup.nudged': { step: number; why: string };
    /** It stands on the lead's list from now. */
    'followup.listed': { step: number };
  }
}

/** Several follow-ups in one message to one person. */
export interface NudgeRound {
  id: number;
  personId: number;
  at: number;
  followupIds: readonly number[];
}

/** A reminder of it is to be sent, with whatever else waits for its owner. */
export async function wantNudge(
  tx: Tx,
  followup: Followup,
  why: NonNullable<Followup['pending']>,
  now: number,
): Promise<boolean> {
  const step = why === 'overdue' ? followup.nudges + 1 : followup.nudges;
  // What a lead or the owner asked for is no step of the ladder.
  const nudgedAt = why === 'overdue' ? null : followup.nudgedAt;
  const set = { pending: why, nudges: step, nudgedAt, snoozedUntil: null };
  if (!(await setOpen(tx, followup, set))) return false;
  await emit(tx, { ...base(followup, now), kind: 'followup.nudged', data: { step, why } });
  return true;
}

/** Its last step: it stands before the leads. */
export async function countListed(tx: Tx, followup: Followup, now: number): Promise<void> {
  const step = followup.nudges + 1;
  await setOpen(tx, followup, { nudges: step, nudgedAt: now });
  await emit(tx, { ...base(followup, now), kind: 'followup.listed', data: { step } });
}

/** What waits to be brought to somebody's mind, the next due first. */
export async function pendingOf(tx: ReadTx, personId: number): Promise<Followup[]> {
  const { followups: f } = tx.t;
  return tx.db
    .select()
    .from(f)
    .where(and(eq(f.ownerId, personId), eq(f.state, 'open'), isNotNull(f.pending)))
    .orderBy(asc(f.dueAt), asc(f.id));
}

export async function addRound(
  tx: Tx,
  personId: number,
  followupIds: readonly number[],
  now: number,
): Promise<number> {
  const [row] = await tx.db
    .insert(tx.t.nudgeRounds)
    .values({ personId, at: now, followupIds: [...followupIds] })
    .returning({ id: tx.t.nudgeRounds.id });
  if (!row) throw new Error('the round was not written');
  return row.id;
}

export async function roundById(tx: ReadTx, id: number): Promise<NudgeRound | undefined> {
  const [row] = await tx.db.select().from(tx.t.nudgeRounds).where(eq(tx.t.nudgeRounds.id, id));
  return row;
}

/** The follow-up stands before its owner's eyes: from now its clock runs. */
export async function markDelivered(tx: Tx, followupId: number, at: number): Promise<Followup | undefined> {
  const followup = await followupById(tx, followupId);
  if (followup?.state === 'open' && followup.deliveredAt === null)
    await setOpen(tx, followup, { deliveredAt: at });
  return followupById(tx, followupId);
}

/** The reminder was shown: the next step counts from here. */
export async function markNudged(tx: Tx, followupId: number, at: number): Promise<Followup | undefined> {
  const followup = await followupById(tx, followupId);
  if (followup?.state === 'open') await setOpen(tx, followup, { nudgedAt: at, pending: null });
  return followupById(tx, followupId);
}

function base(followup: Followup, now: number) {
  return {
    at: now,
    accountId: followup.accountId,
    fixId: followup.fixId,
    followupId: followup.id,
    source: 'clock',
  };
}
