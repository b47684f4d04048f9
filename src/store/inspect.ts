import { existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import pg from 'pg';
import { migrationsFolder } from './migrate.js';

/** How a database stands to this version of Baton, without changing it. */
export interface DatabaseState {
  /** `missing`: not made yet; `older` and `newer`: migrations that it lacks, or that this version does not know. */
  schema: 'missing' | 'older' | 'current' | 'newer';
  /** What of its own settings would lose an acknowledged event when the power fails; null when nothing would. */
  unsafe: string | null;
}

/** Looks at a SQLite file. @throws what SQLite says of one that cannot be read */
export function inspectSqlite(file: string): DatabaseState {
  if (!existsSync(file)) return { schema: 'missing', unsafe: null };
  const connection = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const known = connection.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
    const row = known
      ? (connection.prepare('select max(created_at) as last from __drizzle_migrations').get() as {
          last: number | null;
        })
      : null;
    const mode = String(connection.pragma('journal_mode', { simple: true }));
    return {
      schema: schemaOf(row === null ? null : Number(row.last ?? 0), 'sqlite'),
      // Every connection of Baton sets synchronous = FULL itself; the journal is the file's own.
      unsafe: mode === 'wal' ? null : `its journal_mode is ${mode}, not wal`,
    };
  } finally {
    connection.close();
  }
}

/** Looks at a Postgres database. @throws what it says when it cannot be reached */
export async function inspectPostgres(url: string): Promise<DatabaseState> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const known = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
    const last = known.rows[0]?.name
      ? Number(
          (await client.query('select max(created_at) as last from drizzle.__drizzle_migrations')).rows[0]
            ?.last ?? 0,
        )
      : null;
    const commit = String((await client.query('show synchronous_commit')).rows[0]?.synchronous_commit);
    const fsync = String((await client.query('show fsync')).rows[0]?.fsync);
    const unsafe = fsync === 'off' ? 'fsync is off' : commit === 'off' ? 'synchronous_commit is off' : null;
    return { schema: schemaOf(last, 'postgres'), unsafe };
  } finally {
    await client.end();
  }
}

function schemaOf(last: number | null, dialect: 'sqlite' | 'postgres'): DatabaseState['schema'] {
  if (last === null) return 'missing';
  const journal = JSON.parse(readFileSync(`${migrationsFolder(dialect)}/meta/_journal.json`, 'utf8')) as {
    entries: { when: number }[];
  };
  const newest = Math.max(0, ...journal.entries.map((entry) => entry.when));
  return last > newest ? 'newer' : last < newest ? 'older' : 'current';
}
