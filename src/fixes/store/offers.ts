import { and, eq } from 'drizzle-orm';
import type { Issue } from '../../issues/rules/issue.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { TrackerItem } from '../trackers/address.js';
import { fixOfIssue } from './fixes.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** An item was named where an issue is spoken of; `thread` is where, null where its tracker said so. */
    'fix.offered': { offerId: number; thread: { channel: string; threadTs: string } | null };
  }
}

/** An item of a tracker that may be the fix of an issue, and what was said to linking it. */
export type FixOffer = ReadTx['t']['fixOffers']['$inferSelect'];

/** Where and by whom an item was named. */
export interface Named {
  /** A Slack user id; null where the tracker said so. */
  by: string | null;
  /** Business time, UTC ms. */
  at: number;
  source: string;
  thread: { channel: string; threadTs: string } | null;
}

/** Offers to link an item to an issue, once for all times; nothing is linked by that. @returns whether it was offered */
export async function offerFix(tx: Tx, issue: Issue, item: TrackerItem, named: Named): Promise<boolean> {
  const linked = await fixOfIssue(tx, issue.id);
  if (issue.state === 'closed' || linked?.trackerKey === item.key) return false;
  const { fixOffers } = tx.t;
  const { by: byUser, at } = named;
  const [offer] = await tx.db
    .insert(fixOffers)
    .values({ issueId: issue.id, trackerKey: item.key, url: item.url, byUser, at, state: 'offered' })
    .onConflictDoNothing({ target: [fixOffers.issueId, fixOffers.trackerKey] })
    .returning();
  if (!offer) return false;
  await emit(tx, {
    kind: 'fix.offered',
    at,
    accountId: issue.accountId,
    issueId: issue.id,
    actor: byUser,
    source: named.source,
    after: item.name,
    data: { offerId: offer.id, thread: named.thread },
  });
  return true;
}

export async function offerById(tx: ReadTx, id: number): Promise<FixOffer | undefined> {
  const [row] = await tx.db.select().from(tx.t.fixOffers).where(eq(tx.t.fixOffers.id, id));
  return row;
}

/** It was decided, by whichever way. @param by a Slack user id @returns the offer, undefined when none was open */
export async function endOffer(
  tx: Tx,
  of: { issueId: number; trackerKey: string },
  state: 'linked' | 'no',
  by: string | null,
): Promise<FixOffer | undefined> {
  const { fixOffers: o } = tx.t;
  const [row] = await tx.db
    .update(o)
    .set({ state, decidedBy: by })
    .where(and(eq(o.issueId, of.issueId), eq(o.trackerKey, of.trackerKey), eq(o.state, 'offered')))
    .returning();
  return row;
}
