import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

class NewerSchemaError extends Error {
  override name = 'NewerSchemaError';
  constructor(where: string) {
    super(
      `${where} was written by a newer Baton than this one: start the newer version, or restore a backup`,
    );
  }
}

const LOCK_WAIT_MS = 60_000;

/** The folder of generated migrations of a dialect. */
export function migrationsFolder(dialect: 'sqlite' | 'postgres'): string {
  return fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url));
}

/**
 * Brings a SQLite file to this version's schema; safe at every start and by two processes at once.
 * Foreign keys are off meanwhile and checked after, because drizzle's table rebuilds would empty child tables.
 * @throws NewerSchemaError when the file knows migrations that this version does not.
 */
export async function migrateSqlite(file: string, folder = migrationsFolder('sqlite')): Promise<void> {
  const release = await lockFile(`${file}.migrate-lock`, LOCK_WAIT_MS);
  const connection = new Database(file, { timeout: 5_000 });
  try {
    connection.pragma('journal_mode = WAL');
    const known = connection.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
    const last = known
      ? (connection.prepare('select max(created_at) as last from __drizzle_migrations').get() as {
          last: number | null;
        })
      : { last: null };
    refuseNewer(Number(last.last ?? 0), folder, file);
    connection.pragma('foreign_keys = OFF');
    migrate(drizzle(connection), { migrationsFolder: folder });
    const broken = connection.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0)
      throw new Error(`the migration of ${file} left ${broken.length} rows without their parent`);
  } finally {
    connection.close();
    release();
  }
}

/** @throws NewerSchemaError when the last applied migration is none of this version's */
export function refuseNewer(lastStamp: number, folder: string, where: string): void {
  const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as {
    entries: { when: number }[];
  };
  const newest = Math.max(0, ...journal.entries.map((entry) => entry.when));
  if (lastStamp > newest) throw new NewerSchemaError(where);
}

/**
 * Takes an exclusive lock on a file, given back by the system when the process ends, however it ends.
 * @returns how to release it. @throws FileLockedError when another process holds it for `waitMs`.
 */
export async function lockFile(file: string, waitMs: number): Promise<() => void> {
  const connection = new Database(file, { timeout: 0 });
  for (let waited = 0; ; waited += 50) {
    try {
      connection.exec('BEGIN EXCLUSIVE');
      return () => connection.close();
    } catch (err) {
      if (waited >= waitMs) {
        connection.close();
        throw new FileLockedError(file, { cause: err });
      }
    }
    await delay(50);
  }
}

export class FileLockedError extends Error {
  override name = 'FileLockedError';
  constructor(file: string, options?: ErrorOptions) {
    super(`another Baton holds ${file}: stop it first, or give this one a file of its own`, options);
  }
}
