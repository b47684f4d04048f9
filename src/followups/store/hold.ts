import { and, eq } from 'drizzle-orm';
import { actingFunction, type Person } from '../../people/rules.js';
import { clearDue } from '../../queue/due.js';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import type { Followup } from '../rules.js';
import { courseKey, followupById } from '../store.js';
import { takeOffStandup } from './standup.js';

/** Why it became somebody else's. */
export type MoveWhy = 'passed' | 'given' | 'taken' | 'stand_in' | 'csm';

declare module '../../store/log.js' {
  interface EventKinds {
    /** Somebody else has it now; person ids. */
    'followup.moved': { why: MoveWhy; fromId: number; toId: number };
    'followup.offered': { toId: number };
    'followup.offer_ended': { toId: number; accepted: boolean };
    'followup.snoozed': { until: number };
  }
}

/** Who did it, when, and from where; `by` null for Baton itself. */
export interface Act {
  by: Person | null;
  now: number;
  source: string;
}

/**
 * Makes it somebody else's: their clock starts when they are shown it.
 * @param dueAt their time; the due time that stood is never put off for what was claimed or accepted by a person
 * @returns as it is now; undefined when it had ended or moved meanwhile
 */
export async function moveFollowup(
  tx: Tx,
  followup: Followup,
  move: {
    to: Person;
    why: MoveWhy;
    dueAt: number;
    insteadOf?: { id: number; why: 'delegate' | 'backup' | 'lead' } | null;
  },
  act: Act,
): Promise<Followup | undefined> {
  const { followups: f } = tx.t;
  const { to, why } = move;
  const isPassed = why === 'passed';
  const [moved] = await tx.db
    .update(f)
    .set({
      ownerId: to.id,
      dueAt: move.dueAt,
      deliveredAt: null,
      nudges: 0,
      nudgedAt: null,
      pending: null,
      roundId: null,
      snoozedUntil: null,
      offeredToId: null,
      offeredById: null,
      offer: null,
      insteadOfId: move.insteadOf?.id ?? null,
      insteadWhy: move.insteadOf?.why ?? null,
      passedFromId: isPassed ? followup.ownerId : followup.passedFromId,
      passedAt: isPassed ? act.now : followup.passedAt,
    })
    .where(and(eq(f.id, followup.id), eq(f.state, 'open'), eq(f.ownerId, followup.ownerId)))
    .returning();
  if (!moved) return undefined;
  await clearDue(tx, courseKey(followup.id));
  await takeOffStandup(tx, { kind: 'followup', subjectId: followup.id }, act.now);
  await emit(tx, {
    ...eventBase(followup, act),
    kind: 'followup.moved',
    data: { why, fromId: followup.ownerId, toId: to.id },
  });
  return followupById(tx, followup.id);
}

/** Asks somebody to take it over; it stays whose it is until they accept. @returns false when it had ended */
export async function offerFollowup(tx: Tx, followup: Followup, to: Person, act: Act): Promise<boolean> {
  const by = act.by?.id ?? null;
  if (!(await setOpen(tx, followup, { offeredToId: to.id, offeredById: by }))) return false;
  await emit(tx, { ...eventBase(followup, act), kind: 'followup.offered', data: { toId: to.id } });
  return true;
}

/** They will not, or the asking was taken back. */
export async function endOffer(tx: Tx, followup: Followup, act: Act): Promise<boolean> {
  const toId = followup.offeredToId;
  if (toId === null || !(await setOpen(tx, followup, { offeredToId: null, offeredById: null }))) return false;
  await emit(tx, {
    ...eventBase(followup, act),
    kind: 'followup.offer_ended',
    data: { toId, accepted: false },
  });
  return true;
}

/** Nothing is said of it until then. @returns false when it had ended */
export async function snoozeFollowup(tx: Tx, followup: Followup, until: number, act: Act): Promise<boolean> {
  const set = { snoozedUntil: until, snoozes: followup.snoozes + 1, pending: null };
  if (!(await setOpen(tx, followup, set))) return false;
  await emit(tx, { ...eventBase(followup, act), kind: 'followup.snoozed', data: { until } });
  return true;
}

/** Changes something about what is still owed. @returns false when it had ended */
export async function setOpen(tx: Tx, followup: Followup, set: Partial<Followup>): Promise<boolean> {
  const { followups: f } = tx.t;
  const rows = await tx.db
    .update(f)
    .set(set)
    .where(and(eq(f.id, followup.id), eq(f.state, 'open')))
    .returning({ id: f.id });
  return rows.length > 0;
}

function eventBase(followup: Followup, act: Act) {
  return {
    at: act.now,
    accountId: followup.accountId,
    fixId: followup.fixId,
    alertId: followup.alertId,
    followupId: followup.id,
    actor: act.by?.slackId ?? null,
    func: act.by ? actingFunction(act.by) : null,
    source: act.source,
  };
}
