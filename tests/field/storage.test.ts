import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { post } from '../../src/queue/enqueue.js';
import { migrateSqlite } from '../../src/store/migrate.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Store, Tx } from '../../src/store/transact.js';
import { onEveryDatabase, onRealPostgres, sqliteDatabase } from '../support/databases.js';
import { Office } from '../support/office.js';
import { countsOf, rowsOf } from '../support/rows.js';

async function addOne(tx: Tx, name: string): Promise<void> {
  const [row] = await tx.db.select().from(tx.t.counters).where(eq(tx.t.counters.name, name));
  if (row)
    await tx.db
      .update(tx.t.counters)
      .set({ value: row.value + 1 })
      .where(eq(tx.t.counters.id, row.id));
  else await tx.db.insert(tx.t.counters).values({ name, value: 1 });
}

const counted = async (store: Store, name: string) =>
  (await rowsOf(store, 'counters')).find((row) => row.name === name)?.value;

onEveryDatabase('storage', (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await database.open();
  });
  afterAll(() => store.close());

  it('F-1: a transaction that throws half-way leaves nothing behind, and wakes nobody', async () => {
    const woken: string[] = [];
    store.onWake((work) => woken.push(work));
    const before = await countsOf(store);
    const half = store.transact(['account:1'], async (tx) => {
      await post(tx, 'C1', { text: 'never', blocks: [] }, 0);
      await addOne(tx, 'half-done');
      throw new Error('after two writes');
    });
    await expect(half).rejects.toThrow('after two writes');
    expect(await countsOf(store)).toEqual(before);
    expect(woken).toEqual([]);
  });

  it('F-1: a statement that the database refuses takes the whole transaction back', async () => {
    const clash = store.transact([], async (tx) => {
      await tx.db.insert(tx.t.counters).values({ name: 'clash', value: 1 });
      await tx.db.insert(tx.t.counters).values({ name: 'clash', value: 2 });
    });
    await expect(clash).rejects.toThrow();
    expect(await counted(store, 'clash')).toBeUndefined();
  });

  it('F-2: a hundred transactions at once that read, then write, all commit', async () => {
    const all = Array.from({ length: 100 }, () => store.transact(['counter'], (tx) => addOne(tx, 'hundred')));
    await Promise.all(all);
    expect(await counted(store, 'hundred')).toBe(100);
  });

  it('F-5: a row that commits late, with a lower id than what was sent, is still handled and sent', async () => {
    const office = new Office({ store });
    office.slack.addChannel('room', ['lea']);
    office.slack.knownUsers.set('ULEA', { ...(await office.slack.user('ULEA')) });
    const outboxRow = (id: number) => ({
      id,
      key: `late-${id}`,
      kind: 'message' as const,
      target: 'CROOM',
      text: `number ${id}`,
      blocks: [],
      accounts: [],
      internal: false,
      state: 'new' as const,
      createdAt: 0,
    });
    const inboxRow = (id: number) => ({
      id,
      key: `late-${id}`,
      kind: 'channel_rename',
      lane: 'CROOM',
      body: { event: { channel: 'CROOM' } },
      state: 'new' as const,
      receivedAt: 1,
    });
    for (const id of [9_000, 5_000]) {
      await store.transact([], async (tx) => {
        await tx.db.insert(tx.t.outbox).values(outboxRow(id));
        await tx.db.insert(tx.t.inbox).values(inboxRow(id));
        await tx.db.insert(tx.t.due).values({ id, key: `late-${id}`, kind: 'none', subjectId: 1, dueAt: 1 });
      });
      await office.settle();
    }
    expect(office.slack.posts('CROOM').map((message) => message.text)).toEqual([
      'number 9000',
      'number 5000',
    ]);
    const late = (await rowsOf(store, 'inbox')).filter((row) => row.key.startsWith('late-'));
    expect(late.map((row) => row.state)).toEqual(['done', 'done']);
    // Due rows of an unknown kind are tried, each, and say so.
    const due = (await rowsOf(store, 'due')).filter((row) => row.key.startsWith('late-'));
    expect(due.map((row) => row.attempts)).toEqual([1, 1]);
  });

  it('C11: a ts keeps its zeros through JSON and through the database, wherever one is stored', async () => {
    const ts = '1700000000.000100';
    await store.transact([], async (tx) => {
      await post(tx, 'CTS', { text: 'x', blocks: [{ thread_ts: ts }] }, 0, { threadTs: ts });
      await tx.db.insert(tx.t.issueSources).values({ issueId: 1, channel: 'CTS', ts });
    });
    const sent = (await rowsOf(store, 'outbox')).find((row) => row.target === 'CTS');
    expect(sent).toMatchObject({ threadTs: ts, blocks: [{ thread_ts: ts }] });
    expect(await rowsOf(store, 'issueSources')).toMatchObject([{ ts }]);
  });
});

describe('F-1: drizzle', () => {
  it('F-1: opens transactions in store/ only', () => {
    const opening = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.startsWith('store/') &&
        readFileSync(`src/${file}`, 'utf8').includes('.transaction('),
    );
    expect(opening).toEqual([]);
  });
});

describe('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-field-'));
  let file = '';
  beforeEach(() => {
    file = join(mkdtempSync(join(folder, 'db-')), 'baton.db');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const open = (at: string) => openSqlite({ file: at, follow: async () => undefined, strict: true });

  it('F-2: a transaction holds the write lock from its start, before it has written anything', async () => {
    await migrateSqlite(file);
    const store = open(file);
    const bystander = new Database(file, { timeout: 0 });
    const code = await store.transact([], async () => {
      try {
        bystander.exec('BEGIN IMMEDIATE');
        return 'it got in';
      } catch (err) {
        return (err as { code: string }).code;
      }
    });
    expect(code).toBe('SQLITE_BUSY');
    bystander.close();
    await store.close();
  });

  it('F-2: two stores on one file that read, then write, a hundred times between them all commit', async () => {
    await migrateSqlite(file);
    const stores = [open(file), open(file)];
    const all = stores.flatMap((store) =>
      Array.from({ length: 50 }, () => store.transact([], (tx) => addOne(tx, 'both'))),
    );
    await Promise.all(all);
    expect(await counted(stores[0] as Store, 'both')).toBe(100);
    for (const store of stores) await store.close();
  });
});

onRealPostgres('two processes', (database) => {
  const stores: Store[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });

  it('F-5: what commits after a later id was sent is sent all the same', async () => {
    const store = await database.open();
    const other = await database.another();
    stores.push(store, other);
    const office = new Office({ store });
    office.slack.addChannel('room', ['lea']);
    const say = (tx: Tx, text: string) => post(tx, 'CROOM', { text, blocks: [] }, 0, { internal: false });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let wrote = () => {};
    const written = new Promise<void>((resolve) => {
      wrote = resolve;
    });
    const slow = other.transact([], async (tx) => {
      await say(tx, 'lower id, later commit');
      wrote();
      await held;
    });
    await written;
    await store.transact([], (tx) => say(tx, 'higher id'));
    await office.outbox.step();
    release();
    await slow;
    await office.outbox.step();
    expect(office.slack.posts('CROOM').map((message) => message.text)).toEqual([
      'higher id',
      'lower id, later commit',
    ]);
  });
});

describe('F-2: the test database itself', () => {
  it('F-2: is strict: a transaction that waits for a timer is refused', async () => {
    const database = sqliteDatabase();
    const store = await database.open();
    const waiting = store.transact([], async (tx) => {
      await addOne(tx, 'waited');
      await new Promise((resolve) => setImmediate(resolve));
    });
    await expect(waiting).rejects.toThrow('a transaction waited');
    expect(await counted(store, 'waited')).toBeUndefined();
    await store.close();
    await database.dispose();
  });
});
