import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { lockKey } from './sql.js';
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
  const inTransaction = <T>(fn: (db: Db) => Promise<T>) => transaction(pool, fn);
  const db = Object.assign(drizzle(pool), { transaction: inTransaction }) as unknown as PgLike;
  return storeOver(db, options.follow, () => pool.end(), options.probe);
}

/**
 * One transaction on a connection of its own. What failed on it is said as it failed; a connection that does not even
 * take the rollback, or says nothing any more, is closed, and the pool opens another.
 */
async function transaction<T>(pool: pg.Pool, fn: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query('begin');
    const result = await fn(drizzle(client) as unknown as Db);
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

/** What a drizzle Postgres handle must offer; PGlite's does too. */
export type PgLike = Db & { transaction<T>(fn: (db: Db) => Promise<T>): Promise<T> };

/** Queries are built anew each time here: what is prepared on one connection of the pool does not run on another. */
function handleOn(db: Db): ReadTx {
  const t = postgresTables as Tables;
  return { db, t, prepared: async (query, its) => query(db, t, its) };
}

/** A store over any drizzle handle that speaks Postgres. */
export function storeOver(db: PgLike, follow: Follow, close: () => Promise<void>, probe?: Probe): Store {
  const wakes = new Wakes();

  async function once<T>(keys: readonly string[], fn: (tx: Tx) => Promise<T>, woken: Set<Work>): Promise<T> {
    return db.transaction(async (handle) => {
      const tx: Tx = {
        ...handleOn(handle),
        wake: (work) => void woken.add(work),
        follow: (event) => follow(tx, event),
      };
      for (const key of keys) await lockKey(handle, key);
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
        if (tries >= TRIES || !RUN_AGAIN.has(sqlState(err))) throw err;
      }
    }
  }

  return {
    dialect: 'postgres',
    transact: (keys, fn) => markTransaction(() => run(keys, fn)),
    read: (fn) => fn(handleOn(db)),
    onWake: (listener) => wakes.add(listener),
    close,
  };
}

function sqlState(err: unknown): string {
  for (let e: unknown = err; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code;
  }
  return '';
}
