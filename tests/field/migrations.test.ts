import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeWrite } from '../../src/queue/health.js';
import { migrateSqlite, migrationsFolder } from '../../src/store/migrate.js';
import { migratePostgres } from '../../src/store/migrate-postgres.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Store } from '../../src/store/transact.js';
import { onRealPostgres } from '../support/databases.js';
import { countOf, countsOf, rowsOf } from '../support/rows.js';
import { seedEveryTable } from '../support/seed.js';

/** The journal of a dialect's migrations. */
function journalOf(dialect: 'sqlite' | 'postgres') {
  const text = readFileSync(`${migrationsFolder(dialect)}/meta/_journal.json`, 'utf8');
  return JSON.parse(text) as { entries: { tag: string }[] };
}

/** The first so many migrations, as a version knew them that had no more. @returns their folder */
function upTo(known: number, dialect: 'sqlite' | 'postgres', below: string): string {
  const to = join(below, `${dialect}-upto-${known}`);
  mkdirSync(join(to, 'meta'), { recursive: true });
  const journal = journalOf(dialect);
  const entries = journal.entries.slice(0, known);
  for (const { tag } of entries)
    writeFileSync(join(to, `${tag}.sql`), readFileSync(`${migrationsFolder(dialect)}/${tag}.sql`));
  writeFileSync(join(to, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  return to;
}

/** What was due when Monday's message had a row of its own. */
const DUE_BEFORE_MONDAYS = `insert into due (key, kind, subject_id, due_at) values
  ('digest:weekly:3', 'digest.weekly', 3, 1), ('digest:daily:3', 'digest.daily', 3, 1)`;

describe('migrations of SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-field-'));
  let file = '';
  beforeEach(() => {
    file = join(mkdtempSync(join(folder, 'db-')), 'baton.db');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const open = (at: string) => openSqlite({ file: at, follow: async () => undefined, strict: true });

  it('F-3: every migration keeps every row of every table, with no row left without its parent', async () => {
    const versions = journalOf('sqlite').entries.length;
    for (let known = 1; known <= versions; known += 1) {
      const at = join(folder, `from-${known}.db`);
      await migrateSqlite(at, upTo(known, 'sqlite', folder));
      // Today's tables fit the last version only; of an older one each keeps what it had.
      if (known < versions) continue;
      const store = open(at);
      await seedEveryTable(store);
      const before = await countsOf(store);
      await store.close();
      await migrateSqlite(at);
      const after = open(at);
      expect(await countsOf(after)).toEqual(before);
      await after.close();
      const raw = new Database(at);
      expect(raw.pragma('foreign_key_check')).toEqual([]);
      raw.close();
    }
  });

  it('F-3: a table that is rebuilt keeps the rows that point at it, although they would cascade', async () => {
    const to = join(folder, 'rebuild');
    mkdirSync(join(to, 'meta'), { recursive: true });
    const steps = [
      'CREATE TABLE parent (id integer primary key, name text);\n--> statement-breakpoint\n' +
        'CREATE TABLE child (id integer primary key, parent_id integer references parent(id) on delete cascade);\n' +
        "--> statement-breakpoint\nINSERT INTO parent VALUES (1, 'one');\n--> statement-breakpoint\n" +
        'INSERT INTO child VALUES (1, 1), (2, 1);',
      'PRAGMA foreign_keys=OFF;--> statement-breakpoint\n' +
        'CREATE TABLE __new_parent (id integer primary key, name text not null);\n--> statement-breakpoint\n' +
        'INSERT INTO __new_parent SELECT * FROM parent;\n--> statement-breakpoint\n' +
        'DROP TABLE parent;\n--> statement-breakpoint\nALTER TABLE __new_parent RENAME TO parent;' +
        '--> statement-breakpoint\nPRAGMA foreign_keys=ON;',
    ];
    const journal = (n: number) => ({
      version: '7',
      dialect: 'sqlite',
      entries: steps
        .slice(0, n)
        .map((_, idx) => ({ idx, version: '6', when: idx + 1, tag: `000${idx}_step`, breakpoints: true })),
    });
    for (const [i, sql] of steps.entries()) writeFileSync(join(to, `000${i}_step.sql`), sql);
    for (const n of [1, 2]) {
      writeFileSync(join(to, 'meta/_journal.json'), JSON.stringify(journal(n)));
      await migrateSqlite(file, to);
    }
    const raw = new Database(file);
    expect(raw.prepare('select count(*) as n from child').get()).toEqual({ n: 2 });
    expect(raw.pragma('foreign_key_check')).toEqual([]);
    raw.close();
  });

  it('takes away what was due of a kind that nothing handles any more, and nothing else', async () => {
    await migrateSqlite(file, upTo(2, 'sqlite', folder));
    const raw = new Database(file);
    raw.exec(DUE_BEFORE_MONDAYS);
    raw.close();
    await migrateSqlite(file);
    const store = open(file);
    expect((await rowsOf(store, 'due')).map((row) => row.kind)).toEqual(['digest.daily']);
    await store.close();
  });

  it('F-4: two starts at once migrate one file between them', async () => {
    await Promise.all([migrateSqlite(file), migrateSqlite(file), migrateSqlite(file)]);
    const store = open(file);
    await probeWrite(store);
    expect(await countOf(store, 'counters')).toBe(1);
    await store.close();
  });
});

onRealPostgres('migrations by two processes', (database) => {
  const stores: Store[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'baton-field-'));
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes away what was due of a kind that nothing handles any more, and nothing else', async () => {
    await database.empty();
    await migratePostgres(database.address(), upTo(2, 'postgres', folder));
    const raw = new pg.Client({ connectionString: database.address() });
    await raw.connect();
    await raw.query(DUE_BEFORE_MONDAYS).finally(() => raw.end());
    await migratePostgres(database.address());
    const store = await database.another();
    stores.push(store);
    expect((await rowsOf(store, 'due')).map((row) => row.kind)).toEqual(['digest.daily']);
  });

  it('F-4: of an empty database at once: both succeed', async () => {
    await database.empty();
    await Promise.all([1, 2, 3].map(() => migratePostgres(database.address())));
    const store = await database.another();
    stores.push(store);
    await probeWrite(store);
    expect(await countOf(store, 'counters')).toBe(1);
  });

  it('F-3: of a database with rows: every table keeps every row', async () => {
    const store = await database.open();
    stores.push(store);
    await seedEveryTable(store);
    const before = await countsOf(store);
    await Promise.all([1, 2].map(() => migratePostgres(database.address())));
    expect(await countsOf(store)).toEqual(before);
  });
});
