import { leadsOf, personById } from '../../people/store.js';
import type { ReadTx } from '../../store/transact.js';

/** What nobody looks after: no account, a team. */
export const NOBODYS = { csmId: null, supportOwnerId: null };

/** Who hears of an account in a function: who looks after it, else the first lead; a name. */
export async function hearer(
  tx: ReadTx,
  account: { csmId: number | null; supportOwnerId: number | null },
  func: 'support' | 'success',
): Promise<string> {
  const id = func === 'success' ? account.csmId : account.supportOwnerId;
  const person = id === null ? undefined : await personById(tx, id);
  return person?.name ?? (await leadsOf(tx, func))[0]?.name ?? 'nobody';
}
