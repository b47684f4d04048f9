import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePglite, type PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { afterAll, describe, expect } from 'vitest';
import { follow } from '../../src/loop.js';
import { migrateSqlite, migrationsFolder } from '../../src/store/migrate.js';
import { type Lines, storeOver } from '../../src/store/postgres.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Tables } from '../../src/store/tables/index.js';
import { postgresTables } from '../../src/store/tables/postgres.js';
import type { Db, Follow, ReadTx, Store } from '../../src/store/transact.js';
import { EMPTY_EVERY_TABLE, postgresDatabase, sharedPostgres } from './postgres.js';
import { walks } from './query-plans.js';
import { folderOfRun } from './run-databases.js';

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

/** Migrated once for all files of a worker; every opening is a copy. */
let template: Promise<string> | undefined;

async function makeTemplate(): Promise<string> {
  const file = join(folderOfRun(), `template-${process.pid}.db`);
  await migrateSqlite(file);
  return file;
}

export function sqliteDatabase(): TestDatabase {
  const folder = mkdtempSync(join(folderOfRun(), 'one-'));
  let file = '';
  return {
    name: 'sqlite',
    canRace: false,
    async open(options = {}) {
      await this.empty();
      template ??= makeTemplate();
      copyFileSync(await template, file);
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

/**
 * One for all files of a worker, which run one after another: its start keeps the event loop busy for seconds, which
 * costs others their sockets. Started when first needed.
 */
let client: PGlite | undefined;

/** One connection, and a handle anew for each transaction: what was built on one does not run on another. */
function linesOfPglite(db: PgliteDatabase): Lines {
  const on = (handle: unknown): ReadTx => ({
    db: handle as Db,
    t: postgresTables as Tables,
    prepared: async (query, its) => query(handle as Db, postgresTables as Tables, its),
  });
  return {
    reader: on(db),
    transaction: (keys, fn) =>
      db.transaction(async (handle) => {
        for (const key of keys)
          await handle.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
        return fn(on(handle));
      }),
  };
}

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
      return storeOver(linesOfPglite(db), options.follow ?? follow, async () => undefined);
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

const server = process.env.TEST_POSTGRES_URL;

/**
 * Runs the same scenarios on SQLite and on Postgres: on the real server where `TEST_POSTGRES_URL` is set, else on PGlite,
 * which is Postgres in this process. On all three the suite would take longer than it may.
 */
export function onEveryDatabase(what: string, scenarios: (database: TestDatabase) => void): void {
  const makers = [sqliteDatabase, server ? () => sharedPostgres(server) : pgliteDatabase];
  for (const make of makers) {
    const database = make();
    describe(`${what} on ${database.name}`, () => {
      scenarios(database);
      afterAll(async () => {
        await database.dispose();
        // What everything that was tried asked for: a read that grows with history is a fault of all that use it.
        if (database.name === 'sqlite' && template) expect(walks(await template)).toEqual([]);
      });
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
