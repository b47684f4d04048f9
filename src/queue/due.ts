import { and, asc, eq, isNotNull, lte } from 'drizzle-orm';
import type { Logger } from 'pino';
import { failureText } from '../store/failure.js';
import type { ReadTx, Store, Tx } from '../store/transact.js';

export type DueRow = ReadTx['t']['due']['$inferSelect'];

/** What a kind of timed work does when its time has come. */
export interface DueHandler {
  /** Keys of what the work changes, e.g. `account:7`. */
  keys: (tx: ReadTx, row: DueRow) => Promise<readonly string[]>;
  /**
   * Does the work and says when it is due again (business time, UTC ms), or null when it is over. `now` may be
   * much later than `row.dueAt` after downtime.
   */
  run: (tx: Tx, row: DueRow, now: number) => Promise<number | null>;
}

export interface DueOptions {
  store: Store;
  handlers: Readonly<Record<string, DueHandler>>;
  /** Business time. */
  businessNow: () => number;
  /** Machine time, for retries. */
  machineNow: () => number;
  log: Logger;
}

const BATCH = 100;
const MAX_RETRY_MS = 300_000;

/** Sets when a timed thing is due; there is one row per key, and a later call moves it. */
export async function setDue(
  tx: Tx,
  key: string,
  kind: string,
  subjectId: number,
  dueAt: number,
): Promise<void> {
  await tx.db
    .insert(tx.t.due)
    .values({ key, kind, subjectId, dueAt })
    .onConflictDoUpdate({ target: tx.t.due.key, set: { dueAt, attempts: 0, notBefore: 0, error: null } });
  tx.wake('due');
}

/** Like `setDue`, but never later than what already stands there. */
export async function setDueBy(
  tx: Tx,
  key: string,
  kind: string,
  subjectId: number,
  dueAt: number,
): Promise<void> {
  const standing = await dueAtOf(tx, key);
  if (standing !== null && standing <= dueAt) return;
  await setDue(tx, key, kind, subjectId, dueAt);
}

/** Nothing is due for this key any more. */
export async function clearDue(tx: Tx, key: string): Promise<void> {
  await tx.db.update(tx.t.due).set({ dueAt: null }).where(eq(tx.t.due.key, key));
}

/** When a key is due (business time), or null when nothing is. */
export async function dueAtOf(tx: ReadTx, key: string): Promise<number | null> {
  const [row] = await tx.db.select({ dueAt: tx.t.due.dueAt }).from(tx.t.due).where(eq(tx.t.due.key, key));
  return row?.dueAt ?? null;
}

/** The earliest instant (business time) at which anything is due, if anything is. */
export async function nextDueAt(tx: ReadTx): Promise<number | undefined> {
  const { due } = tx.t;
  const [row] = await tx.db
    .select({ dueAt: due.dueAt })
    .from(due)
    .where(isNotNull(due.dueAt))
    .orderBy(asc(due.dueAt))
    .limit(1);
  return row?.dueAt ?? undefined;
}

/** Takes due rows one by one; the row is advanced in the transaction that does its work, so nothing fires twice. */
export class DueDesk {
  constructor(private readonly o: DueOptions) {}

  /** Does all that is due by now. @returns the machine instant at which a failed row is tried again, if one is. */
  async step(): Promise<number | undefined> {
    let retryAt: number | undefined;
    for (;;) {
      const rows = await this.o.store.read((tx) => this.dueRows(tx));
      const results = [];
      for (const row of rows) results.push(await this.take(row));
      for (const at of results) if (at !== undefined) retryAt = Math.min(retryAt ?? at, at);
      if (rows.length < BATCH && results.every((at) => at !== undefined)) return retryAt;
    }
  }

  private dueRows(tx: ReadTx): Promise<DueRow[]> {
    const { due } = tx.t;
    return tx.db
      .select()
      .from(due)
      .where(
        and(
          isNotNull(due.dueAt),
          lte(due.dueAt, this.o.businessNow()),
          lte(due.notBefore, this.o.machineNow()),
        ),
      )
      .orderBy(asc(due.dueAt), asc(due.id))
      .limit(BATCH);
  }

  /** @returns undefined when done, else the machine instant of the next try. */
  private async take(row: DueRow): Promise<number | undefined> {
    const handler = this.o.handlers[row.kind];
    try {
      if (!handler) throw new Error(`no handler for due kind ${row.kind}`);
      const keys = await this.o.store.read((tx) => handler.keys(tx, row));
      await this.o.store.transact([`due:${row.key}`, ...keys], async (tx) => {
        const [same] = await tx.db
          .update(tx.t.due)
          .set({ dueAt: null, attempts: 0, error: null })
          .where(and(eq(tx.t.due.id, row.id), eq(tx.t.due.dueAt, row.dueAt ?? 0)))
          .returning({ id: tx.t.due.id });
        if (!same) return;
        const next = await handler.run(tx, row, this.o.businessNow());
        if (next !== null) await setDueBy(tx, row.key, row.kind, row.subjectId, next);
      });
      return undefined;
    } catch (err) {
      return this.failed(row, err);
    }
  }

  private async failed(row: DueRow, err: unknown): Promise<number> {
    const notBefore = this.o.machineNow() + Math.min(MAX_RETRY_MS, 1_000 * 2 ** row.attempts);
    const error = failureText(err);
    this.o.log.error({ err, due: row.key }, 'due.failed');
    await this.o.store.transact([], async (tx) => {
      await tx.db
        .update(tx.t.due)
        .set({ attempts: row.attempts + 1, notBefore, error })
        .where(eq(tx.t.due.id, row.id));
    });
    return notBefore;
  }
}
