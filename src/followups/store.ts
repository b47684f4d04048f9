import { and, asc, eq, isNotNull, lt } from 'drizzle-orm';
import { actingFunction, type Person } from '../people/rules.js';
import { clearDue } from '../queue/due.js';
import { emit } from '../store/log.js';
import { plus } from '../store/sql.js';
import type { ReadTx, Tx } from '../store/transact.js';
import type { Followup } from './rules.js';

declare module '../store/log.js' {
  interface EventKinds {
    'followup.opened': { matter: string };
    'followup.told': { matter: string };
    'followup.nudged': { step: number };
  }
}

export interface NewFollowup {
  accountId: number;
  kind: Followup['kind'];
  /** The fix or the alert that it is about. */
  fixId?: number;
  alertId?: number;
  ownerId: number;
  dueAt: number;
  now: number;
  source: string;
  actor: string | null;
}

/** Opens what is owed; one per account and matter. @returns the open one, and whether it stood before. */
export async function openFollowup(
  tx: Tx,
  wanted: NewFollowup,
): Promise<{ followup: Followup; existed: boolean }> {
  const { followups } = tx.t;
  const matter = wanted.fixId !== undefined ? `fix:${wanted.fixId}` : `alert:${wanted.alertId}`;
  const openKey = `${wanted.accountId}:${matter}`;
  const [added] = await tx.db
    .insert(followups)
    .values({
      accountId: wanted.accountId,
      kind: wanted.kind,
      openKey,
      fixId: wanted.fixId ?? null,
      alertId: wanted.alertId ?? null,
      ownerId: wanted.ownerId,
      createdAt: wanted.now,
      dueAt: wanted.dueAt,
      state: 'open',
    })
    .onConflictDoNothing({ target: followups.openKey })
    .returning();
  if (!added) {
    const [open] = await tx.db.select().from(followups).where(eq(followups.openKey, openKey));
    if (!open) throw new Error('the follow-up was not written');
    return { followup: open, existed: true };
  }
  await emit(tx, {
    kind: 'followup.opened',
    at: wanted.now,
    accountId: wanted.accountId,
    fixId: wanted.fixId ?? null,
    alertId: wanted.alertId ?? null,
    followupId: added.id,
    actor: wanted.actor,
    source: wanted.source,
    data: { matter },
  });
  return { followup: added, existed: false };
}

export async function followupById(tx: ReadTx, id: number): Promise<Followup | undefined> {
  const [row] = await tx.db.select().from(tx.t.followups).where(eq(tx.t.followups.id, id));
  return row;
}

/** What is or was owed to an account because of a fix; the newest. */
export async function followupOfFix(
  tx: ReadTx,
  fixId: number,
  accountId: number,
): Promise<Followup | undefined> {
  const { followups } = tx.t;
  const rows = await tx.db
    .select()
    .from(followups)
    .where(and(eq(followups.fixId, fixId), eq(followups.accountId, accountId)))
    .orderBy(asc(followups.id));
  return rows.at(-1);
}

export async function followupsOfFix(tx: ReadTx, fixId: number): Promise<Followup[]> {
  return tx.db
    .select()
    .from(tx.t.followups)
    .where(eq(tx.t.followups.fixId, fixId))
    .orderBy(asc(tx.t.followups.id));
}

export async function openFollowupsOf(tx: ReadTx, accountId: number): Promise<Followup[]> {
  const { followups: f } = tx.t;
  return tx.db
    .select()
    .from(f)
    .where(and(eq(f.accountId, accountId), isNotNull(f.openKey)))
    .orderBy(asc(f.dueAt));
}

/** What is still owed after the day by which it was due. */
export async function overdueFollowups(tx: ReadTx, now: number): Promise<Followup[]> {
  const { followups: f } = tx.t;
  return tx.db
    .select()
    .from(f)
    .where(and(isNotNull(f.openKey), lt(f.dueAt, now)))
    .orderBy(asc(f.dueAt));
}

/** The customer was told: one press of the owner or of whoever told them first. @returns false when it had ended. */
export async function tell(
  tx: Tx,
  followup: Followup,
  by: Person,
  now: number,
  source: string,
): Promise<boolean> {
  const { followups } = tx.t;
  const [ended] = await tx.db
    .update(followups)
    .set({ state: 'told', openKey: null, endedAt: now, endedBy: by.slackId, proof: 'word' })
    .where(and(eq(followups.id, followup.id), eq(followups.state, 'open')))
    .returning({ id: followups.id });
  if (!ended) return false;
  await clearDue(tx, nudgeKey(followup.id));
  await emit(tx, {
    kind: 'followup.told',
    at: now,
    accountId: followup.accountId,
    fixId: followup.fixId,
    alertId: followup.alertId,
    followupId: followup.id,
    actor: by.slackId,
    func: actingFunction(by),
    source,
    before: 'open',
    after: 'told',
    data: { matter: followup.fixId !== null ? `fix:${followup.fixId}` : `alert:${followup.alertId}` },
  });
  return true;
}

/** The due row that reminds the owner of a follow-up. */
export function nudgeKey(followupId: number): string {
  return `nudge:followup:${followupId}`;
}

/** The follow-up stands before its owner's eyes: from now its ladder runs. */
export async function markDelivered(tx: Tx, followupId: number, at: number): Promise<Followup | undefined> {
  const { followups } = tx.t;
  await tx.db.update(followups).set({ deliveredAt: at }).where(eq(followups.id, followupId));
  return followupById(tx, followupId);
}

export async function countNudge(tx: Tx, followup: Followup, now: number): Promise<void> {
  const { followups } = tx.t;
  await tx.db
    .update(followups)
    .set({ nudges: plus(followups.nudges, 1) })
    .where(eq(followups.id, followup.id));
  await emit(tx, {
    kind: 'followup.nudged',
    at: now,
    accountId: followup.accountId,
    fixId: followup.fixId,
    followupId: followup.id,
    source: 'clock',
    data: { step: followup.nudges + 1 },
  });
}
