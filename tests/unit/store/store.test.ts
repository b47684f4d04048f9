import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type PgTable, getTableConfig as pgConfig } from 'drizzle-orm/pg-core';
import { getTableConfig as liteConfig } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeWrite } from '../../../src/queue/health.js';
import { createSlackApi } from '../../../src/slack/client.js';
import { slackLogger } from '../../../src/slack/logger.js';
import { migrateSqlite, migrationsFolder } from '../../../src/store/migrate.js';
import { openSqlite, synchronousOf } from '../../../src/store/sqlite.js';
import { sqliteTables } from '../../../src/store/tables/index.js';
import { postgresTables } from '../../../src/store/tables/postgres.js';
import type { Store } from '../../../src/store/transact.js';
import { quietLog } from '../../support/baton.js';

const journal = (dialect: 'sqlite' | 'postgres') =>
  JSON.parse(readFileSync(`${migrationsFolder(dialect)}/meta/_journal.json`, 'utf8')) as {
    entries: { tag: string; when: number }[];
  };

describe('the migrations', () => {
  it('have equal names and rising stamps on both databases', () => {
    const [lite, pg] = [journal('sqlite'), journal('postgres')];
    expect(lite.entries.map((entry) => entry.tag)).toEqual(pg.entries.map((entry) => entry.tag));
    for (const { entries } of [lite, pg]) {
      const stamps = entries.map((entry) => entry.when);
      expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
    }
  });
});

describe('every table', () => {
  const pairs = Object.entries(sqliteTables).map(
    ([name, table]) =>
      [name, liteConfig(table), pgConfig(postgresTables[name as 'inbox'] as unknown as PgTable)] as const,
  );

  it.each(pairs)('%s has the same columns, nullability and indexes on both databases', (_name, lite, pg) => {
    expect(lite.name).toBe(pg.name);
    const columns = (
      all: readonly { name: string; notNull: boolean; primary: boolean; hasDefault: boolean }[],
    ) =>
      all
        .map(({ name, notNull, primary }) => ({ name, notNull, primary }))
        .sort((a, b) => a.name.localeCompare(b.name));
    expect(columns(lite.columns)).toEqual(columns(pg.columns));
    const indexes = (
      all: readonly {
        config: { name?: string | undefined; unique?: boolean; columns: readonly unknown[] };
      }[],
    ) =>
      all
        .map(({ config }) => ({
          name: config.name,
          unique: config.unique ?? false,
          columns: config.columns.map((column) => (column as { name: string }).name),
        }))
        .sort((a, b) => String(a.name).localeCompare(String(b.name)));
    expect(indexes(lite.indexes)).toEqual(indexes(pg.indexes));
  });
});

describe('a SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-store-'));
  const file = join(folder, 'baton.db');
  let store: Store;
  beforeAll(async () => {
    await migrateSqlite(file);
    store = openSqlite({ file, follow: async () => undefined, strict: true });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is flushed in full after a write', async () => {
    await probeWrite(store);
    expect(synchronousOf(file)).toBe(2);
  });

  it('refuses a transaction that waits for a timer, and takes back what it wrote', async () => {
    const waiting = store.transact([], async (tx) => {
      await tx.db.insert(tx.t.counters).values({ name: 'waited', value: 1 });
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    await expect(waiting).rejects.toThrow('a transaction waited for something outside the database');
    const names = await store.read((tx) => tx.db.select().from(tx.t.counters));
    expect(names.map((row) => row.name)).not.toContain('waited');
  });

  it('refuses a Web API call inside a transaction, before anything leaves', async () => {
    const slack = createSlackApi({
      token: 'xoxb-1',
      apiUrl: 'http://127.0.0.1:9/api/',
      logger: slackLogger(quietLog),
    });
    const calling = store.transact([], () => slack.post({ channel: 'C1', text: 'x', key: 'k' }));
    await expect(calling).rejects.toThrow('a transaction waited for the Slack Web API');
  });

  it('refuses a transaction inside a transaction, and a write outside one', async () => {
    await expect(store.transact([], () => store.transact([], async () => undefined))).rejects.toThrow(
      'pass the tx down',
    );
    const outside = store.read((tx) => tx.db.insert(tx.t.counters).values({ name: 'x', value: 1 }));
    await expect(outside).rejects.toThrow();
  });

  it('written by a newer Baton is refused with a clear line', async () => {
    const newer = join(folder, 'newer.db');
    await migrateSqlite(newer);
    const raw = new Database(newer);
    raw
      .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
      .run('x', Date.UTC(2100, 0, 1));
    raw.close();
    await expect(migrateSqlite(newer)).rejects.toThrow(
      `${newer} was written by a newer Baton than this one: start the newer version, or restore a backup`,
    );
  });
});
