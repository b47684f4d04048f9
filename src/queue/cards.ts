import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { ReadTx, Tx } from '../store/transact.js';

export type CardRow = ReadTx['t']['cards']['$inferSelect'];

/** A living message: what it shows (`kind`, `subjectId`), where it stands, and who may read it. */
export interface CardPlace {
  kind: string;
  subjectId: number;
  /** Channel id, or a user id for a direct message. */
  target: string;
  /** Accounts that it speaks of. */
  accounts: readonly number[];
  /** Told once when the card cannot be delivered for good; a user id. */
  fallbackUserId?: string | null;
  /** The thing whose clock starts when the card is first delivered, e.g. `followup:7`. */
  onDelivered?: string | null;
  /** Stands in the thread of this card. */
  threadCardId?: number | null;
}

/** Puts a card somewhere, once; a card that already lives there is refreshed instead. @returns its id. */
export async function placeCard(tx: Tx, place: CardPlace, now: number): Promise<number> {
  const existing = await findCard(tx, place.kind, place.subjectId, place.target);
  if (existing) {
    await enqueueCard(tx, existing, now);
    return existing.id;
  }
  return addPosting(tx, place, 0, now);
}

/** Posts a card anew below what was said since; the older posting folds itself when it is refreshed. */
export async function repostCard(tx: Tx, place: CardPlace, now: number): Promise<number> {
  const existing = await findCard(tx, place.kind, place.subjectId, place.target);
  if (existing && existing.ts === null) {
    await enqueueCard(tx, existing, now);
    return existing.id;
  }
  return addPosting(tx, place, (existing?.posting ?? -1) + 1, now);
}

async function addPosting(tx: Tx, place: CardPlace, posting: number, now: number): Promise<number> {
  const { cards } = tx.t;
  const [card] = await tx.db
    .insert(cards)
    .values({
      kind: place.kind,
      subjectId: place.subjectId,
      target: place.target,
      posting,
      threadCardId: place.threadCardId ?? null,
      accounts: [...place.accounts],
      internal: true,
      fallbackUserId: place.fallbackUserId ?? null,
      onDelivered: place.onDelivered ?? null,
    })
    .returning();
  if (!card) throw new Error('the card was not written');
  await enqueueCard(tx, card, now);
  return card.id;
}

/** Has every posting of what changed drawn anew; changes in quick succession become one update. */
export async function touchCards(tx: Tx, kind: string, subjectId: number, now: number): Promise<void> {
  const { cards } = tx.t;
  const rows = await tx.db
    .select()
    .from(cards)
    .where(and(eq(cards.kind, kind), eq(cards.subjectId, subjectId)));
  for (const card of rows) await enqueueCard(tx, card, now);
}

/** The newest posting of a card at a place. */
export async function findCard(
  tx: ReadTx,
  kind: string,
  subjectId: number,
  target: string,
): Promise<CardRow | undefined> {
  const { cards } = tx.t;
  const [row] = await tx.db
    .select()
    .from(cards)
    .where(and(eq(cards.kind, kind), eq(cards.subjectId, subjectId), eq(cards.target, target)))
    .orderBy(desc(cards.posting))
    .limit(1);
  return row;
}

/** What the message at this place in Slack shows, if it is a card. */
export async function cardAt(tx: ReadTx, channel: string, ts: string): Promise<CardRow | undefined> {
  const [row] = await tx.db
    .select()
    .from(tx.t.cards)
    .where(and(eq(tx.t.cards.channel, channel), eq(tx.t.cards.ts, ts)));
  return row;
}

/**
 * Queues one drawing of a card, unless one waits already: the latest state is rendered when it is sent. The waiting
 * row is written, not only read, so that a sender who is taking it waits until what changed is committed, and draws
 * that; read alone, it would be drawn as it was before, and nothing would follow.
 */
export async function enqueueCard(tx: Tx, card: CardRow, now: number): Promise<void> {
  const { outbox } = tx.t;
  const waiting = await tx.db
    .update(outbox)
    .set({ accounts: card.accounts })
    .where(and(eq(outbox.cardId, card.id), inArray(outbox.state, ['new', 'held'])))
    .returning({ id: outbox.id });
  tx.wake('outbox');
  if (waiting.length > 0) return;
  await tx.db.insert(outbox).values({
    key: `card:${card.id}:${randomUUID()}`,
    kind: 'card',
    target: card.target,
    cardId: card.id,
    threadCardId: card.threadCardId,
    accounts: card.accounts,
    internal: card.internal,
    fallbackUserId: card.fallbackUserId,
    state: 'new',
    createdAt: now,
  });
}
