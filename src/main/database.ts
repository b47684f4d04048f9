import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StorageConfig } from '../config.js';
import { follow } from '../loop.js';
import { lockFile, migrateSqlite } from '../store/migrate.js';
import { openSqlite } from '../store/sqlite.js';
import type { Probe, Store } from '../store/transact.js';

/** Brings the database up to this version and opens it. @throws NewerSchemaError when it is ahead of this version */
export async function openStore({ database }: StorageConfig, probe?: Probe): Promise<Store> {
  if (database.kind === 'postgres') {
    // Loaded where it is used: on SQLite it would only take room.
    const { migratePostgres } = await import('../store/migrate-postgres.js');
    const { openPostgres } = await import('../store/postgres.js');
    await migratePostgres(database.url);
    return openPostgres({ url: database.url, follow, probe });
  }
  mkdirSync(dirname(database.file), { recursive: true });
  await migrateSqlite(database.file);
  return openSqlite({ file: database.file, follow, probe });
}

/**
 * Keeps a second `baton start` off the same file; Postgres takes several. @throws FileLockedError
 * @returns how to give the lock back
 */
export async function holdDatabase({ database }: StorageConfig): Promise<() => void> {
  if (database.kind === 'postgres') return () => undefined;
  mkdirSync(dirname(database.file), { recursive: true });
  return lockFile(`${database.file}.lock`, 2_000);
}
