import type { WorkingHours } from '../../time/index.js';

/** What rules know of the whole team, or of what belongs to no account, as of an instant (business time, UTC ms). */
export interface TeamFacts {
  /** The company's working hours. */
  hours: WorkingHours;
  /** Issues that were over within the last 130 days, oldest first. */
  solved: readonly SolvedFact[];
  /** Issues opened within the last 35 days, oldest first. */
  opened: readonly OpenedFact[];
  /** Contacts of today so far, and of the same weekday in each of the eight weeks before. */
  volume: { today: number; sameWeekday: readonly number[] };
  backlog: BacklogFact;
  /** Since when somebody waits to be told whose they are. */
  unmatched: readonly { since: number }[];
  /** When the company's day ends. */
  dayEndsAt: number;
}

export interface SolvedFact {
  at: number;
  wasEscalated: boolean;
  /** Reopened within the stretch, after it was over. */
  cameBack: boolean;
}

export interface OpenedFact {
  at: number;
  name: string;
  accountId: number;
  /** What it is about: its fix, or its category and the telling words of its title; null when that says nothing. */
  topic: string | null;
}

/** Open issues of all accounts. */
export interface BacklogFact {
  now: number;
  /** At the same hour of each of the last 28 days, newest first. */
  daily: readonly number[];
  /** Of these, the last five working days. */
  workingDays: readonly number[];
  olderThan30Days: number;
}
