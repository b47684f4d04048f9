import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { sqliteTables } from './tables/index.js';
import {
  type Db,
  type Follow,
  markTransaction,
  type Probe,
  type ReadTx,
  type Store,
  type Tx,
  WaitedInTransactionError,
  Wakes,
  type Work,
} from './transact.js';

export interface SqliteOptions {
  file: string;
  follow: Follow;
  /** Refuse (instead of allow) a transaction that waited for a timer or the network; on in tests. */
  strict?: boolean;
  /** How long to wait for another process to finish writing, ms. */
  busyMs?: number;
  probe?: Probe | undefined;
}

const RETRY_BUSY_MS = 15;

/**
 * Opens one writing and one read-only connection to the file.
 * `busy_timeout` is 0 because a waiting driver stops the event loop; `BEGIN IMMEDIATE` is retried here instead.
 */
export function openSqlite(options: SqliteOptions): Store {
  const writer = openConnection(options.file);
  const reader = new Database(options.file, { readonly: true, timeout: 0 });
  reader.pragma('query_only = ON');
  const db = drizzle(writer) as unknown as Db;
  const readTx: ReadTx = { db: drizzle(reader) as unknown as Db, t: sqliteTables };
  const wakes = new Wakes();
  const turns = new Turns();

  async function run<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    const woken = new Set<Work>();
    const tx: Tx = {
      db,
      t: sqliteTables,
      wake: (work) => void woken.add(work),
      follow: (event) => options.follow(tx, event),
    };
    await begin(writer, options.busyMs ?? 10_000);
    const result = await guarded(writer, options.strict ?? false, options.probe, () => fn(tx));
    queueMicrotask(() => wakes.announce(woken));
    return result;
  }

  return {
    dialect: 'sqlite',
    transact: (_keys, fn) => markTransaction(() => turns.take(() => run(fn))),
    read: (fn) => fn(readTx),
    onWake: (listener) => wakes.add(listener),
    close: async () => {
      await turns.take(async () => writer.close());
      reader.close();
    },
  };
}

function openConnection(file: string): Database.Database {
  const connection = new Database(file, { timeout: 0 });
  connection.pragma('journal_mode = WAL');
  connection.pragma('secure_delete = ON');
  connection.pragma('synchronous = FULL');
  return connection;
}

async function begin(connection: Database.Database, busyMs: number): Promise<void> {
  for (let waited = 0; ; waited += RETRY_BUSY_MS) {
    try {
      connection.exec('BEGIN IMMEDIATE');
      return;
    } catch (err) {
      const busy = err instanceof Database.SqliteError && err.code.startsWith('SQLITE_BUSY');
      if (!busy || waited >= busyMs) throw err;
    }
    await delay(RETRY_BUSY_MS);
  }
}

/** Commits what `fn` wrote, or rolls all of it back. Nothing but the database is awaited in between. */
async function guarded<T>(
  connection: Database.Database,
  strict: boolean,
  probe: Probe | undefined,
  fn: () => Promise<T>,
): Promise<T> {
  let waited = false;
  // The driver is synchronous, so a transaction is over within one turn of the event loop: if this fires, it waited.
  const turn = setImmediate(() => {
    waited = true;
  });
  try {
    const result = await fn();
    if (waited && strict) throw new WaitedInTransactionError();
    probe?.('committing');
    connection.exec('COMMIT');
    probe?.('committed');
    return result;
  } catch (err) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw err;
  } finally {
    clearImmediate(turn);
  }
}

/** One at a time, in the order of asking: the connection is shared state. */
class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(fn: () => Promise<T>): Promise<T> {
    const mine = this.last.then(fn, fn);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

/** The value of `PRAGMA synchronous` after a write: 2 is FULL. SQLite falls to 1 silently unless it was set. */
export function synchronousOf(file: string): number {
  const connection = openConnection(file);
  try {
    connection.exec('CREATE TABLE IF NOT EXISTS synchronous_probe (x)');
    connection.exec('DROP TABLE synchronous_probe');
    return connection.pragma('synchronous', { simple: true }) as number;
  } finally {
    connection.close();
  }
}
