import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** The only file with raw SQL: what the portable query subset lacks. */

/**
 * Begins a Postgres transaction and holds an advisory lock on each key until it ends: one way to the server and back for
 * all of it. The keys come quoted. Each statement sees what was committed when it began, so the first one after this
 * sees what whoever held a lock before has written.
 */
export function beginHolding(quotedKeys: readonly string[]): string {
  const locks = quotedKeys.map((key) => `select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  return ['begin', ...locks].join('; ');
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
