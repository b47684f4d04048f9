import { and, asc, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm';
import { type CardRow, enqueueCard } from '../queue/cards.js';
import type { ReadTx, Tx } from '../store/transact.js';

/** The next instant (business time) at which anything is due; what failed is left to its own retries. */
export async function nextDue(tx: ReadTx): Promise<number | undefined> {
  const { due } = tx.t;
  const [row] = await tx.db
    .select({ dueAt: due.dueAt })
    .from(due)
    .where(and(isNotNull(due.dueAt), isNull(due.error)))
    .orderBy(asc(due.dueAt))
    .limit(1);
  return row?.dueAt ?? undefined;
}

/** Something that Baton said: a new message, or one that changed in place. */
export interface Said {
  /** Channel id, or a user id for a direct message. */
  target: string;
  channel: string;
  ts: string;
  isNew: boolean;
}

/** What was sent after an instant (business time), each message once, in the order of sending. */
export async function saidSince(tx: ReadTx, since: number): Promise<Said[]> {
  const { outbox, cards } = tx.t;
  const rows = await tx.db
    .select({
      kind: outbox.kind,
      target: outbox.target,
      channel: outbox.channel,
      ts: outbox.ts,
      sentAt: outbox.sentAt,
      cardSince: cards.deliveredAt,
    })
    .from(outbox)
    .leftJoin(cards, eq(cards.id, outbox.cardId))
    .where(and(eq(outbox.state, 'sent'), gt(outbox.sentAt, since)))
    .orderBy(asc(outbox.sentAt), asc(outbox.id));
  const byPlace = new Map<string, Said>();
  for (const row of rows) {
    if (row.kind === 'private' || !row.channel || !row.ts) continue;
    const isNew = row.kind === 'message' || row.cardSince === row.sentAt;
    const place = `${row.channel}:${row.ts}`;
    const before = byPlace.get(place);
    if (before) before.isNew ||= isNew;
    else byPlace.set(place, { target: row.target, channel: row.channel, ts: row.ts, isNew });
  }
  return [...byPlace.values()];
}

/**
 * Has every card that still lives posted anew, as after a start with an empty Slack: where it stood is forgotten, and
 * so are the cards whose story is over. @returns how many are posted
 */
export async function postCardsAnew(tx: Tx, now: number): Promise<number> {
  const { cards } = tx.t;
  await tx.db.update(cards).set({ channel: null, ts: null, hash: null });
  let posted = 0;
  for (const card of await tx.db.select().from(cards).orderBy(asc(cards.id))) {
    if (await isLiving(tx, card)) {
      await enqueueCard(tx, card, now);
      posted += 1;
    } else await tx.db.delete(cards).where(eq(cards.id, card.id));
  }
  return posted;
}

async function isLiving(tx: ReadTx, card: CardRow): Promise<boolean> {
  const { alerts, issues, escalations } = tx.t;
  const id = card.subjectId;
  const found = {
    alert: () =>
      tx.db
        .select({ id: alerts.id })
        .from(alerts)
        .where(and(eq(alerts.id, id), inArray(alerts.state, ['open', 'claimed']))),
    issue: () =>
      tx.db
        .select({ id: issues.id })
        .from(issues)
        .where(and(eq(issues.id, id), inArray(issues.state, ['new', 'open', 'waiting', 'resolved']))),
    followup: () => openFollowup(tx, id),
    nudge: () => openFollowup(tx, id),
    escalation: () =>
      tx.db
        .select({ id: escalations.id })
        .from(escalations)
        .where(and(eq(escalations.id, id), isNull(escalations.answeredBy))),
  }[card.kind];
  return found !== undefined && (await found()).length > 0;
}

function openFollowup(tx: ReadTx, id: number) {
  const { followups } = tx.t;
  return tx.db
    .select({ id: followups.id })
    .from(followups)
    .where(and(eq(followups.id, id), eq(followups.state, 'open')));
}
