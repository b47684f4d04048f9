import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { BuiltOnce } from './built.js';
import { isOfNames, type Names, nameOf, sqlState } from './names.js';
import { beginHolding } from './sql.js';
import type { Tables } from './tables/index.js';
import { postgresTables } from './tables/postgres.js';
import {
  type Db,
  type Follow,
  markTransaction,
  type Probe,
  type ReadTx,
  type Store,
  type Tx,
  Wakes,
  type Work,
} from './transact.js';

export interface PostgresOptions {
  url: string;
  follow: Follow;
  /** Connections at most. */
  connections?: number;
  /** A connection on which nothing was answered for so long is given up, ms. */
  answerMs?: number;
  probe?: Probe | undefined;
}

/** A deadlock or a serialisation failure: Postgres asks to run the transaction again. */
const RUN_AGAIN = new Set(['40P01', '40001']);
const TRIES = 5;
/** Taken first by whatever runs again, so that those who met once do not meet each other a second time. */
const ONE_BY_ONE = 'run again';
/** No query of Baton takes this long; a server that cannot be reached any more says nothing at all. */
const ANSWER_MS = 30_000;

/** Opens a pool on a Postgres server; several processes may share the database. */
export function openPostgres(options: PostgresOptions): Store {
  const pool = connectTo(options);
  return storeOver(linesOf(pool), options.follow, () => pool.end(), options.probe);
}

/** The connections to a server, opened as they are needed. */
export function connectTo(options: Omit<PostgresOptions, 'follow' | 'probe'>): pg.Pool {
  const answerMs = options.answerMs ?? ANSWER_MS;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    query_timeout: answerMs,
    connectionTimeoutMillis: answerMs,
    keepAlive: true,
  });
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on('error', () => undefined);
  // Nor must one that it closes in the middle of a transaction, when nobody listens but us: the transaction fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** What a store needs of a Postgres: something to read with, and something else for each transaction. */
export interface Lines {
  reader: ReadTx;
  /** Runs `fn` in a transaction that holds an advisory lock on each key. */
  transaction<T>(keys: readonly string[], fn: (tx: ReadTx) => Promise<T>): Promise<T>;
  /** From now on no query has a name on the server. */
  forgetNames?(): void;
}

/** Reads over whichever connection is free, and a connection of its own for each transaction. */
export function linesOf(pool: pg.Pool): Lines {
  const names: Names = { areKept: true };
  return {
    reader: readerOn(pool, names),
    transaction: (keys, fn) => transaction(pool, keys, (client) => fn(readerOn(client, names))),
    forgetNames: () => {
      names.areKept = false;
    },
  };
}

/**
 * One transaction on a connection of its own. What failed on it is said as it failed; a connection that does not even
 * take the rollback, or says nothing any more, is closed, and the pool opens another.
 */
async function transaction<T>(
  pool: pg.Pool,
  keys: readonly string[],
  fn: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query(beginHolding(keys.map((key) => client.escapeLiteral(key))));
    const result = await fn(client);
    await client.query('commit');
    return result;
  } catch (err) {
    isBroken = isUnanswered(err) || !(await rolledBack(client));
    throw err;
  } finally {
    client.release(isBroken);
  }
}

function rolledBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

function isUnanswered(err: unknown): boolean {
  for (let e: unknown = err; e instanceof Error; e = e.cause)
    if (e.message === 'Query read timeout') return true;
  return false;
}

/** One for each connection and one for the pool, with the queries that were built for it. */
const readers = new WeakMap<pg.Pool | pg.PoolClient, ReadTx>();

function readerOn(line: pg.Pool | pg.PoolClient, names: Names): ReadTx {
  const known = readers.get(line);
  if (known) return known;
  const db = drizzle(line) as unknown as Db;
  const t = postgresTables as Tables;
  const named = new BuiltOnce<Built>(db, t, nameOf);
  const nameless = new BuiltOnce<Built>(db, t);
  const reader: ReadTx = {
    db,
    t,
    prepared: async (query, its) =>
      (names.areKept ? named : nameless).of(query).execute(its) as Awaited<ReturnType<typeof query>>,
  };
  readers.set(line, reader);
  return reader;
}

/** A built query on this driver. */
interface Built {
  execute(its: object): Promise<unknown>;
}

/** A store over anything that speaks Postgres. */
export function storeOver(lines: Lines, follow: Follow, close: () => Promise<void>, probe?: Probe): Store {
  const wakes = new Wakes();

  function once<T>(keys: readonly string[], fn: (tx: Tx) => Promise<T>, woken: Set<Work>): Promise<T> {
    return lines.transaction(keys, async (reader) => {
      const tx: Tx = {
        ...reader,
        wake: (work) => void woken.add(work),
        follow: (event) => follow(tx, event),
      };
      const result = await fn(tx);
      probe?.('committing');
      return result;
    });
  }

  async function run<T>(keys: readonly string[], fn: (tx: Tx) => Promise<T>): Promise<T> {
    const sorted = [...new Set(keys)].sort();
    for (let tries = 1; ; tries += 1) {
      const woken = new Set<Work>();
      try {
        const result = await once(tries === 1 ? sorted : [ONE_BY_ONE, ...sorted], fn, woken);
        probe?.('committed');
        wakes.announce(woken);
        return result;
      } catch (err) {
        if (tries >= TRIES || !(RUN_AGAIN.has(sqlState(err)) || withoutNames(lines, err))) throw err;
      }
    }
  }

  return {
    dialect: 'postgres',
    transact: (keys, fn) => markTransaction(() => run(keys, fn)),
    read: async (fn) => {
      try {
        return await fn(lines.reader);
      } catch (err) {
        if (!withoutNames(lines, err)) throw err;
        return fn(lines.reader);
      }
    },
    onWake: (listener) => wakes.add(listener),
    close,
  };
}

/** Whether this failed for the names of queries on the server only: then it goes on without them. */
function withoutNames(lines: Lines, err: unknown): boolean {
  if (!lines.forgetNames || !isOfNames(err)) return false;
  lines.forgetNames();
  return true;
}
