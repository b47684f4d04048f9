import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../store/transact.js';

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
    await enqueueCard(tx, await speakOf(tx, existing, place.accounts), now);
    return existing.id;
  }
  return addPosting(tx, place, 0, now);
}

/** A card that grew speaks of more accounts: whoever may not read of them must not see it from now on. */
async function speakOf(tx: Tx, card: CardRow, accounts: readonly number[]): Promise<CardRow> {
  const all = [...new Set([...card.accounts, ...accounts])];
  if (all.length === card.accounts.length) return card;
  await tx.db.update(tx.t.cards).set({ accounts: all }).where(eq(tx.t.cards.id, card.id));
  return { ...card, accounts: all };
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

const insertCard = (db: Db, { cards: c }: Tables, its: Required<CardPlace> & { posting: number }) =>
  db
    .insert(c)
    .values({
      kind: its.kind,
      subjectId: its.subjectId,
      target: its.target,
      posting: its.posting,
      threadCardId: its.threadCardId,
      accounts: its.accounts as number[],
      internal: true,
      fallbackUserId: its.fallbackUserId,
      onDelivered: its.onDelivered,
    })
    .returning();

async function addPosting(tx: Tx, place: CardPlace, posting: number, now: number): Promise<number> {
  const [card] = await tx.prepared(insertCard, {
    threadCardId: null,
    fallbackUserId: null,
    onDelivered: null,
    ...place,
    posting,
  });
  if (!card) throw new Error('the card was not written');
  await enqueueCard(tx, card, now);
  return card.id;
}

const postings = (db: Db, { cards: c }: Tables, its: { kind: string; subjectId: number }) =>
  db
    .select()
    .from(c)
    .where(and(eq(c.kind, its.kind), eq(c.subjectId, its.subjectId)));

/** Has every posting of what changed drawn anew; changes in quick succession become one update. */
export async function touchCards(tx: Tx, kind: string, subjectId: number, now: number): Promise<void> {
  for (const card of await tx.prepared(postings, { kind, subjectId })) await enqueueCard(tx, card, now);
}

const cardOfId = (db: Db, { cards: c }: Tables, its: { id: number }) =>
  db.select().from(c).where(eq(c.id, its.id));

export async function cardById(tx: ReadTx, id: number): Promise<CardRow | undefined> {
  return (await tx.prepared(cardOfId, { id }))[0];
}

/** The newest posting of a card at a place. */
export async function findCard(
  tx: ReadTx,
  kind: string,
  subjectId: number,
  target: string,
): Promise<CardRow | undefined> {
  return (await tx.prepared(newestPosting, { kind, subjectId, target }))[0];
}

const newestPosting = (
  db: Db,
  { cards: c }: Tables,
  its: { kind: string; subjectId: number; target: string },
) =>
  db
    .select()
    .from(c)
    .where(and(eq(c.kind, its.kind), eq(c.subjectId, its.subjectId), eq(c.target, its.target)))
    .orderBy(desc(c.posting))
    .limit(1);

/** What the message at this place in Slack shows, if it is a card. */
export async function cardAt(tx: ReadTx, channel: string, ts: string): Promise<CardRow | undefined> {
  const [row] = await tx.db
    .select()
    .from(tx.t.cards)
    .where(and(eq(tx.t.cards.channel, channel), eq(tx.t.cards.ts, ts)));
  return row;
}

const touchWaiting = (db: Db, { outbox: o }: Tables, its: { cardId: number; accounts: number[] }) =>
  db
    .update(o)
    .set({ accounts: its.accounts })
    .where(and(eq(o.cardId, its.cardId), inArray(o.state, ['new', 'held', 'quiet'])))
    .returning({ id: o.id });

/**
 * Queues one drawing of a card, unless one waits already: the latest state is rendered when it is sent. The waiting
 * row is written, not only read, so that a sender who is taking it waits until what changed is committed, and draws
 * that; read alone, it would be drawn as it was before, and nothing would follow.
 */
export async function enqueueCard(tx: Tx, card: CardRow, now: number): Promise<void> {
  const waiting = await tx.prepared(touchWaiting, { cardId: card.id, accounts: card.accounts });
  tx.wake('outbox');
  if (waiting.length > 0) return;
  await tx.prepared(insertDrawing, {
    key: `card:${card.id}:${randomUUID()}`,
    target: card.target,
    cardId: card.id,
    threadCardId: card.threadCardId,
    accounts: card.accounts,
    internal: card.internal,
    fallbackUserId: card.fallbackUserId,
    createdAt: now,
  });
}

type Drawing = Pick<CardRow, 'target' | 'threadCardId' | 'accounts' | 'internal' | 'fallbackUserId'> & {
  key: string;
  cardId: number;
  createdAt: number;
};

const insertDrawing = (db: Db, { outbox: o }: Tables, its: Drawing) =>
  db.insert(o).values({
    key: its.key,
    kind: 'card',
    target: its.target,
    cardId: its.cardId,
    threadCardId: its.threadCardId,
    accounts: its.accounts,
    internal: its.internal,
    fallbackUserId: its.fallbackUserId,
    state: 'new',
    createdAt: its.createdAt,
  });
