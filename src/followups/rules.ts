import { type Account, isInRenewalWindow } from '../accounts/rules.js';
import {
  addWorkingDays,
  dayAndClock,
  endOfNextWorkingDay,
  startOfNextWorkingDay,
  type WorkingHours,
} from '../time/index.js';

export type FollowupState = 'open' | 'told' | 'not_needed';

/** What is owed to one account on one matter. */
export interface Followup {
  id: number;
  accountId: number;
  kind: 'tell_fix' | 'restore';
  fixId: number | null;
  alertId: number | null;
  ownerId: number;
  createdAt: number;
  dueAt: number;
  state: FollowupState;
  nudges: number;
  deliveredAt: number | null;
  endedAt: number | null;
  endedBy: string | null;
  proof: string | null;
}

export interface TellerFacts {
  account: Account;
  /** Local date of today, YYYY-MM-DD. */
  today: string;
  wasEscalatedToAuthority: boolean;
  hasOpenAlert: boolean;
  /** Who has the issue, and who logged it when that is one of support. */
  issueOwnerId: number | null;
  loggedById: number | null;
}

/**
 * Who tells the customer: the issue's support owner; the CSM where the account was escalated to authority, has an
 * open alert or is inside its renewal window. Null when nobody at all is known.
 */
export function teller(facts: TellerFacts): number | null {
  const { account } = facts;
  const support = facts.issueOwnerId ?? account.supportOwnerId ?? facts.loggedById;
  const isDelicate =
    facts.wasEscalatedToAuthority || facts.hasOpenAlert || isInRenewalWindow(account, facts.today);
  return isDelicate ? (account.csmId ?? support) : (support ?? account.csmId);
}

/** Told by the end of the owner's next working day. */
export function followupDueAt(now: number, hours: WorkingHours): number {
  return endOfNextWorkingDay(now, hours);
}

/** "by Thu 17:00", and "was due Thu 17:00" once that has passed: a bare weekday would be read as the coming one. */
export function dueInWords(dueAt: number, zone: string, now: number): string {
  return `${now < dueAt ? 'by' : 'was due'} ${dayAndClock(dueAt, zone, now)}`;
}

/**
 * When the owner is reminded: at the start of the working day after it was due, and never before they had a whole
 * working day with it on screen. Null after the one reminder.
 */
export function nudgeAt(
  facts: { dueAt: number; deliveredAt: number; nudges: number },
  hours: WorkingHours,
): number | null {
  if (facts.nudges >= 1) return null;
  return Math.max(startOfNextWorkingDay(facts.dueAt, hours), addWorkingDays(facts.deliveredAt, 1, hours));
}

/** Seven quiet days after the customer was told, the loop is closed. */
export const WATCH_MS = 7 * 86_400_000;
