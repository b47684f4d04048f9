import {
  addDays,
  DAY_MS,
  daysBetween,
  HOUR_MS,
  hoursProblem,
  instantOf,
  isWorking,
  nextWallTime,
  type WorkingHours,
  wallOf,
  weekdayOf,
} from '../../time/index.js';

/** When the message comes, on the person's wall. */
export const NINE = '09:00';
/** A message this much later than it was due is not a morning's any more. */
const LATE_MS = 2 * HOUR_MS;
/** More than a weekend and a day: the message says what it covers. */
const LONG_MS = 3.5 * DAY_MS;

/** Lines of a part of the message at most; the rest is counted. */
export const LINES_MAX = 10;

/** Whether any shift of somebody begins on a day (YYYY-MM-DD in their zone). */
export function isWorkingDay(date: string, hours: WorkingHours): boolean {
  return (hours.days[weekdayOf(date)] ?? []).length > 0 && !hours.holidays.has(date);
}

/**
 * The next nine o'clock after an instant (UTC ms) on a day on which the person works, in their zone, computed anew each
 * time. Null when they have no working day within a year.
 */
export function nextMorning(after: number, hours: WorkingHours): number | null {
  if (hoursProblem(hours)) return null;
  for (let at = after, tries = 0; tries < 400; tries += 1) {
    at = nextWallTime(at, { time: NINE, zone: hours.zone });
    if (isWorkingDay(wallOf(at, hours.zone).date, hours)) return at;
  }
  return null;
}

/**
 * Whether a message that was due then may go out now: at its time, and after downtime as soon as the person works.
 * @param dueAt UTC ms; `now` is never before it
 */
export function isTimely(dueAt: number, now: number, hours: WorkingHours): boolean {
  if (hoursProblem(hours)) return false;
  const today = wallOf(now, hours.zone).date;
  if (!isWorkingDay(today, hours)) return false;
  return now - dueAt <= LATE_MS || isWorking(now, hours);
}

/** Since when a message says that it covers; null for an ordinary morning. */
export function coversSince(from: number, dueAt: number, now: number): number | null {
  return now - dueAt > LATE_MS || now - from > LONG_MS ? from : null;
}

/** Somebody's matter in the morning message: a line, and the accounts that it speaks of. */
export interface MorningLine {
  text: string;
  url: string | null;
  accountId: number | null;
  /** The follow-up that it is about, where it is about one. */
  followupId?: number | undefined;
  /** A follow-up that has no message of its own yet: it can be closed from here. */
  tellId?: number | undefined;
}

export interface Morning {
  /** When the covered time began, as people read it; null for an ordinary morning. */
  since: string | null;
  waiting: readonly MorningLine[];
  news: readonly MorningLine[];
  warm: readonly MorningLine[];
  /** What rules noticed that have no card. */
  quiet: readonly MorningLine[];
  /** What others told their accounts since the last message: nothing to do. */
  told: readonly MorningLine[];
  /** How much was held back since the last message. */
  held: number;
}

/** Nothing to read: what was held back and needs no line comes by itself, or was shown; its number alone tells nothing. */
export function isEmpty(morning: Morning): boolean {
  const { waiting, news, warm, quiet, told } = morning;
  return waiting.length + news.length + warm.length + quiet.length + told.length === 0;
}

/**
 * Whether an account belongs under *Keep warm* this morning: its cadence passed since the last message, and once more
 * each Monday while nobody has spoken with it. Where no conversation was ever logged, nothing is known, so nothing is said.
 * @param spokeOn local day of the last conversation, null when none was logged
 */
export function isToKeepWarm(
  spokeOn: string | null,
  everyDays: number,
  morning: { today: string; lastMorning: string },
): boolean {
  const isMonday = weekdayOf(morning.today) === 1;
  if (spokeOn === null) return false;
  const passesOn = addDays(spokeOn, everyDays);
  if (daysBetween(passesOn, morning.today) < 0) return false;
  return isMonday || passesOn > morning.lastMorning;
}

/** When a local day ends, UTC ms. */
export function endOfDay(date: string, zone: string): number {
  return instantOf({ date, time: '24:00', zone });
}
