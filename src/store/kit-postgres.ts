import * as pg from 'drizzle-orm/pg-core';
import type { Kit } from './kit.js';

/** The column kit on Postgres. On its own, so that it is only loaded where it is used. */
export const postgresKit = {
  table: pg.pgTable,
  id: () => pg.bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  text: (name: string) => pg.text(name),
  int: (name: string) => pg.integer(name),
  big: (name: string) => pg.bigint(name, { mode: 'number' }),
  instant: (name: string) => pg.bigint(name, { mode: 'number' }),
  bool: (name: string) => pg.boolean(name),
  // `json`, not `jsonb`: jsonb reorders keys, and the two databases must give back the same text.
  json: <T>(name: string) => pg.json(name).$type<T>(),
  index: pg.index,
  unique: pg.uniqueIndex,
} as unknown as Kit;
