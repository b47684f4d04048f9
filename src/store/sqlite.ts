import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { BuiltOnce } from './built.js';
import { GroupCommit } from './group-commit.js';
import { sqliteTables } from './tables/index.js';
import {
  type Db,
  type Follow,
  type How,
  insideTransaction,
  markTransaction,
  NestedTransactionError,
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
/** Statements kept ready per connection; lists of different lengths give different texts. */
const STATEMENTS = 500;

/**
 * Opens one writing and one read-only connection to the file.
 * `busy_timeout` is 0 because a waiting driver stops the event loop; `BEGIN IMMEDIATE` is retried here instead.
 */
export function openSqlite(options: SqliteOptions): Store {
  const writer = openConnection(options.file);
  const reader = rememberStatements(new Database(options.file, { readonly: true, timeout: 0 }));
  reader.pragma('query_only = ON');
  const writing = handleOn(writer);
  const readTx = handleOn(reader);
  const wakes = new Wakes();
  const commits = new GroupCommit(writer, {
    begin: () => begin(writer, options.busyMs ?? 10_000),
    probe: options.probe,
  });

  async function transact<T>(fn: (tx: Tx) => Promise<T>, how: How): Promise<T> {
    const woken = new Set<Work>();
    const tx: Tx = {
      ...writing,
      wake: (work) => void woken.add(work),
      follow: (event) => options.follow(tx, event),
    };
    let result: T | undefined;
    await commits.take(async () => {
      result = await markTransaction(() => inOneTurn(options.strict ?? false, () => fn(tx)));
    }, how);
    wakes.announce(woken);
    return result as T;
  }

  return {
    dialect: 'sqlite',
    transact: async (_keys, fn, how = {}) => {
      if (insideTransaction()) throw new NestedTransactionError();
      return transact(fn, how);
    },
    read: (fn) => fn(readTx),
    onWake: (listener) => wakes.add(listener),
    close: async () => {
      await commits.take(async () => undefined);
      writer.close();
      reader.close();
    },
  };
}

/** What runs queries on a connection, and keeps those that say so built. */
function handleOn(connection: Database.Database): ReadTx {
  const db = drizzle(connection) as unknown as Db;
  const built = new BuiltOnce<Built>(db, sqliteTables);
  return {
    db,
    t: sqliteTables,
    prepared: async (query, its) => built.of(query).execute(its).sync() as Awaited<ReturnType<typeof query>>,
  };
}

/** A built query on this driver. */
interface Built {
  execute(its: object): { sync(): unknown };
}

function openConnection(file: string): Database.Database {
  const connection = new Database(file, { timeout: 0 });
  connection.pragma('journal_mode = WAL');
  connection.pragma('secure_delete = ON');
  connection.pragma('synchronous = FULL');
  return rememberStatements(connection);
}

/**
 * Compiles each SQL text once for a connection: drizzle builds the same few hundred texts over and over, and compiling
 * them costs more than running them.
 */
function rememberStatements(connection: Database.Database): Database.Database {
  const known = new Map<string, Database.Statement>();
  const prepare = connection.prepare.bind(connection);
  const remembering = (text: string) => {
    const found = known.get(text);
    if (found) return found;
    if (known.size >= STATEMENTS) known.clear();
    const statement = prepare(text);
    known.set(text, statement);
    return statement;
  };
  return Object.assign(connection, { prepare: remembering as typeof connection.prepare });
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

/** Refuses, when asked to, what awaits anything but the database in between. */
async function inOneTurn<T>(strict: boolean, fn: () => Promise<T>): Promise<T> {
  let waited = false;
  // The driver is synchronous, so a transaction is over within one turn of the event loop: if this fires, it waited.
  const turn = setImmediate(() => {
    waited = true;
  });
  try {
    const result = await fn();
    if (waited && strict) throw new WaitedInTransactionError();
    return result;
  } finally {
    clearImmediate(turn);
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
