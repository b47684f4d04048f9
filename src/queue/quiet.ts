import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../store/transact.js';

/** Why a row is not sent now: a pause, after which it goes out; or the first week, after which most of it is old news. */
export type QuietReason = 'paused' | 'observing';

/** A digest of a time that is longer past than this tells nothing: the next one covers it. */
const STALE_MS = 12 * 3_600_000;
const TIMED: readonly string[] = ['digest', 'standup'];

export interface Released {
  /** How many rows go out now, by what they are: the kind of a card, or the first word of a message's key. */
  held: Map<string, number>;
  /** The same for digests that are too old to be sent. */
  dropped: Map<string, number>;
}

/** What a pause held back goes out, in the order in which it was written. `now` is business time. */
export async function releasePaused(tx: Tx, now: number): Promise<Released> {
  const rows = await quietRows(tx, 'paused');
  const released: Released = { held: new Map(), dropped: new Map() };
  const go: number[] = [];
  const stay: number[] = [];
  for (const { id, what, createdAt } of rows) {
    const isOld = TIMED.includes(what) && now - createdAt > STALE_MS;
    (isOld ? stay : go).push(id);
    const counts = isOld ? released.dropped : released.held;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  await settleQuiet(tx, go, 'new');
  await settleQuiet(tx, stay, 'dropped');
  return released;
}

/**
 * The first week is over: of what was not sent, cards that are still wanted go out, the rest is dropped.
 * @param isWanted by the kind of the card and its subject
 */
export async function releaseObserved(
  tx: Tx,
  isWanted: (kind: string, subjectId: number) => Promise<boolean>,
): Promise<void> {
  const go: number[] = [];
  const stay: number[] = [];
  for (const { id, what, subjectId } of await quietRows(tx, 'observing'))
    (subjectId !== null && (await isWanted(what, subjectId)) ? go : stay).push(id);
  await settleQuiet(tx, go, 'new');
  await settleQuiet(tx, stay, 'dropped');
}

async function quietRows(tx: Tx, reason: QuietReason) {
  const { outbox: o, cards: c } = tx.t;
  const rows = await tx.db
    .select({ id: o.id, key: o.key, createdAt: o.createdAt, kind: c.kind, subjectId: c.subjectId })
    .from(o)
    .leftJoin(c, eq(c.id, o.cardId))
    .where(and(eq(o.state, 'quiet'), eq(o.error, reason)))
    .orderBy(asc(o.id));
  return rows.map((row) => ({ ...row, what: row.kind ?? row.key.split(':')[0] ?? '' }));
}

const CHUNK = 500;

async function settleQuiet(tx: Tx, ids: readonly number[], state: 'new' | 'dropped'): Promise<void> {
  const { outbox: o } = tx.t;
  const set =
    state === 'new'
      ? { state, notBefore: 0, error: null }
      : { state, error: 'too old to be sent', text: null, blocks: null };
  for (let at = 0; at < ids.length; at += CHUNK)
    await tx.db
      .update(o)
      .set(set)
      .where(inArray(o.id, ids.slice(at, at + CHUNK)));
  if (ids.length > 0) tx.wake('outbox');
}
