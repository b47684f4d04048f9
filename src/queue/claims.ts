import { and, asc, eq, inArray, min } from 'drizzle-orm';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Store, Tx } from '../store/transact.js';
import type { OutboxRow } from './delivery.js';

const ACTIVE = ['new', 'sending', 'unknown'] as const;

/** Where something waits to go, the longest wait first. */
export async function waitingTargets(tx: ReadTx): Promise<string[]> {
  return (await tx.prepared(targets, {})).map((row) => row.target);
}

const targets = (db: Db, { outbox: o }: Tables, _its: object) =>
  db
    .select({ target: o.target, first: min(o.id) })
    .from(o)
    .where(inArray(o.state, [...ACTIVE]))
    .groupBy(o.target)
    .orderBy(asc(min(o.id)));

const headOf = (db: Db, { outbox: o }: Tables, its: { target: string }) =>
  db
    .select()
    .from(o)
    .where(and(eq(o.target, its.target), inArray(o.state, [...ACTIVE])))
    .orderBy(asc(o.id))
    .limit(1);

const take = (db: Db, { outbox: o }: Tables, its: { id: number; sendingSince: number; attempts: number }) =>
  db
    .update(o)
    .set({ state: 'sending', sendingSince: its.sendingSince, attempts: its.attempts })
    .where(eq(o.id, its.id));

/**
 * Takes the first row of a target, in a transaction that holds `out:<target>`. A claim that has stood for `claimMs`
 * is of a process that died: nobody knows whether Slack took it.
 * @returns the row, the machine instant to wait for, or undefined when the target has nothing to send
 */
export async function claimHead(
  tx: Tx,
  target: string,
  now: number,
  claimMs: number,
): Promise<OutboxRow | number | undefined> {
  const { outbox } = tx.t;
  const [row] = await tx.prepared(headOf, { target });
  if (!row) return undefined;
  if (row.state === 'sending') {
    const until = (row.sendingSince ?? 0) + claimMs;
    if (until > now) return until;
    await tx.db.update(outbox).set({ state: 'unknown', notBefore: 0 }).where(eq(outbox.id, row.id));
    return now;
  }
  if (row.notBefore > now) return row.notBefore;
  if (row.state === 'unknown') return row;
  const claim = { sendingSince: now, attempts: row.attempts + 1 };
  await tx.prepared(take, { id: row.id, ...claim });
  return { ...row, state: 'sending', ...claim };
}

/**
 * Makes a claim good for its whole time again, right before the call: what was read before it may have taken long.
 * @returns false when another process has taken the row over meanwhile
 */
export async function renewClaim(store: Store, row: OutboxRow, now: number): Promise<boolean> {
  return store.transact([`out:${row.target}`], async (tx) => {
    const { outbox } = tx.t;
    const held = await tx.db
      .update(outbox)
      .set({ sendingSince: now })
      .where(and(eq(outbox.id, row.id), eq(outbox.state, 'sending'), eq(outbox.attempts, row.attempts)))
      .returning({ id: outbox.id });
    return held.length > 0;
  });
}

/** Claims of a process that is gone become unknown at once; only right where this is the only process. */
export async function adoptClaims(store: Store): Promise<void> {
  await store.transact([], async (tx) => {
    const { outbox } = tx.t;
    await tx.db.update(outbox).set({ state: 'unknown', notBefore: 0 }).where(eq(outbox.state, 'sending'));
  });
}

const standing = (db: Db, { outbox: o }: Tables, its: { id: number }) =>
  db.select({ state: o.state, attempts: o.attempts, lookups: o.lookups }).from(o).where(eq(o.id, its.id));

/**
 * Whether a row still stands as its worker took it: another process takes over a claim that grew too old, and two
 * may look up one row at once. What was sent counts all the same while its outcome is unknown to everybody else.
 */
export async function isStillTaken(tx: Tx, row: OutboxRow, wasSent: boolean): Promise<boolean> {
  const [now] = await tx.prepared(standing, { id: row.id });
  if (now?.attempts !== row.attempts) return false;
  return (now.state === row.state && now.lookups === row.lookups) || (wasSent && now.state === 'unknown');
}
