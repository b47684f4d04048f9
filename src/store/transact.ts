import { AsyncLocalStorage } from 'node:async_hooks';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { LoggedEvent } from './log.js';
import type { Tables } from './tables/index.js';

/** A handle for queries; typed as SQLite's for both databases, asynchronous so that nobody forgets to await. */
export type Db = BaseSQLiteDatabase<'async', unknown, Record<string, never>>;

/** Queues whose workers are woken after a commit that gave them work. */
export type Work = 'inbox' | 'outbox' | 'due' | 'homes' | 'survey';

/**
 * A query of a path that every event walks: a constant function, so that it can be built once per connection. `its`
 * holds the values on one database and marks for them on the other, so it only passes them on, as they are.
 */
export type Query<Its extends object, Result> = (db: Db, t: Tables, its: Its) => PromiseLike<Result>;

/** What a query function takes: any handle, inside a transaction or on a reading connection. */
export interface ReadTx {
  readonly db: Db;
  readonly t: Tables;
  /** Runs a query that is built only once where the database allows: building one costs more than running it. */
  prepared<Its extends object, Result>(query: Query<Its, Result>, its: Its): Promise<Result>;
}

/** What a writing function takes: only `transact` hands one out, so that nothing is half-done. */
export interface Tx extends ReadTx {
  /** Wakes a worker once this transaction has committed. */
  wake(work: Work): void;
  /** Lets `loop.ts` add, in this transaction, what follows from an event. */
  follow(event: LoggedEvent): Promise<void>;
}

export type Follow = (tx: Tx, event: LoggedEvent) => Promise<void>;

/** How a transaction takes its turn among those that wait on one connection. */
export interface How {
  /** Goes before those that are not: Slack waits for what is stored before its ack. */
  isUrgent?: boolean;
  /**
   * Nobody outside was told of it, and all of it is done again from what stood before, should a power cut take it back:
   * then it need not be flushed to disk by itself, but is on disk with the next commit that is. A process that is killed
   * loses none of it.
   */
  isRepeatable?: boolean;
}

export interface Store {
  readonly dialect: 'sqlite' | 'postgres';
  /**
   * Runs `fn` in one transaction; everything it writes is committed, or nothing is.
   * @param keys what must not change underneath, e.g. `account:7`, `lane:C1`; at most one transaction per key
   *   runs at a time, in every process. Sorted here, so that two transactions never wait for each other.
   * @throws whatever `fn` throws, after the rollback; `NestedTransactionError` inside another transaction.
   */
  transact<T>(keys: readonly string[], fn: (tx: Tx) => Promise<T>, how?: How): Promise<T>;
  /** Reads committed state, without waiting for a writer. */
  read<T>(fn: (tx: ReadTx) => Promise<T>): Promise<T>;
  /** Calls `listener` after each commit that woke some work. */
  onWake(listener: (work: Work) => void): void;
  close(): Promise<void>;
}

export class NestedTransactionError extends Error {
  override name = 'NestedTransactionError';
  constructor() {
    super('transact was called inside a transaction: pass the tx down instead');
  }
}

export class WaitedInTransactionError extends Error {
  override name = 'WaitedInTransactionError';
  constructor(what = 'something outside the database') {
    super(`a transaction waited for ${what}: look it up before, or do it after the commit`);
  }
}

const running = new AsyncLocalStorage<boolean>();

/** True while the caller runs inside a transaction: the Web API client refuses to be called then. */
export function insideTransaction(): boolean {
  return running.getStore() === true;
}

/** Runs `fn` marked as inside a transaction. @throws NestedTransactionError when it already is. */
export function markTransaction<T>(fn: () => Promise<T>): Promise<T> {
  if (insideTransaction()) throw new NestedTransactionError();
  return running.run(true, fn);
}

/** Named points of the way of an event, where a test may end the process to see what survives. */
export type ProbePoint = 'stored' | 'acked' | 'committing' | 'committed' | 'accepted';
export type Probe = (point: ProbePoint) => void;

/** Collects what a transaction woke, to be announced after its commit. */
export class Wakes {
  private readonly listeners: ((work: Work) => void)[] = [];

  add(listener: (work: Work) => void): void {
    this.listeners.push(listener);
  }

  announce(woken: ReadonlySet<Work>): void {
    // Out of the transaction's context: what a worker starts now is not part of it.
    running.run(false, () => {
      for (const work of woken) for (const listener of this.listeners) listener(work);
    });
  }
}
