import { type Account, isInRenewalWindow } from '../../accounts/rules.js';

/** What one account needs of whoever looks after it. */
export interface AccountNeeds {
  openIssues: number;
  hasAlert: boolean;
  /** Follow-ups after the day by which they were due, and all of them. */
  overdue: number;
  owed: number;
  /** Business time of the last contact; null when there was none. */
  lastContactAt: number | null;
}

export const NO_NEEDS: AccountNeeds = {
  openIssues: 0,
  hasAlert: false,
  overdue: 0,
  owed: 0,
  lastContactAt: null,
};

/**
 * How much an account needs somebody now, higher first: an alert and what is overdue before what is owed, then open
 * issues, then a renewal that is near. Weights only have to keep that order for counts below a hundred.
 */
export function needOf(
  account: Pick<Account, 'tier' | 'renewalOn'>,
  needs: AccountNeeds,
  today: string,
): number {
  return (
    (needs.hasAlert ? 1_000_000 : 0) +
    Math.min(needs.overdue, 99) * 10_000 +
    Math.min(needs.owed, 99) * 100 +
    Math.min(needs.openIssues, 99) +
    (isInRenewalWindow(account, today) ? 0.5 : 0)
  );
}

/** Accounts in the order of their need, then by name. */
export function byNeed<A extends Pick<Account, 'id' | 'name' | 'tier' | 'renewalOn'>>(
  accounts: readonly A[],
  needs: ReadonlyMap<number, AccountNeeds>,
  today: string,
): A[] {
  const need = (account: A) => needOf(account, needs.get(account.id) ?? NO_NEEDS, today);
  return [...accounts].sort((a, b) => need(b) - need(a) || a.name.localeCompare(b.name) || a.id - b.id);
}
