import { type Group, type Person, workingHours } from '../../people/rules.js';
import { addWorkingTime, HOUR_MS, hoursProblem, MINUTE_MS } from '../../time/index.js';

/** A call for more skill or more authority, as far as decisions look at it. */
export interface Call {
  kind: 'skill' | 'authority';
  isCustomerWish: boolean;
  byUser: string;
  answeredBy: string | null;
  answeredAt: number | null;
  takenBackAt: number | null;
}

/** How long a group has before its support lead is called, in working time. */
const WAIT_MS = { skill: 30 * MINUTE_MS, authority: 15 * MINUTE_MS };
/** Asked again this soon after somebody came, it is the same call. */
const SAME_CALL_MS = 24 * HOUR_MS;

/**
 * When an unanswered call climbs: as soon as one of those who were called has had 30 working minutes (15 for more
 * authority) with it on screen. Where nobody of the group is known (a Slack user group), the support leads' time counts.
 * Null when neither is known: then nobody could be called either.
 */
export function climbsAt(
  deliveredAt: number,
  kind: Call['kind'],
  called: readonly Person[],
  leads: readonly Person[],
): number | null {
  return earliest(deliveredAt, WAIT_MS[kind], called) ?? earliest(deliveredAt, WAIT_MS[kind], leads);
}

/** The first instant at which one of these people has worked for `ms` since `at`; null when there is nobody. */
export function earliest(at: number, ms: number, people: readonly Person[]): number | null {
  const hours = people.map((one) => workingHours(one.hours)).filter((one) => !hoursProblem(one));
  return hours.length === 0 ? null : Math.min(...hours.map((one) => addWorkingTime(at, ms, one)));
}

/** More authority, or a wish of the customer: their success manager is told. More skill alone is support's affair. */
export function isForCsm(call: Pick<Call, 'kind' | 'isCustomerWish'>): boolean {
  return call.kind === 'authority' || call.isCustomerWish;
}

/**
 * Whether somebody can say *I'm on it*: those who were asked, and any of support, success and leads, since help is help.
 * A viewer only where they were asked, or where Slack alone knows who was (a user group).
 */
export function mayAnswer(
  group: Pick<Group, 'slackGroup' | 'people'>,
  by: Pick<Person, 'slackId' | 'role' | 'isAdmin'>,
): boolean {
  return by.isAdmin || by.role !== 'viewer' || group.people.length === 0 || isAsked(group, by.slackId);
}

/** Whether somebody is of a group; who is of a Slack user group only Slack knows, so whoever says so is believed. */
export function isAsked(group: Pick<Group, 'slackGroup' | 'people'>, slackId: string): boolean {
  return group.slackGroup !== null || group.people.includes(slackId);
}

/** Whether asking the same group about the same issue is the call that stands already, so that it counts once. */
export function isSameCall(call: Pick<Call, 'answeredAt' | 'takenBackAt'>, now: number): boolean {
  if (call.takenBackAt !== null) return false;
  return call.answeredAt === null || now - call.answeredAt < SAME_CALL_MS;
}

/** What stands in the way of taking a call back; null when nothing does. */
export function takeBackProblem(
  call: Call,
  by: Pick<Person, 'slackId' | 'role' | 'isAdmin'>,
): 'taken back' | 'answered' | 'not yours' | null {
  if (call.takenBackAt !== null) return 'taken back';
  if (call.answeredBy !== null) return 'answered';
  const isTheirs = by.slackId === call.byUser || by.role === 'lead' || by.isAdmin;
  return isTheirs ? null : 'not yours';
}

/** A reason as it is kept: no control characters or halves of characters, no space around it. */
export function cleanReason(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, ' ')
    .trim();
}
