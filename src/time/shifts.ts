import {
  addDays,
  isDate,
  type LocalDate,
  type LocalTime,
  minutesOf,
  type Weekday,
  weekdayOf,
} from './calendar.js';
import { hasDate, instantOf, wallOf, zoneProblem } from './wall.js';

/** From and to on the wall; `to` at or before `from` is on the next day, `24:00` is the end of the day. */
export interface Shift {
  from: LocalTime;
  to: LocalTime;
}

/** When someone works: wall times in a zone, computed anew for each day. */
export interface WorkingHours {
  /** IANA name. */
  zone: string;
  /** By ISO weekday of the day on which the shift begins; absent or empty is a day off. */
  days: Partial<Record<Weekday, readonly Shift[]>>;
  /** Days in that zone on which no shift begins. A shift that began on the eve goes on to its end. */
  holidays: ReadonlySet<LocalDate>;
}

/** A stretch of work: UTC milliseconds, the end not included, and the day on which it began. */
export interface Stretch {
  start: number;
  end: number;
  date: LocalDate;
}

/** No one is off longer; so a search that finds nothing ends. */
const SEARCH_DAYS = 400;
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** What is wrong with working hours, in words with what would be right; undefined if nothing. */
export function hoursProblem(hours: WorkingHours): string | undefined {
  const zone = zoneProblem(hours.zone);
  if (zone) return zone;
  const shifts = WEEKDAYS.flatMap((day) => hours.days[day] ?? []);
  if (shifts.length === 0)
    return 'There is no working time. Give at least one day, such as Monday 09:00 to 17:00.';
  const holiday = [...hours.holidays].find((date) => !isDate(date));
  if (holiday !== undefined) return `"${holiday}" is not a date. Write it as YYYY-MM-DD, such as 2026-12-25.`;
  for (const { from, to } of shifts) {
    if (!isTime(from, false) || !isTime(to, true))
      return `"${from}" to "${to}" is not right. Write it as 09:00 to 17:00.`;
    if (from === to) return `"${from}" to "${to}" has no length. The whole day is 00:00 to 24:00.`;
  }
  return undefined;
}

/** Hours that were found right: nobody changes them in place, and one look at an account asks for the same many times. */
const right = new WeakSet<WorkingHours>();

/**
 * The stretches of work that end after `at`, in order, never overlapping (they may touch). It ends only where 400 days
 * in a row have no work.
 * @throws RangeError when the hours are not right
 */
export function* stretchesFrom(at: number, hours: WorkingHours): Generator<Stretch, undefined> {
  if (!right.has(hours)) {
    const problem = hoursProblem(hours);
    if (problem) throw new RangeError(`working hours: ${problem}`);
    right.add(hours);
  }
  let covered = Number.NEGATIVE_INFINITY;
  // Two days back: a shift over midnight, and one more for a change of offset between.
  let date = addDays(wallOf(at, hours.zone).date, -2);
  for (let idle = 0; idle <= SEARCH_DAYS; idle++, date = addDays(date, 1)) {
    for (const stretch of stretchesOn(date, hours)) {
      const start = Math.max(stretch.start, covered);
      if (start >= stretch.end) continue;
      covered = stretch.end;
      idle = 0;
      if (stretch.end > at) yield { ...stretch, start };
    }
  }
  return undefined;
}

/** For a search that came to the end of {@link stretchesFrom}. */
export function noWorkingTime(): RangeError {
  return new RangeError(`working hours: no working time within ${SEARCH_DAYS} days`);
}

/** The stretches that begin on a day, in order; none on a holiday, a day off, or a day that the zone skipped. */
function stretchesOn(date: LocalDate, hours: WorkingHours): Stretch[] {
  const shifts = hours.days[weekdayOf(date)] ?? [];
  if (shifts.length === 0 || hours.holidays.has(date) || !hasDate(date, hours.zone)) return [];
  const { zone } = hours;
  return shifts
    .map(({ from, to }) => ({
      date,
      start: instantOf({ date, time: from, zone }),
      end: instantOf({
        date: minutesOf(to, true) > minutesOf(from) ? date : addDays(date, 1),
        time: to,
        zone,
      }),
    }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function isTime(text: string, orEnd: boolean): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) || (orEnd && text === '24:00');
}
