import { findAccount } from '../../accounts/find.js';
import { activeAccounts } from '../../accounts/store.js';
import type { ReadTx } from '../../store/transact.js';

/** The account that a form is about: the one that was known when it opened, else what was chosen or typed. */
export async function pickAccount(
  tx: ReadTx,
  known: number | null | undefined,
  value: string | null | undefined,
): Promise<{ id: number; name: string } | { problem: string }> {
  const accounts = await activeAccounts(tx);
  const wanted = (value ?? '').trim();
  const byId = accounts.find((one) => (known == null ? String(one.id) === wanted : one.id === known));
  if (byId) return byId;
  if (known != null) return { problem: 'This account is not there any more.' };
  if (wanted === '') return { problem: 'Choose the account that this is about.' };
  const found = findAccount(wanted, accounts);
  if ('account' in found) return found.account;
  const hint = found.nearest ? ` Did you mean ${found.nearest.name}?` : '';
  return { problem: `No account is called ${wanted.slice(0, 60)}.${hint}` };
}
