import { eq, inArray } from 'drizzle-orm';
import type { ReadTx, Tx } from '../store/transact.js';

/** When something was last known to be alive, machine time; null when it never was. */
export async function lastBeat(tx: ReadTx, name: string): Promise<number | null> {
  const [row] = await tx.db.select().from(tx.t.heartbeats).where(eq(tx.t.heartbeats.name, name));
  return row?.at ?? null;
}

/** The same of several, by name; those that never were are missing. */
export async function beatsOf(tx: ReadTx, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { heartbeats } = tx.t;
  const rows = await tx.db
    .select()
    .from(heartbeats)
    .where(inArray(heartbeats.name, [...names]));
  return new Map(rows.map((row) => [row.name, row.at]));
}

export async function beat(tx: Tx, name: string, at: number): Promise<void> {
  const { heartbeats } = tx.t;
  await tx.db
    .insert(heartbeats)
    .values({ name, at })
    .onConflictDoUpdate({ target: heartbeats.name, set: { at } });
}
