import { eq } from 'drizzle-orm';
import type { ReadTx, Tx } from '../store/transact.js';

/** When something was last known to be alive, machine time; null when it never was. */
export async function lastBeat(tx: ReadTx, name: string): Promise<number | null> {
  const [row] = await tx.db.select().from(tx.t.heartbeats).where(eq(tx.t.heartbeats.name, name));
  return row?.at ?? null;
}

export async function beat(tx: Tx, name: string, at: number): Promise<void> {
  const { heartbeats } = tx.t;
  await tx.db
    .insert(heartbeats)
    .values({ name, at })
    .onConflictDoUpdate({ target: heartbeats.name, set: { at } });
}
