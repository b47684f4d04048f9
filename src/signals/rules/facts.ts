import type { Category, IssueState, Priority } from '../../issues/rules/issue.js';
import type { WorkingHours } from '../../time/index.js';
import type { Severity } from './rule.js';

/** What rules know of an account as of an instant. All instants are business time, UTC ms; lists are oldest first. */
export interface Facts {
  /** Today's: tier, renewal, lifecycle and health have no past. */
  account: ProfileFact;
  /** When somebody should answer this account. */
  hours: WorkingHours;
  /** IANA zone of the company, for days. */
  zone: string;
  /** For how many whole weeks the account has been heard before the last seven days; at most twelve. */
  weeksKnown: number;
  /** When that is one week more; null when it is never known, or twelve are. */
  nextWeekAt: number | null;
  /** Friction of the last thirteen weeks: contacts that were logged or waited for an answer. */
  contacts: readonly ContactFact[];
  /** Where the customer has the last word. */
  waits: readonly WaitFact[];
  /** Open, or over for less than thirty days. */
  issues: readonly IssueFact[];
  /** Calls for more authority, or that the customer asked for, which were not taken back. */
  calls: readonly CallFact[];
  /** Broken and not made good. */
  brokenPromises: readonly PromiseFact[];
  /** Of the last 120 days. */
  ratings: readonly RatingFact[];
  /** Of the last 120 days: contacts in which phrases of the list stood. */
  words: readonly WordsFact[];
  /** What counting rules count: instants by kind of event. */
  counted: Readonly<Record<string, readonly number[]>>;
  /** What else fires for this account now. */
  signals: readonly SignalFact[];
}

export interface ProfileFact {
  tier: string | null;
  /** Local date, YYYY-MM-DD. */
  renewalOn: string | null;
  lifecycle: string | null;
  health: 'green' | 'yellow' | 'red' | null;
  /** Local date of the company at the instant. */
  today: string;
}

interface Said {
  channel: string;
  ts: string;
}

export interface ContactFact extends Said {
  at: number;
  issueId: number | null;
  /** B-42, when it was logged. */
  issueName: string | null;
  /**
   * How long it waited for an answer so far, in the working time of those who should answer, ms, of a week at most; 0
   * when it did not, or was logged.
   */
  waitedMs: number;
  /** It still waits. */
  isWaiting: boolean;
}

export interface WaitFact extends Said {
  contactId: number;
  /** When the first word that nobody answered was written. */
  since: number;
  /** Nobody has ever answered this contact. */
  isFirst: boolean;
  /** What was not answered has a question in it. */
  isQuestion: boolean;
  /** It belongs to an issue that is open and not waiting on the customer. */
  hasOpenIssue: boolean;
  issueName: string | null;
}

export interface IssueFact {
  id: number;
  name: string;
  priority: Priority;
  category: Category | null;
  state: IssueState;
  isOpen: boolean;
  openedAt: number;
  /** When it was last opened or reopened. */
  openSince: number;
  /** When it last became what is urgent, by whom it was marked so. */
  priorityAt: number;
  /** When it was over, newest last. */
  solvedAt: readonly number[];
  /** When it came back after it was over. */
  reopenedAt: readonly number[];
  /** When the same matter came up again after it was over: reopened, a further message, another issue folded in. */
  cameBackAt: readonly number[];
}

export interface CallFact {
  issueId: number;
  issueName: string;
  group: string;
  /** The customer asked for it; else one of us did. */
  isCustomerWish: boolean;
  at: number;
}

export interface PromiseFact {
  issueId: number | null;
  what: string;
  brokenAt: number;
}

export interface RatingFact {
  at: number;
  /** 1 to 5. */
  value: number;
  issueName: string | null;
}

export interface WordsFact extends Said {
  at: number;
  /** Ids of phrases, as in the list. */
  phrases: readonly string[];
  categories: readonly string[];
}

export interface SignalFact {
  rule: string;
  severity: Severity;
}
