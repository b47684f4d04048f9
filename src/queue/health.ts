import { and, asc, eq, gt, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import { plus } from '../store/sql.js';
import type { ReadTx, Store } from '../store/transact.js';

export interface QueueHealth {
  inboxWaiting: number;
  /** Since when the oldest waiting delivery waits, machine time; null when none does. */
  inboxOldestAt: number | null;
  parked: { id: number; kind: string; error: string | null }[];
  outboxWaiting: number;
  held: { target: string; error: string | null }[];
  dueFailing: { key: string; error: string | null }[];
}

const SHOWN = 20;

/** How the queues stand, for `/readyz` and the doctor. */
export async function queueHealth(tx: ReadTx): Promise<QueueHealth> {
  const { inbox, outbox, due } = tx.t;
  const waiting = await tx.db
    .select({ at: inbox.receivedAt })
    .from(inbox)
    .where(eq(inbox.state, 'new'))
    .orderBy(asc(inbox.id))
    .limit(1000);
  const parked = await tx.db
    .select({ id: inbox.id, kind: inbox.kind, error: inbox.error })
    .from(inbox)
    .where(eq(inbox.state, 'parked'))
    .orderBy(asc(inbox.id))
    .limit(SHOWN);
  const out = await tx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(inArray(outbox.state, ['new', 'sending', 'unknown']))
    .limit(1000);
  const held = await tx.db
    .select({ target: outbox.target, error: outbox.error })
    .from(outbox)
    .where(eq(outbox.state, 'held'))
    .orderBy(asc(outbox.id))
    .limit(SHOWN);
  const failing = await tx.db
    .select({ key: due.key, error: due.error })
    .from(due)
    // By the index of what is still due: what was done long ago stays as a row.
    .where(and(isNotNull(due.error), gt(due.dueAt, 0)))
    .orderBy(asc(due.dueAt), asc(due.id))
    .limit(SHOWN);
  return {
    inboxWaiting: waiting.length,
    inboxOldestAt: waiting[0]?.at ?? null,
    parked,
    outboxWaiting: out.length,
    held,
    dueFailing: failing,
  };
}

/** Writes a row, so that a full or read-only disk shows before Slack's events are refused. @throws what the database says */
export async function probeWrite(store: Store): Promise<void> {
  await store.transact([], async (tx) => {
    const { counters } = tx.t;
    await tx.db
      .insert(counters)
      .values({ name: 'probe', value: 0 })
      .onConflictDoUpdate({ target: counters.name, set: { value: plus(counters.value, 1) } });
  });
}

const KEEP_KEYS_MS = 30 * 24 * 3_600_000;
const CHUNK = 500;

/** Forgets the keys of deliveries handled more than 30 days ago, some at a time. @returns how many went. */
export async function forgetOldKeys(store: Store, now: number): Promise<number> {
  return store.transact([], async (tx) => {
    const { inbox } = tx.t;
    const old = await tx.db
      .select({ id: inbox.id })
      .from(inbox)
      .where(and(eq(inbox.state, 'done'), lte(inbox.receivedAt, now - KEEP_KEYS_MS)))
      .limit(CHUNK);
    if (old.length > 0)
      await tx.db.delete(inbox).where(
        inArray(
          inbox.id,
          old.map((row) => row.id),
        ),
      );
    return old.length;
  });
}

/** What has stood still for longer than this was forgotten by whoever should have done it. */
const STANDS_MS = 15 * 60_000;

/** Timed work whose time came long ago, and messages that nobody sends; both by business time, some of each. */
export async function standingStill(
  tx: ReadTx,
  now: number,
): Promise<{ due: { key: string; dueAt: number }[]; outbox: { target: string; createdAt: number }[] }> {
  const { due, outbox } = tx.t;
  const late = await tx.db
    .select({ key: due.key, dueAt: due.dueAt })
    .from(due)
    .where(and(isNotNull(due.dueAt), isNull(due.error), lte(due.dueAt, now - STANDS_MS)))
    .orderBy(asc(due.dueAt))
    .limit(SHOWN);
  const stuck = await tx.db
    .select({ target: outbox.target, createdAt: outbox.createdAt })
    .from(outbox)
    .where(and(inArray(outbox.state, ['new', 'sending', 'unknown']), lte(outbox.createdAt, now - STANDS_MS)))
    .orderBy(asc(outbox.id))
    .limit(SHOWN);
  return { due: late.map((row) => ({ key: row.key, dueAt: row.dueAt ?? 0 })), outbox: stuck };
}
