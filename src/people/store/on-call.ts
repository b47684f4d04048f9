import { and, eq, ne } from 'drizzle-orm';
import type { Tx } from '../../store/transact.js';

/** Whether somebody is called about what is critical at any hour; they say so themselves. @returns whether it changed */
export async function setOnCall(tx: Tx, personId: number, isOnCall: boolean): Promise<boolean> {
  const { people } = tx.t;
  const changed = await tx.db
    .update(people)
    .set({ isOnCall })
    .where(and(eq(people.id, personId), ne(people.isOnCall, isOnCall)))
    .returning({ id: people.id });
  return changed.length > 0;
}
