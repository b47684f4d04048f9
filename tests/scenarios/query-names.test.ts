import { type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setting } from '../../src/settings/store.js';
import { openPostgres } from '../../src/store/postgres.js';
import type { ReadTx, Store } from '../../src/store/transact.js';
import { onRealPostgres } from '../support/databases.js';

/** The tables' common handle offers no raw SQL; the driver of Postgres does. */
const asked = async (tx: ReadTx, query: SQL): Promise<Record<string, string>[]> =>
  (await (tx.db as unknown as NodePgDatabase).execute(query)).rows as Record<string, string>[];

onRealPostgres('queries with a name on the server', (database) => {
  let direct: Store;
  let store: Store;
  beforeEach(async () => {
    direct = await database.open();
    store = openPostgres({ url: database.address(), follow: async () => undefined, connections: 1 });
  });
  afterEach(() => Promise.all([direct.close(), store.close()]));

  const look = (tx: ReadTx) => setting(tx, 'zone');
  const names = () =>
    store.read((tx) => asked(tx, sql`select name, statement from pg_prepared_statements where name <> ''`));
  const bump = () =>
    store.transact([], async (tx) => {
      await tx.db.insert(tx.t.heartbeats).values({ name: 'once', at: 1 });
      return look(tx);
    });

  it('are read and planned once for a connection', async () => {
    const first = await store.read(look);
    await store.transact(['one'], look);
    expect(await store.read(look)).toEqual(first);
    expect(
      (await names()).map((one) => one.statement).filter((text) => text?.includes('settings')),
    ).toHaveLength(1);
  });

  it('go on without their names where a pooler lost them, in a transaction too, and do nothing twice', async () => {
    const before = await store.read(look);
    expect(await names()).toHaveLength(1);
    await store.read((tx) => asked(tx, sql`deallocate all`));
    expect(await bump()).toEqual(before);
    expect(await names()).toEqual([]);
    expect(await store.read((tx) => tx.db.select().from(tx.t.heartbeats))).toHaveLength(1);
  });

  it('go on without their names where another has them on that connection', async () => {
    const before = await store.read(look);
    const [{ name = '' } = {}] = await names();
    await store.close();
    store = openPostgres({ url: database.address(), follow: async () => undefined, connections: 1 });
    await store.read((tx) => asked(tx, sql.raw(`prepare "${name}" as select 1`)));
    expect((await names()).map((one) => one.name)).toEqual([name]);
    expect(await bump()).toEqual(before);
    expect(await store.read(look)).toEqual(before);
    expect(await store.read((tx) => tx.db.select().from(tx.t.heartbeats))).toHaveLength(1);
  });

  it('go on where a change of the tables outdated a plan', async () => {
    const before = await store.read(look);
    await direct.read((tx) => asked(tx, sql`alter table settings alter column why type varchar(500)`));
    expect(await store.read(look)).toEqual(before);
    expect(await bump()).toEqual(before);
  });
});
