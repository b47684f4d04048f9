import { eq } from 'drizzle-orm';
import { plus } from '../../store/sql.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { ImportChange } from '../csv/kind.js';

/** Begins a file, or goes on with one that was interrupted. @returns how many of its rows are applied already */
export async function beginImport(tx: Tx, key: string, rows: number, change: ImportChange): Promise<number> {
  const { imports: i } = tx.t;
  const [standing] = await tx.db.select().from(i).where(eq(i.key, key));
  if (standing?.endedAt === null) return Math.min(standing.done, rows);
  const fresh = { rows, done: 0, startedAt: change.now, endedAt: null, who: change.who };
  await tx.db
    .insert(i)
    .values({ key, ...fresh })
    .onConflictDoUpdate({ target: i.key, set: fresh });
  return 0;
}

export async function noteProgress(tx: Tx, key: string, done: number): Promise<void> {
  await tx.db.update(tx.t.imports).set({ done }).where(eq(tx.t.imports.key, key));
}

export async function endImport(tx: Tx, key: string, at: number): Promise<void> {
  await tx.db.update(tx.t.imports).set({ endedAt: at }).where(eq(tx.t.imports.key, key));
}

/** How many of a file's rows are applied, by whichever process. */
export async function progressOf(tx: ReadTx, key: string): Promise<number> {
  const { imports: i } = tx.t;
  const [row] = await tx.db.select({ done: i.done }).from(i).where(eq(i.key, key));
  return row?.done ?? 0;
}

const TURNS = 'imports';

/** How many chunks all imports ever wrote: whoever finds another number than its own knows that another one writes. */
export async function turnOf(tx: ReadTx): Promise<number> {
  const { counters: c } = tx.t;
  const [row] = await tx.db.select({ value: c.value }).from(c).where(eq(c.name, TURNS));
  return row?.value ?? 0;
}

/** Counts one more chunk. Callers hold the key `company`. @returns the number from now on */
export async function takeTurn(tx: Tx): Promise<number> {
  const { counters: c } = tx.t;
  const [row] = await tx.db
    .insert(c)
    .values({ name: TURNS, value: 1 })
    .onConflictDoUpdate({ target: c.name, set: { value: plus(c.value, 1) } })
    .returning({ value: c.value });
  return row?.value ?? 1;
}
