/** What Monday's message says about one account. */
export interface AccountSection {
  account: string;
  /** What is to be done, most urgent first. */
  todo: readonly string[];
  contacts: number;
  usual: number;
  closed: number;
  open: number;
  oldest: string | null;
  told: number;
  renews: string | null;
}

/** An account stands in the message when something happened or something is owed. */
export function hasChanged(section: AccountSection): boolean {
  return section.contacts > 0 || section.closed > 0 || section.told > 0 || section.todo.length > 0;
}

/** Accounts of a digest at most; the rest is counted. */
export const SECTIONS_MAX = 10;
