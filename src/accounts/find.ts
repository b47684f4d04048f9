import { distance } from 'fastest-levenshtein';
import type { Account } from './rules.js';

/** The account that was meant: by slug or name, else the nearest within two letters, else none. */
export function findAccount(
  text: string,
  accounts: readonly Account[],
): { account: Account } | { nearest: Account | null } {
  const wanted = text.trim().toLowerCase();
  const exact = accounts.find((account) =>
    [account.slug, account.name].some((name) => name.toLowerCase() === wanted),
  );
  if (exact) return { account: exact };
  const near = accounts
    .map((account) => ({
      account,
      off: Math.min(distance(wanted, account.slug), distance(wanted, account.name.toLowerCase())),
    }))
    .sort((a, b) => a.off - b.off)[0];
  return { nearest: near && near.off <= 2 ? near.account : null };
}
