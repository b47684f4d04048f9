import { and, asc, eq, isNotNull, lte } from 'drizzle-orm';
import type { Logger } from 'pino';
import { failureText } from '../store/failure.js';
import { soonest } from '../store/sql.js';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Store, Tx } from '../store/transact.js';

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

interface Timed {
  key: string;
  kind: string;
  subjectId: number;
  dueAt: number;
}

const upsert = (db: Db, { due }: Tables, its: Timed) =>
  db
    .insert(due)
    .values({ key: its.key, kind: its.kind, subjectId: its.subjectId, dueAt: its.dueAt })
    .onConflictDoUpdate({
      target: due.key,
      set: { dueAt: its.dueAt, attempts: 0, notBefore: 0, error: null },
    });

/** Sets when a timed thing is due; there is one row per key, and a later call moves it. */
export async function setDue(
  tx: Tx,
  key: string,
  kind: string,
  subjectId: number,
  dueAt: number,
): Promise<void> {
  await tx.prepared(upsert, { key, kind, subjectId, dueAt });
  tx.wake('due');
}

const upsertBy = (db: Db, { due }: Tables, its: Timed) =>
  db
    .insert(due)
    .values({ key: its.key, kind: its.kind, subjectId: its.subjectId, dueAt: its.dueAt })
    .onConflictDoUpdate({ target: due.key, set: { dueAt: soonest(due.dueAt, its.dueAt) } });

/**
 * Like `setDue`, but never later than what already stands there. Read first and written then, a row that another
 * process takes in between would be left without a time.
 */
export async function setDueBy(
  tx: Tx,
  key: string,
  kind: string,
  subjectId: number,
  dueAt: number,
): Promise<void> {
  await tx.prepared(upsertBy, { key, kind, subjectId, dueAt });
  tx.wake('due');
}

const clear = (db: Db, { due }: Tables, its: { key: string }) =>
  db.update(due).set({ dueAt: null }).where(eq(due.key, its.key));

/** Nothing is due for this key any more. */
export async function clearDue(tx: Tx, key: string): Promise<void> {
  await tx.prepared(clear, { key });
}

const dueOfKey = (db: Db, { due }: Tables, its: { key: string }) =>
  db.select({ dueAt: due.dueAt }).from(due).where(eq(due.key, its.key));

/** When a key is due (business time), or null when nothing is. */
export async function dueAtOf(tx: ReadTx, key: string): Promise<number | null> {
  return (await tx.prepared(dueOfKey, { key }))[0]?.dueAt ?? null;
}

/** Takes a due row for this process, if it still stands as it was read. */
const claim = (db: Db, { due }: Tables, its: { id: number; dueAt: number }) =>
  db
    .update(due)
    .set({ dueAt: null, attempts: 0, error: null })
    .where(and(eq(due.id, its.id), eq(due.dueAt, its.dueAt)))
    .returning({ id: due.id });

/** The earliest instant (business time) at which anything is due, if anything is. */
export async function nextDueAt(tx: ReadTx): Promise<number | undefined> {
  return (await tx.prepared(earliest, {}))[0]?.dueAt ?? undefined;
}

const earliest = (db: Db, { due }: Tables, _its: object) =>
  db.select({ dueAt: due.dueAt }).from(due).where(isNotNull(due.dueAt)).orderBy(asc(due.dueAt)).limit(1);

const dueBy = (db: Db, { due }: Tables, its: { now: number; machineNow: number }) =>
  db
    .select()
    .from(due)
    .where(and(isNotNull(due.dueAt), lte(due.dueAt, its.now), lte(due.notBefore, its.machineNow)))
    .orderBy(asc(due.dueAt), asc(due.id))
    .limit(BATCH);

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
    return tx.prepared(dueBy, { now: this.o.businessNow(), machineNow: this.o.machineNow() });
  }

  /** @returns undefined when done, else the machine instant of the next try. */
  private async take(row: DueRow): Promise<number | undefined> {
    const handler = this.o.handlers[row.kind];
    try {
      if (!handler) throw new Error(`no handler for due kind ${row.kind}`);
      const keys = await this.o.store.read((tx) => handler.keys(tx, row));
      const work = async (tx: Tx): Promise<void> => {
        const [same] = await tx.prepared(claim, { id: row.id, dueAt: row.dueAt ?? 0 });
        if (!same) return;
        const next = await handler.run(tx, row, this.o.businessNow());
        if (next !== null) await setDueBy(tx, row.key, row.kind, row.subjectId, next);
      };
      await this.o.store.transact([`due:${row.key}`, ...keys], work, { isRepeatable: true });
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
