import { readTracker } from '../trackers/address.js';
import type { Tracker } from '../trackers/news.js';

/** The work behind one or more issues. *Merged* is not *live*: live is what the account can use. */
export type FixState = 'planned' | 'in_progress' | 'merged' | 'live' | 'declined' | 'broke_again';

export interface Fix {
  id: number;
  title: string;
  url: string | null;
  /** The same item however its address is written; null for one kept by hand. */
  trackerKey: string | null;
  tracker: Tracker | null;
  /** What it is called in its tracker, `ENG-311`; null for one kept by hand. */
  itemName: string | null;
  state: FixState;
  /** Live for every account, also for one that is linked later; false while it is live for some. */
  isForAll: boolean;
  liveAt: number | null;
  version: string | null;
  mergedAt: number | null;
  markedBy: string | null;
  linkedBy: string | null;
  reason: string | null;
  trackerState: string | null;
  trackerAt: number | null;
  namedIn: string | null;
  namedAt: number | null;
  /** What whoever linked it was asked, until it is answered. */
  question: 'live' | 'declined' | null;
  versions: readonly string[];
}

/** How a fix stands for one of the accounts that it is for. */
export interface FixAccount {
  accountId: number;
  /** Since when the account can use it, business time, UTC ms; null while it waits. */
  liveAt: number | null;
  /** When it said "still broken"; it waits again then. */
  brokenAt: number | null;
  /** The issues of the account that the fix is to mend, the oldest first. */
  issueIds: readonly number[];
}

/** What a fix is called on screen: its tracker's name when there is a link, else its title. */
export function fixName(fix: Pick<Fix, 'title' | 'url'>): string {
  return (fix.url === null ? null : readTracker(fix.url)?.name) ?? fix.title;
}

/** How a fix stands, in words. */
export function fixStateInWords(state: FixState): string {
  return {
    planned: 'not live yet',
    in_progress: 'in progress',
    merged: 'merged, not live',
    live: 'live',
    declined: 'declined',
    broke_again: 'broke again',
  }[state];
}

/**
 * How it stands for one account: live for some is merged for the others, and one that says that it is still broken is
 * not helped by what the others say.
 */
export function stateFor(fix: Pick<Fix, 'state' | 'isForAll'>, account: FixAccount | undefined): FixState {
  if (account?.brokenAt != null) return fix.state === 'live' ? 'broke_again' : fix.state;
  if (account?.liveAt != null) return 'live';
  return fix.state === 'live' && !fix.isForAll ? 'merged' : fix.state;
}

/** True for an account that cannot use the fix, or says that it does not help. */
export function stillWaits(account: Pick<FixAccount, 'liveAt' | 'brokenAt'>): boolean {
  return account.liveAt === null || account.brokenAt !== null;
}

/** "1 of 12 says still broken"; null when none does. */
export function brokenInWords(accounts: readonly FixAccount[]): string | null {
  const broken = accounts.filter((account) => account.brokenAt !== null).length;
  if (broken === 0) return null;
  return `${broken} of ${accounts.length} ${broken === 1 ? 'says' : 'say'} still broken`;
}

/** Of one account it is a case of its own; a second one shows that the fix does not hold. */
export const BROKE_AGAIN_ACCOUNTS = 2;
