import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import { graver, type Severity } from '../people/ladder.js';
import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { type Followup, foremost, type ReasonKind } from './rules.js';
import { assignMatters, mattersToOpen, ownMatter, takeMatters } from './store/matters.js';
import { addReason } from './store/reasons.js';

declare module '../store/log.js' {
  interface EventKinds {
    'followup.opened': { matter: string };
    /** A later reason joined it; its due time may have come nearer. */
    'followup.grew': { reason: ReasonKind; nearer: boolean };
  }
}

export interface NewFollowup {
  accountId: number;
  kind: Followup['kind'];
  /** The fix or the alert that it is about. */
  fixId?: number;
  alertId?: number;
  /** What else it is about, e.g. `issue:12`: one story has one follow-up. */
  matters?: readonly string[];
  /** Why; by default the fix that is live, or the claimed alert. */
  reason?: { kind: ReasonKind; refId?: number | null; words?: string | null };
  severity?: Severity;
  ownerId: number;
  dueAt: number;
  now: number;
  source: string;
  actor: string | null;
}

/**
 * Opens what is owed, or adds a reason to the open follow-up of the same account and story: its due time may come
 * nearer, never go back, and nobody is asked a second time. @returns the open one, and whether it stood before.
 */
export async function openFollowup(
  tx: Tx,
  wanted: NewFollowup,
): Promise<{ followup: Followup; existed: boolean }> {
  const matters = mattersToOpen(wanted);
  const open = await takeMatters(tx, wanted.accountId, matters);
  if (open !== null)
    return { followup: await grow(tx, await known(tx, open), wanted, matters), existed: true };
  const [added] = await tx.db
    .insert(tx.t.followups)
    .values({
      accountId: wanted.accountId,
      kind: wanted.kind,
      fixId: wanted.fixId ?? null,
      alertId: wanted.alertId ?? null,
      ownerId: wanted.ownerId,
      severity: wanted.severity ?? 'medium',
      createdAt: wanted.now,
      dueAt: wanted.dueAt,
      state: 'open',
    })
    .returning();
  if (!added) throw new Error('the follow-up was not written');
  await assignMatters(tx, added, matters);
  const matter = matters[0] ?? (await ownMatter(tx, added));
  await tx.db
    .update(tx.t.followups)
    .set({ openKey: `${wanted.accountId}:${matter}` })
    .where(eq(tx.t.followups.id, added.id));
  await addReason(tx, added.id, reasonOf(wanted), wanted);
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

function reasonOf(wanted: NewFollowup): { kind: ReasonKind; refId: number | null; words: string | null } {
  const { reason, fixId, alertId } = wanted;
  if (reason) return { kind: reason.kind, refId: reason.refId ?? null, words: reason.words ?? null };
  if (fixId !== undefined)
    return { kind: wanted.kind === 'tell_declined' ? 'declined' : 'live', refId: fixId, words: null };
  return { kind: alertId === undefined ? 'hand' : 'alert', refId: alertId ?? null, words: null };
}

/** A later reason joins: a line, perhaps an earlier due time; never a second message or ladder. */
async function grow(
  tx: Tx,
  open: Followup,
  wanted: NewFollowup,
  matters: readonly string[],
): Promise<Followup> {
  const { followups } = tx.t;
  const reason = reasonOf(wanted);
  const isNew = await addReason(tx, open.id, reason, wanted);
  await assignMatters(tx, open, matters);
  const nearer = wanted.dueAt < open.dueAt;
  const [grown] = await tx.db
    .update(followups)
    .set({
      kind: foremost(open.kind, wanted.kind),
      severity: graver(open.severity, wanted.severity ?? 'low'),
      fixId: open.fixId ?? wanted.fixId ?? null,
      alertId: open.alertId ?? wanted.alertId ?? null,
      dueAt: nearer ? wanted.dueAt : open.dueAt,
    })
    .where(eq(followups.id, open.id))
    .returning();
  if (!grown) throw new Error('the follow-up is gone');
  if (isNew || nearer)
    await emit(tx, {
      kind: 'followup.grew',
      at: wanted.now,
      accountId: open.accountId,
      fixId: grown.fixId,
      alertId: grown.alertId,
      followupId: open.id,
      actor: wanted.actor,
      source: wanted.source,
      data: { reason: reason.kind, nearer },
    });
  return known(tx, open.id);
}

async function known(tx: ReadTx, id: number): Promise<Followup> {
  const followup = await followupById(tx, id);
  if (!followup) throw new Error(`follow-up ${id} is gone`);
  return followup;
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
  const all = await followupsOfFix(tx, fixId);
  return all.filter((one) => one.accountId === accountId).at(-1);
}

/** Every follow-up that is or was about a fix, also those that began with something else; oldest first. */
export async function followupsOfFix(tx: ReadTx, fixId: number): Promise<Followup[]> {
  const { followups: f, followupMatters: m } = tx.t;
  const ids = await tx.db
    .select({ id: m.followupId })
    .from(m)
    .where(eq(m.matter, `fix:${fixId}`));
  if (ids.length === 0) return [];
  return tx.db
    .select()
    .from(f)
    .where(
      inArray(
        f.id,
        ids.map((row) => row.id),
      ),
    )
    .orderBy(asc(f.id));
}

export async function openFollowupsOf(tx: ReadTx, accountId: number): Promise<Followup[]> {
  const { followups: f } = tx.t;
  return tx.db
    .select()
    .from(f)
    .where(and(eq(f.accountId, accountId), eq(f.state, 'open')))
    .orderBy(asc(f.dueAt), asc(f.id));
}

/** What somebody owes, the next due first. */
export async function openFollowupsOfPerson(tx: ReadTx, personId: number): Promise<Followup[]> {
  const { followups: f } = tx.t;
  return tx.db
    .select()
    .from(f)
    .where(and(eq(f.ownerId, personId), eq(f.state, 'open')))
    .orderBy(asc(f.dueAt), asc(f.id));
}

/** What is still owed after the day by which it was due. */
export async function overdueFollowups(tx: ReadTx, now: number): Promise<Followup[]> {
  const { followups: f } = tx.t;
  return tx.db
    .select()
    .from(f)
    .where(and(eq(f.state, 'open'), lt(f.dueAt, now)))
    .orderBy(asc(f.dueAt), asc(f.id));
}

/** The due row that moves a follow-up on. */
export function courseKey(followupId: number): string {
  return `nudge:followup:${followupId}`;
}
