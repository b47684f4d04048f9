import { and, asc, desc, eq, gte } from 'drizzle-orm';
import { plus } from '../../store/sql.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { BadgesSpent } from '../rules/badges.js';

export type BadgeRow = ReadTx['t']['badges']['$inferSelect'];

/** What a badge is about: unique for a person. */
export interface BadgeKey {
  personId: number;
  kind: string;
  about: string;
  step: string;
}

/**
 * Takes a person's book for the rest of the transaction. On Postgres the row written here is locked until the commit,
 * so that whoever asks next, in whatever process, counts what was lit before; SQLite writes one at a time anyway.
 */
export async function takeBook(tx: Tx, personId: number): Promise<void> {
  const { badgeBooks: b } = tx.t;
  await tx.db
    .insert(b)
    .values({ personId, asks: 1 })
    .onConflictDoUpdate({ target: b.personId, set: { asks: plus(b.asks, 1) } });
}

export async function badgeOf(tx: ReadTx, key: BadgeKey): Promise<BadgeRow | undefined> {
  const { badges: b } = tx.t;
  const [row] = await tx.db
    .select()
    .from(b)
    .where(
      and(eq(b.personId, key.personId), eq(b.about, key.about), eq(b.kind, key.kind), eq(b.step, key.step)),
    );
  return row;
}

/** What was lit on a day, and in the week of a Monday. */
export async function spentBadges(
  tx: ReadTx,
  personId: number,
  day: string,
  week: string,
): Promise<BadgesSpent> {
  const { badges: b } = tx.t;
  const rows = await tx.db
    .select({ day: b.day, isBeyond: b.isBeyond })
    .from(b)
    .where(and(eq(b.personId, personId), eq(b.week, week)));
  const within = rows.filter((row) => !row.isBeyond);
  return {
    today: within.filter((row) => row.day === day).length,
    thisWeek: within.length,
    beyondToday: rows.filter((row) => row.isBeyond && row.day === day).length,
  };
}

export async function writeBadge(
  tx: Tx,
  key: BadgeKey,
  row: Omit<BadgeRow, 'id' | keyof BadgeKey>,
): Promise<void> {
  const { badges: b } = tx.t;
  await tx.db
    .insert(b)
    .values({ ...key, ...row })
    .onConflictDoUpdate({ target: [b.personId, b.about, b.kind, b.step], set: row });
}

/** What is held back from a person since an instant, oldest first. */
export async function heldBadges(tx: ReadTx, personId: number, since: number): Promise<BadgeRow[]> {
  const { badges: b } = tx.t;
  return tx.db
    .select()
    .from(b)
    .where(and(eq(b.personId, personId), eq(b.state, 'held'), gte(b.heldAt, since)))
    .orderBy(asc(b.askedAt), asc(b.id));
}

/** Every ask about a subject, newest first. */
export async function badgesAbout(tx: ReadTx, about: string): Promise<BadgeRow[]> {
  const { badges: b } = tx.t;
  return tx.db.select().from(b).where(eq(b.about, about)).orderBy(desc(b.askedAt), desc(b.id));
}
