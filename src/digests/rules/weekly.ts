import {
  addDays,
  instantOf,
  type LocalDate,
  type WorkingHours,
  wallOf,
  weekdayOf,
} from '../../time/index.js';
import { isWorkingDay, LINES_MAX, type Morning, NINE } from './morning.js';

/** The part of a week's first morning message that tells a CSM of their accounts. */
export interface Week {
  /** The days that it covers, as people read them. */
  period: string;
  /** Those that changed, the most to do first; see `sectionsBeside`. */
  sections: readonly AccountSection[];
  /** Accounts of which there is nothing to say. */
  quiet: number;
}

/** What it says about one account. */
export interface AccountSection {
  account: string;
  /** What is to be done, most urgent first. */
  todo: readonly Todo[];
  contacts: number;
  usual: number;
  closed: number;
  open: number;
  oldest: string | null;
  told: number;
  renews: string | null;
}

/** What somebody owes the account, whoever it is. */
export interface Todo {
  followupId: number;
  text: string;
}

/** Accounts with a section at most; the rest is counted. */
export const SECTIONS_MAX = 10;

/** An account has a section when something happened or something is owed. */
function hasChanged(section: AccountSection): boolean {
  return section.contacts > 0 || section.closed > 0 || section.told > 0 || section.todo.length > 0;
}

const aboveUsual = ({ contacts, usual }: AccountSection): number => contacts - usual;

/**
 * The accounts of which there is something to say: the most to do first, then who wrote in most above their usual. What the message says above them is not said
 * again: an account that is only named there has no section, but was not quiet either.
 * @param said ids of the follow-ups that stand above
 */
export function sectionsBeside(
  all: readonly AccountSection[],
  said: ReadonlySet<number>,
): Pick<Week, 'sections' | 'quiet'> {
  const changed = all.filter(hasChanged);
  const sections = changed
    .map((one) => ({ ...one, todo: one.todo.filter(({ followupId }) => !said.has(followupId)) }))
    .filter(hasChanged)
    .sort((a, b) => b.todo.length - a.todo.length || aboveUsual(b) - aboveUsual(a));
  return { sections, quiet: all.length - changed.length };
}

/** Ids of the follow-ups that somebody reads of in the lines of their morning message, not only in a number. */
export function followupsSaid({ waiting, news }: Pick<Morning, 'waiting' | 'news'>): Set<number> {
  const lines = [waiting, news].flatMap((part) => part.slice(0, LINES_MAX));
  return new Set(lines.flatMap(({ followupId }) => followupId ?? []));
}

/**
 * Whether a morning message is somebody's first of a week (ISO, in their zone), which tells of their accounts: the last
 * one that did is of an earlier week. Before there was any, they work on no day from Monday on until the one for which
 * this message was due; so whoever begins in the middle of a week has theirs in the next.
 * @param coveredUntil UTC ms; null before the first
 * @param dueAt UTC ms; `now` is never before it, and much later after downtime
 */
export function isWeekDue(
  coveredUntil: number | null,
  { dueAt, now }: { dueAt: number; now: number },
  hours: WorkingHours,
): boolean {
  const monday = mondayOf(wallOf(now, hours.zone).date);
  if (coveredUntil !== null) return wallOf(coveredUntil, hours.zone).date < monday;
  const dueOn = wallOf(dueAt, hours.zone).date;
  for (let day = monday; day < dueOn; day = addDays(day, 1)) if (isWorkingDay(day, hours)) return false;
  return true;
}

/**
 * Since when somebody's first week is told, UTC ms: nine o'clock, their time, of last week's Monday, whichever day it is
 * today; and where the message is late by more than that, of the Monday of the week in which it was due.
 * @param at UTC ms; `now` is never before `dueAt`
 */
export function firstWeekFrom({ dueAt, now }: { dueAt: number; now: number }, zone: string): number {
  const lastMonday = addDays(mondayOf(wallOf(now, zone).date), -7);
  const dueMonday = mondayOf(wallOf(dueAt, zone).date);
  return instantOf({ date: dueMonday < lastMonday ? dueMonday : lastMonday, time: NINE, zone });
}

const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekdayOf(date));
