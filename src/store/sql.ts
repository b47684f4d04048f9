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

/** `n`, or what stands in the column where that is less: decided by the database, on what is committed by then. */
export function soonest(column: AnyColumn, n: number): SQL<number> {
  return sql<number>`case when ${column} is null or ${column} > ${n} then ${n} else ${column} end`;
}

/** A mark for every value that a query may name, to be filled in when it runs. */
export function marks<Its extends object>(): Its {
  return new Proxy({}, { get: (_, name) => sql.placeholder(String(name)) }) as Its;
}
