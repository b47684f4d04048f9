import { eq } from 'drizzle-orm';
import type { Tx } from '../../store/transact.js';

/** The id of whoever the file calls by this handle; null for nobody. */
export async function personId(tx: Tx, handle: string | null | undefined): Promise<number | null> {
  if (!handle) return null;
  const [row] = await tx.db
    .select({ id: tx.t.people.id })
    .from(tx.t.people)
    .where(eq(tx.t.people.handle, handle));
  return row?.id ?? null;
}
