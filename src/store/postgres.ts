import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { lockKey } from './sql.js';
import { postgresTables, type Tables } from './tables/index.js';
import {
  type Db,
  type Follow,
  markTransaction,
  type Probe,
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
  probe?: Probe | undefined;
}

/** A deadlock or a serialisation failure: Postgres asks to run the transaction again. */
const RUN_AGAIN = new Set(['40P01', '40001']);
const TRIES = 5;

/** Opens a pool on a Postgres server; several processes may share the database. */
export function openPostgres(options: PostgresOptions): Store {
  const pool = new pg.Pool({ connectionString: options.url, max: options.connections ?? 10 });
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on('error', () => undefined);
  return storeOver(drizzle(pool) as unknown as PgLike, options.follow, () => pool.end(), options.probe);
}

/** What a drizzle Postgres handle must offer; PGlite's does too. */
export type PgLike = Db & { transaction<T>(fn: (db: Db) => Promise<T>): Promise<T> };

/** A store over any drizzle handle that speaks Postgres. */
export function storeOver(db: PgLike, follow: Follow, close: () => Promise<void>, probe?: Probe): Store {
  const wakes = new Wakes();
  const t = postgresTables as Tables;

  async function once<T>(keys: readonly string[], fn: (tx: Tx) => Promise<T>, woken: Set<Work>): Promise<T> {
    return db.transaction(async (handle) => {
      const tx: Tx = {
        db: handle,
        t,
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
        const result = await once(sorted, fn, woken);
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
    read: (fn) => fn({ db, t }),
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
