import { and, asc, eq, isNull } from 'drizzle-orm';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { ReasonKind } from '../rules.js';

/** That there is news to tell; the other reasons are owed without any. */
export const NEWS_REASONS: readonly ReasonKind[] = ['live', 'declined'];

/** Why something is owed. */
export interface Reason {
  kind: ReasonKind;
  /** Id of the fix, alert, escalation or promise. */
  refId: number | null;
  /** A person's words. */
  words: string | null;
  /** A Slack user id; null for Baton itself. */
  by: string | null;
  at: number;
}

/** Adds a reason, once. @returns false when it stood there. */
export async function addReason(
  tx: Tx,
  followupId: number,
  reason: Pick<Reason, 'kind' | 'refId' | 'words'>,
  from: { actor: string | null; now: number },
): Promise<boolean> {
  const { followupReasons: r } = tx.t;
  const same = await tx.db
    .select({ id: r.id })
    .from(r)
    .where(
      and(
        eq(r.followupId, followupId),
        eq(r.kind, reason.kind),
        reason.refId === null ? isNull(r.refId) : eq(r.refId, reason.refId),
        reason.words === null ? isNull(r.words) : eq(r.words, reason.words),
      ),
    );
  if (same.length > 0) return false;
  await tx.db.insert(r).values({ followupId, ...reason, by: from.actor, at: from.now });
  return true;
}

/** Every reason, oldest first. */
export async function reasonsOf(tx: ReadTx, followupId: number): Promise<Reason[]> {
  const { followupReasons: r } = tx.t;
  return tx.db.select().from(r).where(eq(r.followupId, followupId)).orderBy(asc(r.at), asc(r.id));
}
