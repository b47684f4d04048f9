import { type Account, isInRenewalWindow } from '../accounts/rules.js';
import type { Severity } from '../people/ladder.js';
import { dayAndClock, endOfNextWorkingDay, type WorkingHours } from '../time/index.js';

export type FollowupState = 'open' | 'told' | 'not_needed';
export type FollowupKind = 'tell_fix' | 'tell_declined' | 'restore';
export type ReasonKind = 'live' | 'declined' | 'alert' | 'escalation' | 'rating' | 'promise' | 'hand';
/** How the customer was told: as a conversation is logged. */
export type How = 'call' | 'mail' | 'meeting' | 'chat';
export type Outcome = 'happy' | 'wants_more' | 'still_broken';

/** What a reason asks somebody to follow up on, to be said behind those words: " on the alert", ": call Joe". */
export function aboutInWords(reason: { kind: ReasonKind; words: string | null }): string {
  if (reason.kind === 'hand') return reason.words === null ? '' : `: ${reason.words}`;
  const on = {
    alert: 'the alert',
    escalation: 'what was escalated',
    rating: 'a bad rating',
    promise: 'a broken promise',
    live: 'a fix',
    declined: 'a fix that was declined',
  };
  return ` on ${on[reason.kind]}`;
}

/** A message of ours in a customer channel, business time. */
export interface SentMessage {
  channel: string;
  ts: string;
  author: string;
  at: number;
}

/** What is owed to one account on one matter. Instants are UTC ms of business time; people are ids. */
export interface Followup {
  id: number;
  accountId: number;
  kind: FollowupKind;
  fixId: number | null;
  alertId: number | null;
  ownerId: number;
  severity: Severity;
  createdAt: number;
  dueAt: number;
  state: FollowupState;
  deliveredAt: number | null;
  nudges: number;
  nudgedAt: number | null;
  pending: 'overdue' | 'awake' | 'lead' | null;
  roundId: number | null;
  passedFromId: number | null;
  passedAt: number | null;
  insteadOfId: number | null;
  insteadWhy: 'delegate' | 'backup' | 'lead' | null;
  snoozedUntil: number | null;
  snoozes: number;
  offeredToId: number | null;
  offeredById: number | null;
  offer: SentMessage | null;
  offerDay: string | null;
  leadRemindedOn: string | null;
  endedAt: number | null;
  /** A Slack user id. */
  endedBy: string | null;
  /** `word`, or the permalink of the message. */
  proof: string | null;
  how: How | null;
  outcome: Outcome | null;
  reason: string | null;
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

/** What a later reason makes of what is owed: news of a fix that can be used outweighs that of one that will not come. */
export function foremost(a: FollowupKind, b: FollowupKind): FollowupKind {
  const order: readonly FollowupKind[] = ['restore', 'tell_declined', 'tell_fix'];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** What an account still waits for, after its name: "has not heard that … is fixed". */
export function owedInWords(kind: FollowupKind, title: string | null): string {
  if (title === null || kind === 'restore') return 'has not heard from us yet';
  return `has not heard that "${title}" ${kind === 'tell_fix' ? 'is fixed' : 'will not come'}`;
}

/** What an account was told, after its name: "knows that … is fixed". */
export function knownInWords(kind: FollowupKind, title: string | null): string {
  if (title === null || kind === 'restore') return 'was spoken with';
  return `knows that "${title}" ${kind === 'tell_fix' ? 'is fixed' : 'will not come'}`;
}

/** How it went, as a line says it. */
export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  happy: 'they are happy',
  wants_more: 'they want more',
  still_broken: 'they say it is still broken',
};

/** What is to be done, for whoever owes it: "tell them … is fixed". */
export function todoInWords(kind: FollowupKind, title: string | null): string {
  if (title === null || kind === 'restore') return 'call them and follow up';
  return `tell them "${title}" ${kind === 'tell_fix' ? 'is fixed' : 'will not come'}`;
}

/** Seven quiet days after the customer was told, the loop is closed. */
export const WATCH_MS = 7 * 86_400_000;
