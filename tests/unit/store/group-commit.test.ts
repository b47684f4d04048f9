import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GroupCommit } from '../../../src/store/group-commit.js';

describe('transactions that are committed together', () => {
  let folder: string;
  let connection: Database.Database;
  let commits: number;
  /** `PRAGMA synchronous` at each commit: 2 waits for the disk, 1 does not. */
  let flushes: number[];
  let group: GroupCommit;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-group-'));
    connection = new Database(join(folder, 'test.db'));
    connection.pragma('journal_mode = WAL');
    connection.exec('create table t (x)');
    commits = 0;
    flushes = [];
    group = new GroupCommit(connection, {
      begin: async () => void connection.exec('BEGIN IMMEDIATE'),
      probe: (point) => {
        if (point === 'committed') commits += 1;
        if (point === 'committing')
          flushes.push(connection.pragma('synchronous', { simple: true }) as number);
      },
    });
  });
  afterEach(() => {
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (x: string) => async () => void connection.prepare('insert into t values (?)').run(x);
  const values = () => connection.prepare('select x from t order by rowid').pluck().all();
  const outcome = (promise: Promise<void>) =>
    promise.then(
      () => 'done',
      (err: Error) => err.message,
    );

  it('share one commit when they wait at the same moment, in the order of asking', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((x) => group.take(write(x))));
    expect(values()).toEqual(['a', 'b', 'c', 'd']);
    expect(commits).toBe(1);
  });

  it('are not done before they are committed', async () => {
    let committedThen = -1;
    await group.take(write('a')).then(() => {
      committedThen = commits;
    });
    expect(committedThen).toBe(1);
  });

  it('fail alone: the others of the group are written', async () => {
    const failing = async () => {
      await write('never')();
      throw new Error('no');
    };
    const outcomes = await Promise.all([
      outcome(group.take(write('a'))),
      outcome(group.take(failing)),
      outcome(group.take(write('b'))),
    ]);
    expect(outcomes).toEqual(['done', 'no', 'done']);
    expect(values()).toEqual(['a', 'b']);
  });

  it('all fail when the disk is full, write nothing, and work again when there is room', async () => {
    const pages = connection.pragma('page_count', { simple: true }) as number;
    connection.pragma(`max_page_count = ${pages}`);
    const outcomes = await Promise.all([
      outcome(group.take(write('a'))),
      outcome(group.take(write('x'.repeat(1_000_000)))),
    ]);
    expect(outcomes[1]).toContain('full');
    expect(values()).toEqual(outcomes[0] === 'done' ? ['a'] : []);
    connection.pragma('max_page_count = 100000');
    await group.take(write('b'));
    expect(values().at(-1)).toBe('b');
  });

  it('goes first when it is urgent, of all that waits', async () => {
    const takeUrgent = () => group.take(write('urgent'), { isUrgent: true });
    await Promise.all([group.take(write('a')), group.take(write('b')), group.take(write('c')), takeUrgent()]);
    expect(values()).toEqual(['urgent', 'a', 'b', 'c']);
  });

  it('is on disk after one turn when it is urgent, however much waits', async () => {
    const others = Array.from({ length: 100 }, (_, n) => group.take(write(String(n))));
    await new Promise((resolve) => setImmediate(resolve));
    const before = values().length;
    await group.take(write('urgent'), { isUrgent: true });
    expect(values().length - before).toBeLessThan(20);
    await Promise.all(others);
    expect(values()).toHaveLength(101);
  });

  it('wait for the disk, unless all of them can be repeated', async () => {
    const takeRepeatable = (x: string) => group.take(write(x), { isRepeatable: true });
    await Promise.all([takeRepeatable('a'), takeRepeatable('b')]);
    expect(flushes).toEqual([1]);
    await Promise.all([group.take(write('c')), takeRepeatable('d')]);
    expect(flushes).toEqual([1, 2]);
    await Promise.all([takeRepeatable('e'), group.take(write('f')), takeRepeatable('g')]);
    expect(flushes).toEqual([1, 2, 1, 2]);
    await Promise.all([takeRepeatable('h'), group.take(write('i'), { isUrgent: true })]);
    expect(flushes).toEqual([1, 2, 1, 2, 2, 1]);
    expect(values()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'i', 'h']);
  });

  it('leave the event loop its turn, however many wait', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await Promise.all(Array.from({ length: 200 }, (_, n) => group.take(write(String(n)))));
    clearInterval(timer);
    expect(values()).toHaveLength(200);
    expect(commits).toBeGreaterThan(10);
    expect(commits).toBeLessThan(40);
    expect(turns).toBeGreaterThan(0);
  });
});
