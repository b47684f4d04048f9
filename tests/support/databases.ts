import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { afterAll, describe } from 'vitest';
import { follow } from '../../src/loop.js';
import { migrateSqlite, migrationsFolder } from '../../src/store/migrate.js';
import { migratePostgres } from '../../src/store/migrate-postgres.js';
import { openPostgres, type PgLike, storeOver } from '../../src/store/postgres.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Follow, Store } from '../../src/store/transact.js';

/** A database for tests: empty and migrated at every opening. */
export interface TestDatabase {
  name: 'sqlite' | 'pglite' | 'postgres';
  /** True where two processes can really race. */
  canRace: boolean;
  open(options?: { follow?: Follow }): Promise<Store>;
  /** What a second process would be given to open the same data; only where that is possible. */
  address(): string;
  /** The same data opened a second time, as another process would. */
  another(): Promise<Store>;
  /** Makes a database without a single table (or a copy of another); `address` is then its own. */
  empty(copyOf?: string): Promise<void>;
  dispose(): Promise<void>;
}

export function sqliteDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'baton-'));
  // Migrated once; every opening is a copy.
  const template = join(folder, 'template.db');
  let file = '';
  return {
    name: 'sqlite',
    canRace: false,
    async open(options = {}) {
      await this.empty();
      if (!existsSync(template)) await migrateSqlite(template);
      copyFileSync(template, file);
      return openSqlite({ file, follow: options.follow ?? follow, strict: true });
    },
    address: () => `sqlite:${file}`,
    another: async () => openSqlite({ file, follow, strict: true }),
    empty: async () => {
      file = join(folder, `${randomBytes(6).toString('hex')}.db`);
    },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Emptied row by row: to truncate gives every table and index new files, which took longer than most tests. */
const EMPTY_EVERY_TABLE = `do $$ declare one record; has_rows boolean; begin
  for one in select tablename from pg_tables where schemaname = 'public' loop
    execute format('select exists (select 1 from public.%I)', one.tablename) into has_rows;
    if has_rows then execute format('delete from public.%I', one.tablename); end if;
  end loop;
  for one in select sequencename from pg_sequences where schemaname = 'public' and last_value is not null loop
    perform setval(format('public.%I', one.sequencename)::regclass, 1, false);
  end loop;
end $$`;

/**
 * One for all files of a worker, which run one after another: its start keeps the event loop busy for seconds, which
 * costs others their sockets. Started when first needed.
 */
let client: PGlite | undefined;

export function pgliteDatabase(): TestDatabase {
  return {
    name: 'pglite',
    canRace: false,
    async open(options = {}) {
      const isNew = client === undefined;
      client ??= new PGlite();
      const db = drizzlePglite(client);
      if (isNew) await migratePglite(db, { migrationsFolder: migrationsFolder('postgres') });
      else await client.exec(EMPTY_EVERY_TABLE);
      return storeOver(db as unknown as PgLike, options.follow ?? follow, async () => undefined);
    },
    address: () => {
      throw new Error('PGlite lives in this process only');
    },
    another: async () => {
      throw new Error('PGlite lives in this process only');
    },
    empty: async () => {
      throw new Error('PGlite lives in this process only');
    },
    dispose: async () => undefined,
  };
}

/**
 * A database of its own on a real server, dropped afterwards. @param isReused the next opening empties the same one:
 * much faster than a copy, where no test has two open at once
 */
export function postgresDatabase(server: string, isReused = false): TestDatabase {
  const made: string[] = [];
  // Migrated once; every opening is a copy.
  let template: string | undefined;
  let url = '';
  const run = async (sql: string, on = server) => {
    const connection = new pg.Client({ connectionString: on });
    await connection.connect();
    await connection.query(sql).finally(() => connection.end());
  };
  return {
    name: 'postgres',
    canRace: true,
    async open(options = {}) {
      if (isReused && url !== '') {
        await run(EMPTY_EVERY_TABLE, url);
        return openPostgres({ url, follow: options.follow ?? follow });
      }
      if (template === undefined) {
        await this.empty();
        await migratePostgres(url);
        template = made.at(-1);
      }
      await this.empty(template);
      return openPostgres({ url, follow: options.follow ?? follow });
    },
    address: () => url,
    another: async () => openPostgres({ url, follow }),
    empty: async (from = 'template1') => {
      const name = `baton_${randomBytes(6).toString('hex')}`;
      await run(`create database ${name} template ${from}`);
      // Nothing here must outlive a power cut.
      await run(`alter database ${name} set synchronous_commit = off`);
      made.push(name);
      url = Object.assign(new URL(server), { pathname: `/${name}` }).toString();
    },
    dispose: async () => {
      for (const name of made) await run(`drop database if exists ${name} with (force)`);
    },
  };
}

const server = process.env.TEST_POSTGRES_URL;

/**
 * Runs the same scenarios on SQLite and on Postgres: on the real server where `TEST_POSTGRES_URL` is set, else on PGlite,
 * which is Postgres in this process. On all three the suite would take longer than it may.
 */
export function onEveryDatabase(what: string, scenarios: (database: TestDatabase) => void): void {
  const makers = [sqliteDatabase, server ? () => postgresDatabase(server, true) : pgliteDatabase];
  for (const make of makers) {
    const database = make();
    describe(`${what} on ${database.name}`, () => {
      scenarios(database);
      afterAll(() => database.dispose());
    });
  }
}

/** Runs scenarios in which two processes meet: on a real Postgres only, visibly skipped without one. */
export function onRealPostgres(what: string, scenarios: (database: TestDatabase) => void): void {
  if (!server) {
    describe.skip(`${what} on postgres (set TEST_POSTGRES_URL)`, () => scenarios(sqliteDatabase()));
    return;
  }
  const database = postgresDatabase(server);
  describe(`${what} on postgres`, () => {
    scenarios(database);
    afterAll(() => database.dispose());
  });
}
