import type { Tables } from '../../src/store/tables/index.js';
import type { Store } from '../../src/store/transact.js';

export type RowOf<K extends keyof Tables> = Tables[K]['$inferSelect'];

/** Every row of a table, in the order of its ids. */
export async function rowsOf<K extends keyof Tables>(store: Store, table: K): Promise<RowOf<K>[]> {
  const rows = await store.read((tx) => tx.db.select().from(tx.t[table] as Tables['inbox']));
  return (rows as unknown as (RowOf<K> & { id: number })[]).sort((a, b) => a.id - b.id);
}

export async function countOf(store: Store, table: keyof Tables): Promise<number> {
  return (await rowsOf(store, table)).length;
}

/** How many rows every table has, but for the tables named: to show that nothing was changed. */
export async function countsOf(
  store: Store,
  without: readonly (keyof Tables)[] = [],
): Promise<Record<string, number>> {
  const names = await store.read(async (tx) => Object.keys(tx.t) as (keyof Tables)[]);
  const counted: Record<string, number> = {};
  for (const name of names) if (!without.includes(name)) counted[name] = await countOf(store, name);
  return counted;
}

/** What was logged of some kinds, oldest first. */
export async function eventsOf(store: Store, ...kinds: string[]): Promise<RowOf<'log'>[]> {
  return (await rowsOf(store, 'log')).filter((row) => kinds.includes(row.kind));
}
