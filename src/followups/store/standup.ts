import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { ReadTx, Tx } from '../../store/transact.js';

/** What stands on a lead's list: `kind` and `subjectId` name it, e.g. `alert` and 3. */
export interface StandupItem {
  id: number;
  func: 'support' | 'success';
  kind: string;
  subjectId: number;
  accountId: number | null;
  /** Since when, UTC ms of business time. */
  since: number;
}

/** Puts something before the leads of a function: the last step of a ladder. @returns false when it stood there. */
export async function putOnStandup(
  tx: Tx,
  item: Pick<StandupItem, 'func' | 'kind' | 'subjectId' | 'accountId'>,
  now: number,
): Promise<boolean> {
  const { standup } = tx.t;
  const added = await tx.db
    .insert(standup)
    .values({ ...item, openKey: `${item.func}:${item.kind}:${item.subjectId}`, since: now })
    .onConflictDoNothing({ target: standup.openKey })
    .returning({ id: standup.id });
  return added.length > 0;
}

/** It was done, or is nobody's affair any more: off every lead's list. */
export async function takeOffStandup(
  tx: Tx,
  item: Pick<StandupItem, 'kind' | 'subjectId'>,
  now: number,
): Promise<void> {
  const { standup } = tx.t;
  await tx.db
    .update(standup)
    .set({ openKey: null, endedAt: now })
    .where(
      and(eq(standup.kind, item.kind), eq(standup.subjectId, item.subjectId), isNotNull(standup.openKey)),
    );
}

/** A function's list as it stands, what waits longest first. */
export async function standupItems(tx: ReadTx, func: StandupItem['func']): Promise<StandupItem[]> {
  const { standup } = tx.t;
  return tx.db
    .select()
    .from(standup)
    .where(and(eq(standup.func, func), isNotNull(standup.openKey)))
    .orderBy(asc(standup.since), asc(standup.id));
}
