import { and, asc, desc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Touch, TouchHow } from '../rules/touch.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'touch.logged': { touchId: number; how: string };
  }
}

export interface NewTouch extends Omit<Touch, 'id' | 'about'> {
  about?: string;
  /** Who logged it: a Slack user id. */
  actor: string;
  source: string;
  /** When it was logged; UTC ms. */
  now: number;
}

/** Logs a conversation with an account, and says so (`touch.logged`). */
export async function logTouch(tx: Tx, touch: NewTouch): Promise<Touch> {
  const { actor, source, now, ...columns } = touch;
  const [row] = await tx.db
    .insert(tx.t.touches)
    .values({ ...columns, loggedAt: now })
    .returning();
  if (!row) throw new Error('the touch was not written');
  await emit(tx, {
    kind: 'touch.logged',
    at: now,
    accountId: touch.accountId,
    actor,
    func: touch.func,
    source,
    data: { touchId: row.id, how: touch.how },
  });
  return row;
}

/** What is said afterwards of the conversation by which something was done: how it took place, what came of it. */
export async function completeTouch(
  tx: Tx,
  about: string,
  said: { how: TouchHow | null; outcome: string | null },
): Promise<void> {
  const { touches } = tx.t;
  const known = { ...(said.how && { how: said.how }), ...(said.outcome && { outcome: said.outcome }) };
  if (Object.keys(known).length > 0) await tx.db.update(touches).set(known).where(eq(touches.about, about));
}

/** What others did with the accounts of a success manager since an instant (UTC ms), by when it was logged. */
export async function touchesByOthers(tx: ReadTx, csmId: number, since: number): Promise<Touch[]> {
  const { touches: t, accounts: a } = tx.t;
  const own = tx.db.select({ id: a.id }).from(a).where(eq(a.csmId, csmId));
  return tx.db
    .select()
    .from(t)
    .where(and(inArray(t.accountId, own), ne(t.byId, csmId), gt(t.loggedAt, since), isNotNull(t.about)))
    .orderBy(asc(t.loggedAt), asc(t.id));
}

export async function touchById(tx: ReadTx, id: number): Promise<Touch | undefined> {
  const [row] = await tx.db.select().from(tx.t.touches).where(eq(tx.t.touches.id, id));
  return row;
}

/** The last conversation of each function with an account, null where none was logged. */
export async function lastTouches(
  tx: ReadTx,
  accountId: number,
): Promise<{ support: Touch | null; success: Touch | null }> {
  const [support, success] = [
    await lastTouchOf(tx, accountId, 'support'),
    await lastTouchOf(tx, accountId, 'success'),
  ];
  return { support, success };
}

async function lastTouchOf(tx: ReadTx, accountId: number, func: Touch['func']): Promise<Touch | null> {
  const { touches: t } = tx.t;
  const [row] = await tx.db
    .select()
    .from(t)
    .where(and(eq(t.accountId, accountId), eq(t.func, func)))
    .orderBy(desc(t.at), desc(t.id))
    .limit(1);
  return row ?? null;
}

/** Conversations with an account after an instant (UTC ms), the latest first. */
export async function touchesSince(
  tx: ReadTx,
  accountId: number,
  after: number,
  limit = 50,
): Promise<Touch[]> {
  const { touches: t } = tx.t;
  return tx.db
    .select()
    .from(t)
    .where(and(eq(t.accountId, accountId), gt(t.at, after)))
    .orderBy(desc(t.at), desc(t.id))
    .limit(limit);
}
