import { type HoursSpec, type Person, workingHours } from '../../people/rules.js';
import {
  addDays,
  hoursProblem,
  instantOf,
  type LocalDate,
  nextWorkingInstant,
  parseDay,
  startOfNextWorkingDay,
} from '../../time/index.js';

/** What one of us told a customer, and by when. */
export interface CustomerPromise {
  id: number;
  accountId: number;
  issueId: number | null;
  what: string;
  toWhom: string | null;
  dueOn: LocalDate;
  byUser: string;
  at: number;
  state: 'open' | 'kept' | 'broken';
  endedAt: number | null;
  endedBy: string | null;
}

export const WHAT_MAX = 300;
export const TO_WHOM_MAX = 80;

/** `B-42 by Friday: CSV template` in its parts; what is missing is empty. */
export function readPromise(text: string): { about: string; by: string; what: string } {
  const [, about = '', by = '', what = ''] =
    /^(.*?)\s*\bby\s+([^:]+?)\s*:\s*([\s\S]*)$/i.exec(text.trim()) ?? [];
  return { about: about.trim(), by: by.trim(), what: what.trim() };
}

/** What is wrong with a promise, by field; empty when nothing is. */
export function promiseProblems(
  form: { what: string; by: string; toWhom?: string },
  today: LocalDate,
): Record<string, string> {
  const problems: Record<string, string> = {};
  const length = Array.from(form.what.trim()).length;
  const day = parseDay(form.by, today);
  if (length === 0) problems.what = 'Say what was promised.';
  if (length > WHAT_MAX) problems.what = `${length} characters; ${WHAT_MAX} fit.`;
  if ('problem' in day) problems.by = day.problem;
  if (Array.from(form.toWhom ?? '').length > TO_WHOM_MAX)
    problems.to_whom = `A name of at most ${TO_WHOM_MAX} characters.`;
  return problems;
}

/**
 * When the promiser is asked whether it was kept: 9:00 of the day; noted later than that, 17:00; noted in the evening,
 * 9:00 of the next day.
 */
export function asksAt(dueOn: LocalDate, zone: string, notedAt: number): number {
  const times = [
    { date: dueOn, time: '09:00' },
    { date: dueOn, time: '17:00' },
    { date: addDays(dueOn, 1), time: '09:00' },
  ].map((wall) => instantOf({ ...wall, zone }));
  return times.find((at) => at > notedAt) ?? notedAt;
}

/**
 * When an unanswered question counts as "broken": at the start of the next working day of whoever was asked, after both
 * the day promised and the day on which they could read the question: asked while they were away, that is their first
 * day back. Nobody is counted for what they could not see.
 */
export function breaksAt(dueOn: LocalDate, askedAt: number, hours: HoursSpec): number {
  const working = workingHours(hours);
  const noon = instantOf({ date: dueOn, time: '12:00', zone: hours.zone });
  const from = Math.max(noon, askedAt);
  return hoursProblem(working)
    ? from + 86_400_000
    : startOfNextWorkingDay(nextWorkingInstant(from, working), working);
}

/**
 * Whether a press may still say how a promise ended: while it is open, and *Kept* after nobody had answered in time.
 * Only the promiser, who was asked in their place, a lead or an admin can.
 * @param wasAsked the question was put to whoever presses
 */
export function endProblem(
  promise: Pick<CustomerPromise, 'state' | 'endedBy' | 'byUser'>,
  outcome: 'kept' | 'broken',
  by: Pick<Person, 'slackId' | 'role' | 'isAdmin'>,
  wasAsked: boolean,
): 'over' | 'not yours' | null {
  const isTheirs = wasAsked || by.slackId === promise.byUser || by.role === 'lead' || by.isAdmin;
  if (!isTheirs) return 'not yours';
  const isUnanswered = promise.state === 'broken' && promise.endedBy === null;
  return promise.state === 'open' || (isUnanswered && outcome === 'kept') ? null : 'over';
}
