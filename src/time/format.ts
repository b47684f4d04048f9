import { DAY_MS, daysBetween, HOUR_MS, type LocalDate, MINUTE_MS, utcOfDate, weekdayOf } from './calendar.js';
import { wallOf } from './wall.js';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** So far a weekday alone says which day is meant. */
const WEEKDAY_ALONE_DAYS = 6;

/*
 * Dates and times in English words for cards. Instants are UTC milliseconds, read in the IANA zone of whoever reads;
 * `now` decides whether a weekday is enough and whether the year is said. RangeError when the zone is none.
 */

/** "Thu 17:00" within 6 days of now, "Tue 24 Nov 17:00" beyond, "Sun 14 Feb 2027 17:00" in another year. */
export function dayAndClock(at: number, zone: string, now: number): string {
  const { date, time } = wallOf(at, zone);
  const today = wallOf(now, zone).date;
  const day = isNear(date, today) ? '' : ` ${dayAndMonth(date, today)}`;
  return `${weekdayName(date)}${day} ${time}`;
}

/** {@link dayAndClock} with "today", "yesterday" and "tomorrow" in place of the weekday. */
export function relativeDayAndClock(at: number, zone: string, now: number): string {
  const { date, time } = wallOf(at, zone);
  const word = { 0: 'today', 1: 'tomorrow', [-1]: 'yesterday' }[daysBetween(wallOf(now, zone).date, date)];
  return word === undefined ? dayAndClock(at, zone, now) : `${word} ${time}`;
}

/** "Thu" within 6 days of now, "24 Nov" beyond, "14 Feb 2027" in another year. */
export function dayOnly(at: number, zone: string, now: number): string {
  return dateInWords(wallOf(at, zone).date, wallOf(now, zone).date);
}

/** {@link dayOnly} for a day that has no zone, such as a renewal. @throws RangeError when one is no day */
export function dateInWords(date: LocalDate, today: LocalDate): string {
  return isNear(date, today) ? weekdayName(date) : dayAndMonth(date, today);
}

/** "17:00" */
export function clockOnly(at: number, zone: string): string {
  return wallOf(at, zone).time;
}

/** "9-15 Nov", "28 Nov-4 Dec", "29 Dec 2026-4 Jan 2027", both ends included. @throws RangeError when one is no day */
export function dayRange(first: LocalDate, last: LocalDate): string {
  if (first === last) return dayAndMonth(last, last);
  const year = (date: LocalDate) => date.slice(0, 4);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))}-${dayAndMonth(last, last)}`;
  if (year(first) === year(last)) return `${dayAndMonth(first, last)}-${dayAndMonth(last, last)}`;
  return `${dayAndMonth(first, last)}-${dayAndMonth(last, first)}`;
}

/** A length of time (milliseconds, sign ignored) in its largest whole unit: "6 days", "1 hour", "20 minutes". */
export function span(ms: number): string {
  const length = Math.abs(ms);
  if (length >= DAY_MS) return counted(Math.floor(length / DAY_MS), 'day');
  if (length >= HOUR_MS) return counted(Math.floor(length / HOUR_MS), 'hour');
  if (length >= MINUTE_MS) return counted(Math.floor(length / MINUTE_MS), 'minute');
  return 'less than a minute';
}

/** "6 days ago", "in 3 hours", "just now" within a minute. */
export function agoInWords(at: number, now: number): string {
  if (Math.abs(now - at) < MINUTE_MS) return 'just now';
  return at < now ? `${span(now - at)} ago` : `in ${span(at - now)}`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function isNear(date: LocalDate, today: LocalDate): boolean {
  return Math.abs(daysBetween(today, date)) <= WEEKDAY_ALONE_DAYS;
}

function weekdayName(date: LocalDate): string {
  return WEEKDAYS[weekdayOf(date) - 1] ?? '';
}

function dayAndMonth(date: LocalDate, today: LocalDate): string {
  const day = new Date(utcOfDate(date));
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : ` ${date.slice(0, 4)}`;
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()] ?? ''}${year}`;
}
