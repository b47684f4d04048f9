import * as lite from 'drizzle-orm/sqlite-core';

/**
 * The column kit: tables are written once, in these verbs, and give the SQLite and the Postgres tables alike.
 * The SQLite types stand for both, since every query goes through `Db` (see `transact.ts`), whose results
 * have one shape on both databases. The single cast of that claim is `postgresKit`.
 */
export const sqliteKit = {
  table: lite.sqliteTable,
  /** A number given by the database; order by it only after an instant. */
  id: () => lite.integer('id').primaryKey({ autoIncrement: true }),
  text: (name: string) => lite.text(name),
  int: (name: string) => lite.integer(name),
  /** A whole number that may not fit in 32 bits. */
  big: (name: string) => lite.integer(name),
  /** UTC milliseconds. */
  instant: (name: string) => lite.integer(name),
  bool: (name: string) => lite.integer(name, { mode: 'boolean' }),
  json: <T>(name: string) => lite.text(name, { mode: 'json' }).$type<T>(),
  index: lite.index,
  unique: lite.uniqueIndex,
};

export type Kit = typeof sqliteKit;
