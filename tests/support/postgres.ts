import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { follow } from '../../src/loop.js';
import { migratePostgres } from '../../src/store/migrate-postgres.js';
import { connectTo, linesOf, openPostgres, storeOver } from '../../src/store/postgres.js';
import type { Store } from '../../src/store/transact.js';
import type { TestDatabase } from './databases.js';
import { databasesOfRun } from './run-databases.js';

/** Emptied row by row: to truncate gives every table and index new files, which took longer than most tests. */
export const EMPTY_EVERY_TABLE = `do $$ declare one record; has_rows boolean; begin
  for one in select tablename from pg_tables where schemaname = 'public' loop
    execute format('select exists (select 1 from public.%I)', one.tablename) into has_rows;
    if has_rows then execute format('delete from public.%I', one.tablename); end if;
  end loop;
  for one in select sequencename from pg_sequences where schemaname = 'public' and last_value is not null loop
    perform setval(format('public.%I', one.sequencename)::regclass, 1, false);
  end loop;
end $$`;

/** The same as a function of the database, with each table named in it: what a connection planned once stays planned. */
const EMPTYING = `do $$ declare body text; begin
  select string_agg(format('if exists (select 1 from public.%I) then delete from public.%I; end if;', tablename, tablename), ' ')
    into body from pg_tables where schemaname = 'public';
  select body || ' ' || string_agg(format('if (select is_called from public.%I) then perform setval(%L, 1, false); end if;',
      sequencename, format('public.%I', sequencename)), ' ')
    into body from pg_sequences where schemaname = 'public';
  execute format('create function empty_every_table() returns void language plpgsql as %L', 'begin ' || body || ' end');
end $$`;

async function run(sql: string, on: string): Promise<void> {
  const connection = new pg.Client({ connectionString: on });
  await connection.connect();
  await connection.query(sql).finally(() => connection.end());
}

/** Makes a database on a server, a copy of another. @returns its name and address */
async function make(server: string, template = 'template1'): Promise<{ name: string; url: string }> {
  const name = `${databasesOfRun()}_${randomBytes(6).toString('hex')}`;
  await run(`create database ${name} template ${template}`, server);
  // Nothing here must outlive a power cut.
  await run(`alter database ${name} set synchronous_commit = off`, server);
  return { name, url: Object.assign(new URL(server), { pathname: `/${name}` }).toString() };
}

/** Databases of its own on a real server, one for each opening, dropped afterwards. */
export function postgresDatabase(server: string): TestDatabase {
  const made: string[] = [];
  // Migrated once; every opening is a copy.
  let template: string | undefined;
  let url = '';
  return {
    name: 'postgres',
    canRace: true,
    async open(options = {}) {
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
    empty: async (from) => {
      const one = await make(server, from);
      made.push(one.name);
      url = one.url;
    },
    dispose: async () => {
      for (const name of made) await run(`drop database if exists ${name} with (force)`, server);
    },
  };
}

/** The database of a worker, its connections, and the store that is open on it. */
interface Shared {
  url: string;
  pool: pg.Pool;
  shut: () => void;
}

/**
 * One for all files of a worker, which run one after another: to make a database, to migrate it and to connect anew took
 * longer than many tests. It is dropped when the run ends.
 */
let shared: Promise<Shared> | undefined;

async function share(server: string): Promise<Shared> {
  const { url } = await make(server);
  await migratePostgres(url);
  await run(EMPTYING, url);
  return { url, pool: connectTo({ url }), shut: () => undefined };
}

/**
 * The database of this worker on a real server, emptied at every opening: no two stores of `open` at once, and the
 * connections stay from one to the next.
 */
export function sharedPostgres(server: string): TestDatabase {
  let url = '';
  return {
    name: 'postgres',
    canRace: true,
    async open(options = {}) {
      shared ??= share(server);
      const one = await shared;
      url = one.url;
      one.shut();
      await idle(one.pool);
      await one.pool.query('select empty_every_table()');
      const lines = linesOf(one.pool);
      const store = closable(storeOver(lines, options.follow ?? follow, () => idle(one.pool)));
      one.shut = store.shut;
      return store;
    },
    address: () => url,
    another: async () => openPostgres({ url, follow }),
    empty: async () => {
      throw new Error('the database of a worker has its tables');
    },
    dispose: async () => (await shared)?.shut(),
  };
}

/** Ends with what still ran, as a pool does that is closed. */
async function idle(pool: pg.Pool): Promise<void> {
  while (pool.waitingCount > 0 || pool.idleCount < pool.totalCount)
    await new Promise((resolve) => setImmediate(resolve));
}

/** A store that can be closed while its connections stay: what it is asked then fails, as on a closed pool. */
function closable(store: Store): Store & { shut: () => void } {
  let isOpen = true;
  const check = () => {
    if (!isOpen) throw new Error('the store was closed');
  };
  return {
    ...store,
    transact: async (keys, fn, how) => {
      check();
      return store.transact(keys, fn, how);
    },
    read: async (fn) => {
      check();
      return store.read(fn);
    },
    shut: () => {
      isOpen = false;
    },
    close: async () => {
      isOpen = false;
      await store.close();
    },
  };
}
