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

/** Whether there is still something to do about what a card shows. */
async function isLiving(tx: ReadTx, card: CardRow): Promise<boolean> {
  const { alerts, issues, followups, escalations, suggestions, flags, promises } = tx.t;
  const isOpenFollowup = { table: followups, where: eq(followups.state, 'open') };
  const isOpenFlag = { table: flags, where: inArray(flags.state, ['offered', 'returned']) };
  const lives = {
    alert: { table: alerts, where: inArray(alerts.state, ['open', 'claimed']) },
    issue: { table: issues, where: inArray(issues.state, ['new', 'open', 'waiting', 'resolved']) },
    followup: isOpenFollowup,
    nudge: isOpenFollowup,
    escalation: { table: escalations, where: isNotNull(escalations.openKey) },
    suggestion: { table: suggestions, where: isNotNull(suggestions.openKey) },
    flag: isOpenFlag,
    flag_sender: isOpenFlag,
    promise: { table: promises, where: eq(promises.state, 'open') },
  }[card.kind];
  // A kind that does not stand here yet is shown rather than lost.
  if (!lives) return true;
  const { table, where } = lives;
  const rows = await tx.db
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.id, card.subjectId), where));
  return rows.length > 0;
}
