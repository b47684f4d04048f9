import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import type { Db } from './transact.js';

/** The only file with raw SQL: what the portable query subset lacks. */

/** Holds an advisory lock on a key until the Postgres transaction ends. */
export async function lockKey(db: Db, key: string): Promise<void> {
  const query = sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  await (db as unknown as { execute(query: SQL): Promise<unknown> }).execute(query);
}

/** `column + n`, computed by the database, so that two increments never lose one. */
export function plus(column: AnyColumn, n: number): SQL<number> {
  return sql<number>`${column} + ${n}`;
}
