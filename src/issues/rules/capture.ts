import type { HoursSpec } from '../../people/rules.js';
import { workingHours } from '../../people/rules.js';
import { addWorkingTime, HOUR_MS, hoursProblem, MINUTE_MS, workingTimeBetween } from '../../time/index.js';

/** What ended a contact's waiting for an answer. */
export type Settled = 'answered' | 'seen' | 'no_reply' | 'logged' | 'added' | 'chat' | 'incident' | 'deleted';

/** A contact, as far as capture looks at it. */
export interface WaitingFacts {
  issueId: number | null;
  /** Since when it has waited for an answer; null when it does not. */
  waitsSince: number | null;
  /** When it had waited longer than an answer may take; stays, also once it was answered. */
  waitedAt: number | null;
  settled: Settled | null;
  settledAt: number | null;
}

/** How long a contact may wait before it is offered as an issue, and counts as one that waited; working time. */
export const SUGGEST_AFTER_MS = 15 * MINUTE_MS;
/** How long our last word in a contact covers what is said in it: as long as an answer to us is no contact. */
const COVERED_MS = 4 * HOUR_MS;
/** A line that stood this long is looked at no more: what waits then is shown on a new one. */
const LINE_MS = 12 * HOUR_MS;

/** Friction: the customer's matter was logged, or it waited for an answer. What was answered in time is talk. */
export function isFriction(contact: Pick<WaitingFacts, 'issueId' | 'waitedAt'>): boolean {
  return contact.issueId !== null || contact.waitedAt !== null;
}

/** Whether a contact still counts as unanswered: logging it, or calling it no issue, is no answer to the customer. */
export function isUnanswered(contact: Pick<WaitingFacts, 'settled'>): boolean {
  return contact.settled === null || ['logged', 'added', 'chat', 'incident'].includes(contact.settled);
}

/** When a contact that waits since then has waited too long, in the working time of those who should answer. */
export function offeredAt(waitsSince: number, hours: HoursSpec): number {
  const working = workingHours(hours);
  return hoursProblem(working)
    ? waitsSince + SUGGEST_AFTER_MS
    : addWorkingTime(waitsSince, SUGGEST_AFTER_MS, working);
}

/** How long an answer took in working time; null when the hours say nothing. */
export function workingTimeOf(from: number, to: number, hours: HoursSpec): number | null {
  const working = workingHours(hours);
  return hoursProblem(working) ? null : workingTimeBetween(from, to, working);
}

/** Whether a message that asks makes its contact wait (again). What an issue holds is the issue's affair. */
export function waitsAgain(contact: WaitingFacts, at: number): boolean {
  if (contact.issueId !== null || contact.waitsSince !== null) return false;
  // A person decided about what stood there then. Nobody of us has said a word that would cover what comes after.
  if (contact.settled === 'chat' || contact.settled === 'no_reply') return at > (contact.settledAt ?? 0);
  return at - (contact.settledAt ?? 0) > COVERED_MS;
}

/** Whether a suggestion of then can still take in what waits now. */
export function isLineFresh(postedAt: number, now: number): boolean {
  return now - postedAt < LINE_MS;
}

interface Waiting {
  author: string;
  startedAt: number;
}

/**
 * Which of the contacts that wait in a channel a message of ours in the channel answers: those of the people it names,
 * else the newest. The others still wait for their answer.
 */
export function answeredBy<C extends Waiting>(text: string, waiting: readonly C[]): C[] {
  const named = waiting.filter((contact) => text.includes(`@${contact.author}`));
  if (named.length > 0) return named;
  const newest = waiting.toSorted((a, b) => b.startedAt - a.startedAt)[0];
  return newest ? [newest] : [];
}
