import { addDays, DAY_MS, daysBetween, type LocalDate } from './calendar.js';
import { noWorkingTime, type Stretch, stretchesFrom, type WorkingHours } from './shifts.js';
import { instantOf, wallOf } from './wall.js';

/*
 * All instants are UTC milliseconds. Every function throws RangeError when the hours are not right (`hoursProblem` says
 * so before, in words for whoever sets them); those that look ahead also when 400 days in a row have no working time.
 */

const LONGEST_MS = 3660 * DAY_MS;

/** Whether `at` lies in a shift; its end no longer does. */
export function isWorking(at: number, hours: WorkingHours): boolean {
  return firstFrom(at, hours).start <= at;
}

/** `at` itself when it is working time, else the start of the next shift. */
export function nextWorkingInstant(at: number, hours: WorkingHours): number {
  return Math.max(at, firstFrom(at, hours).start);
}

/**
 * The earliest instant by which `ms` of working time have passed since `at`; `at` itself for 0. Eight hours from nine
 * end at five, not the next morning.
 * @throws RangeError when `ms` is negative, not a number or above ten years
 */
export function addWorkingTime(at: number, ms: number, hours: WorkingHours): number {
  if (!(ms >= 0 && ms <= LONGEST_MS)) throw new RangeError(`working time to add: ${ms} ms`);
  const stretches = stretchesFrom(at, hours);
  // Part of a millisecond would be lost in adding, and never used up.
  let left = Math.ceil(ms);
  let reached = at;
  while (left > 0) {
    const stretch = stretches.next().value;
    if (!stretch) throw noWorkingTime();
    const begin = Math.max(stretch.start, at);
    reached = begin + Math.min(left, stretch.end - begin);
    left -= reached - begin;
  }
  return reached;
}

/** Working milliseconds from `a` to `b`; 0 when `b` is not later. */
export function workingTimeBetween(a: number, b: number, hours: WorkingHours): number {
  let sum = 0;
  if (b <= a) return sum;
  for (const { start, end } of stretchesFrom(a, hours)) {
    if (start >= b) break;
    sum += Math.min(end, b) - Math.max(start, a);
  }
  return sum;
}

/** When the first shift of the next working day begins. "Next" is after the day of `at`, see {@link endOfNextWorkingDay}. */
export function startOfNextWorkingDay(at: number, hours: WorkingHours): number {
  return workingDayAfter(dayOf(at, hours), 1, at, hours).start;
}

/**
 * When the last shift of the next working day ends. The day of `at` is the day on which its shift began (01:00 in a
 * night shift belongs to the evening), else its date; so Friday and Saturday both give Monday's end.
 */
export function endOfNextWorkingDay(at: number, hours: WorkingHours): number {
  return workingDayAfter(dayOf(at, hours), 1, at, hours).end;
}

/**
 * The same wall time `n` working days later, held inside that day's working hours. What is outside working time starts
 * at the next shift, so that a Saturday never ends before the Friday before it.
 * @param n whole, 0 or more
 * @throws RangeError when `n` is not
 */
export function addWorkingDays(at: number, n: number, hours: WorkingHours): number {
  if (!Number.isInteger(n) || n < 0 || n > 3660) throw new RangeError(`working days to add: ${n}`);
  const begin = nextWorkingInstant(at, hours);
  if (n === 0) return begin;
  const day = dayOf(begin, hours);
  const wall = wallOf(begin, hours.zone);
  const target = workingDayAfter(day, n, begin, hours);
  const date = addDays(target.date, daysBetween(day, wall.date));
  const sameTime = instantOf({ date, time: wall.time, zone: hours.zone }) + (begin % 60_000);
  return Math.min(Math.max(sameTime, target.start), target.end);
}

function firstFrom(at: number, hours: WorkingHours): Stretch {
  const first = stretchesFrom(at, hours).next().value;
  if (!first) throw noWorkingTime();
  return first;
}

function dayOf(at: number, hours: WorkingHours): LocalDate {
  const first = firstFrom(at, hours);
  return first.start <= at ? first.date : wallOf(at, hours.zone).date;
}

/** The `n`th day after `day` on which work begins, from its first start to its last end. */
function workingDayAfter(day: LocalDate, n: number, at: number, hours: WorkingHours): Stretch {
  let found: Stretch | undefined;
  let count = 0;
  for (const stretch of stretchesFrom(at, hours)) {
    if (stretch.date <= day) continue;
    if (found?.date === stretch.date) {
      found = { ...found, end: stretch.end };
      continue;
    }
    if (found && count === n) return found;
    found = stretch;
    count++;
  }
  if (found && count === n) return found;
  throw noWorkingTime();
}
