import type { Settled } from '../../issues/rules/capture.js';
import type { Category, Priority } from '../../issues/rules/issue.js';
import type { WorkingHours } from '../../time/index.js';
import type { ProfileFact } from './facts.js';

/**
 * What was read of an account, enough to know its facts as of any instant from `from` on. Rows are as they stand in
 * the tables today; `as-of.ts` takes away what was not known at the instant.
 */
export interface History {
  account: Omit<ProfileFact, 'today'>;
  hours: WorkingHours;
  zone: string;
  /** When the account was first heard, as far as anybody knows. */
  knownSince: number | null;
  contacts: readonly ContactRow[];
  messages: readonly MessageRow[];
  issues: readonly IssueRow[];
  calls: readonly CallRow[];
  promises: readonly PromiseRow[];
  /** Oldest first. */
  events: readonly EventRow[];
}

export interface ContactRow {
  id: number;
  channel: string;
  firstTs: string;
  threadTs: string;
  startedAt: number;
  waitedAt: number | null;
  firstReplyAt: number | null;
  settled: Settled | null;
  settledAt: number | null;
  issueId: number | null;
}

export interface MessageRow {
  contactId: number | null;
  isCustomer: boolean;
  at: number;
  channel: string;
  ts: string;
  threadTs: string | null;
  isQuestion: boolean;
  /** Only greetings, thanks or "it works": it wants no answer. */
  isCourtesy: boolean;
}

export interface IssueRow {
  id: number;
  number: number;
  priority: Priority;
  category: Category | null;
  createdAt: number;
}

export interface CallRow {
  issueId: number;
  group: string;
  kind: 'skill' | 'authority';
  isCustomerWish: boolean;
  at: number;
  takenBackAt: number | null;
}

export interface PromiseRow {
  id: number;
  issueId: number | null;
  what: string;
}

export interface EventRow {
  kind: string;
  at: number;
  issueId: number | null;
  contactId: number | null;
  before: string | null;
  after: string | null;
  data: Readonly<Record<string, unknown>>;
}
