import { getTableColumns } from 'drizzle-orm';
import type { Tables } from '../../src/store/tables/index.js';
import type { Store } from '../../src/store/transact.js';

/** A row that every column of a table takes; `n` keeps what must be unique apart. */
export function anyRow(table: Tables[keyof Tables], n: number): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(getTableColumns(table))) {
    if (column.primary) continue;
    if (column.columnType.includes('Json')) row[name] = [`json ${n}`, { nested: '1700000000.000100' }];
    else if (column.dataType === 'string') row[name] = `${name} ${n}`;
    else if (column.dataType === 'boolean') row[name] = n % 2 === 0;
    else row[name] = n;
  }
  return row;
}

/** Writes some rows into every table. */
export async function seedEveryTable(store: Store, rows = 3): Promise<void> {
  await store.transact([], async (tx) => {
    for (const table of Object.values(tx.t)) {
      for (let n = 1; n <= rows; n += 1) await tx.db.insert(table).values(anyRow(table, n) as never);
    }
  });
}
