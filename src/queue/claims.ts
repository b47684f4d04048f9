import { and, asc, eq, inArray, min } from 'drizzle-orm';
import type { ReadTx, Store, Tx } from '../store/transact.js';
import type { OutboxRow } from './delivery.js';

const ACTIVE = ['new', 'sending', 'unknown'] as const;

/** Where something waits to go, the longest wait first. */
export async function waitingTargets(tx: ReadTx): Promise<string[]> {
  const { outbox } = tx.t;
  const rows = await tx.db
    .select({ target: outbox.target, first: min(outbox.id) })
    .from(outbox)
    .where(inArray(outbox.state, [...ACTIVE]))
    .groupBy(outbox.target)
    .orderBy(asc(min(outbox.id)));
  return rows.map((row) => row.target);
}

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
  const [row] = await tx.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.target, target), inArray(outbox.state, [...ACTIVE])))
    .orderBy(asc(outbox.id))
    .limit(1);
  if (!row) return undefined;
  if (row.state === 'sending') {
    const until = (row.sendingSince ?? 0) + claimMs;
    if (until > now) return until;
    await tx.db.update(outbox).set({ state: 'unknown', notBefore: 0 }).where(eq(outbox.id, row.id));
    return now;
  }
  if (row.notBefore > now) return row.notBefore;
  if (row.state === 'unknown') return row;
  const claim = { state: 'sending' as const, sendingSince: now, attempts: row.attempts + 1 };
  await tx.db.update(outbox).set(claim).where(eq(outbox.id, row.id));
  return { ...row, ...claim };
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

/**
 * Whether a row still stands as its worker took it: another process takes over a claim that grew too old, and two
 * may look up one row at once. What was sent counts all the same while its outcome is unknown to everybody else.
 */
export async function isStillTaken(tx: Tx, row: OutboxRow, wasSent: boolean): Promise<boolean> {
  const { outbox } = tx.t;
  const [now] = await tx.db
    .select({ state: outbox.state, attempts: outbox.attempts, lookups: outbox.lookups })
    .from(outbox)
    .where(eq(outbox.id, row.id));
  if (now?.attempts !== row.attempts) return false;
  return (now.state === row.state && now.lookups === row.lookups) || (wasSent && now.state === 'unknown');
}
