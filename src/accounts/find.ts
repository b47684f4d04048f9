import { distance } from 'fastest-levenshtein';

/** What an account is called, in whatever way. */
interface Called {
  slug: string;
  name: string;
  otherNames?: readonly string[] | null;
}

const namesOf = (account: Called) =>
  [account.slug, account.name, ...(account.otherNames ?? [])].map((name) => name.toLowerCase());

/** The account that was meant: by slug, name or another of its names, else the nearest (see below), else none. */
export function findAccount<A extends Called>(
  text: string,
  accounts: readonly A[],
): { account: A } | { nearest: A | null } {
  const wanted = text.trim().toLowerCase();
  // What it is called now goes before what another was called once.
  const exact =
    accounts.find((account) => namesOf(account).slice(0, 2).includes(wanted)) ??
    accounts.find((account) => namesOf(account).includes(wanted));
  if (exact) return { account: exact };
  return { nearest: accountBeginning(text, accounts) ?? nearestOf(wanted, accounts) };
}

/** The only account of which a name begins with these words, or has a word that does; three letters at least. */
export function accountBeginning<A extends Called>(text: string, accounts: readonly A[]): A | null {
  const wanted = text.trim().toLowerCase();
  if (Array.from(wanted).length < 3) return null;
  const found = accounts.filter((account) =>
    namesOf(account).some((name) => name.startsWith(wanted) || name.includes(` ${wanted}`)),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Within two letters. */
function nearestOf<A extends Called>(wanted: string, accounts: readonly A[]): A | null {
  const [near] = accounts
    .map((account) => ({ account, off: Math.min(...namesOf(account).map((name) => distance(wanted, name))) }))
    .sort((a, b) => a.off - b.off);
  return near && near.off <= 2 ? near.account : null;
}
