import { and, eq, inArray } from 'drizzle-orm';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../store/transact.js';
import { cardById } from './cards.js';
import { isStillTaken } from './claims.js';

export type OutboxRow = ReadTx['t']['outbox']['$inferSelect'];

/** What became of one attempt to deliver a row. */
export type Verdict =
  | { state: 'sent'; channel: string; ts: string | null; hash: string | null }
  | { state: 'new'; notBefore: number; asDirectMessage?: boolean }
  | { state: 'unknown'; notBefore: number; lookedUp?: boolean }
  | { state: 'held'; reason: string }
  | { state: 'quiet'; reason: string }
  | { state: 'dead'; reason: string; forgetTs?: boolean }
  | { state: 'dropped'; reason: string };

export interface SettleHooks {
  onDelivered: (tx: Tx, what: string, at: number) => Promise<void>;
  onUndeliverable: (tx: Tx, row: OutboxRow, reason: string) => Promise<void>;
  businessNow: () => number;
}

/**
 * Writes what became of an attempt, unless another process has taken the row over meanwhile; what was sent is
 * emptied, since Slack holds it now.
 */
export async function settle(tx: Tx, row: OutboxRow, verdict: Verdict, hooks: SettleHooks): Promise<void> {
  if (!(await isStillTaken(tx, row, verdict.state === 'sent'))) return;
  switch (verdict.state) {
    case 'sent':
      return settleSent(tx, row, verdict, hooks);
    case 'new':
    case 'unknown':
      return settleWaiting(tx, row, verdict);
    case 'quiet':
      return update(tx, row, { state: 'quiet', error: verdict.reason });
    case 'held':
    case 'dead':
      return settleFailed(tx, row, verdict, hooks);
    case 'dropped':
      await update(tx, row, { state: 'dropped', error: verdict.reason, text: null, blocks: null });
  }
}

const wasSent = (
  db: Db,
  { outbox: o }: Tables,
  its: { id: number; sentAt: number; channel: string; ts: string | null },
) =>
  db
    .update(o)
    .set({
      state: 'sent',
      sentAt: its.sentAt,
      channel: its.channel,
      ts: its.ts,
      text: null,
      blocks: null,
      error: null,
    })
    .where(eq(o.id, its.id));

async function settleSent(
  tx: Tx,
  row: OutboxRow,
  sent: Extract<Verdict, { state: 'sent' }>,
  hooks: SettleHooks,
): Promise<void> {
  const now = hooks.businessNow();
  await tx.prepared(wasSent, { id: row.id, sentAt: now, channel: sent.channel, ts: sent.ts });
  if (row.cardId !== null) await settleCard(tx, row.cardId, sent, now, hooks);
  if (row.onDelivered) await hooks.onDelivered(tx, row.onDelivered, now);
}

const stands = (
  db: Db,
  { cards: c }: Tables,
  its: { id: number; channel: string; ts: string | null; hash: string | null; deliveredAt: number },
) =>
  db
    .update(c)
    .set({ channel: its.channel, ts: its.ts, hash: its.hash, deliveredAt: its.deliveredAt })
    .where(eq(c.id, its.id));

async function settleCard(
  tx: Tx,
  cardId: number,
  sent: Extract<Verdict, { state: 'sent' }>,
  now: number,
  hooks: SettleHooks,
) {
  const card = await cardById(tx, cardId);
  if (!card) return;
  const isFirst = card.deliveredAt === null;
  const { channel, ts, hash } = sent;
  await tx.prepared(stands, { id: cardId, channel, ts, hash, deliveredAt: card.deliveredAt ?? now });
  if (isFirst && card.onDelivered) await hooks.onDelivered(tx, card.onDelivered, now);
}

async function settleWaiting(
  tx: Tx,
  row: OutboxRow,
  verdict: Extract<Verdict, { state: 'new' | 'unknown' }>,
): Promise<void> {
  if (verdict.state === 'unknown') {
    const lookups = row.lookups + (verdict.lookedUp ? 1 : 0);
    return update(tx, row, {
      state: 'unknown',
      notBefore: verdict.notBefore,
      lookups,
    });
  }
  if (!verdict.asDirectMessage) {
    return update(tx, row, {
      state: 'new',
      notBefore: verdict.notBefore,
      lookups: 0,
    });
  }
  // Baton cannot whisper there: said once as a direct message instead.
  const userId = row.userId ?? '';
  await update(tx, row, {
    state: 'new',
    kind: 'message',
    target: userId,
    privateChannel: null,
    threadTs: null,
    notBefore: 0,
  });
  tx.wake('outbox');
}

async function settleFailed(
  tx: Tx,
  row: OutboxRow,
  verdict: Extract<Verdict, { state: 'held' | 'dead' }>,
  hooks: SettleHooks,
): Promise<void> {
  await update(tx, row, { state: verdict.state, error: verdict.reason });
  if (verdict.state === 'dead' && verdict.forgetTs && row.cardId !== null)
    await forgetPosting(tx, row.cardId);
  await hooks.onUndeliverable(tx, row, verdict.reason);
}

/** The message is gone from Slack: the card's next change posts it anew. */
async function forgetPosting(tx: Tx, cardId: number): Promise<void> {
  await tx.db
    .update(tx.t.cards)
    .set({ ts: null, channel: null, hash: null })
    .where(eq(tx.t.cards.id, cardId));
}

async function update(tx: Tx, row: OutboxRow, set: Partial<OutboxRow>): Promise<void> {
  await tx.db.update(tx.t.outbox).set(set).where(eq(tx.t.outbox.id, row.id));
}

/** What was held back goes out again, after the place was mended. */
export async function releaseHeld(tx: Tx, targets: readonly string[]): Promise<void> {
  if (targets.length === 0) return;
  const { outbox } = tx.t;
  await tx.db
    .update(outbox)
    .set({ state: 'new', notBefore: 0, error: null })
    .where(and(inArray(outbox.target, [...targets]), eq(outbox.state, 'held')));
  tx.wake('outbox');
}
