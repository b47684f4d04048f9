import type { IcsRecurrenceRule } from 'ts-ics';
import { addDays, isDate, weekdayOf } from '../time/index.js';

/** How far ahead what comes back every year is written out. */
const YEARS = 5;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * The days of this and the coming years on which an entry that comes back every year begins: the same date, or the same
 * weekday of a month such as the fourth Thursday of November. The library's own expansion reads the zone of the machine.
 * @param first the day on which it began, YYYY-MM-DD
 * @returns null for a rule that is neither: what cannot be read must not become a wrong day off
 */
export function yearlyStarts(first: string, rule: IcsRecurrenceRule, today: string): string[] | null {
  const dayIn = dayOfYear(first, rule);
  if (dayIn === null) return null;
  const begun = Number(first.slice(0, 4));
  const from = Math.max(begun, Number(today.slice(0, 4)));
  const last = lastYear(first, rule, dayIn);
  return Array.from({ length: YEARS }, (_, n) => from + n)
    .filter((year) => year <= last)
    .map(dayIn)
    .filter((day) => isDate(day) && day >= first);
}

/** Which day of a year is meant; null when the rule says something else than one day. */
function dayOfYear(first: string, rule: IcsRecurrenceRule): ((year: number) => string) | null {
  const { frequency, interval = 1, byDay = [], byMonth = [], byMonthday = [] } = rule;
  const more = [rule.bySetPos, rule.byWeekNo, rule.byYearday].some((part) => part !== undefined);
  const month = Number(first.slice(5, 7));
  // Months are counted from zero by the library.
  const isItsMonth = byMonth.length === 0 || (byMonth.length === 1 && byMonth[0] === month - 1);
  const isItsDay =
    byMonthday.length === 0 || (byMonthday.length === 1 && byMonthday[0] === Number(first.slice(8)));
  if (frequency !== 'YEARLY' || interval !== 1 || more || !isItsMonth || !isItsDay) return null;
  if (byDay.length === 0) return (year) => `${year}${first.slice(4)}`;
  const [one] = byDay;
  const nth = one?.occurrence ?? 0;
  if (byDay.length > 1 || byMonth.length === 0 || byMonthday.length > 0 || nth === 0 || Math.abs(nth) > 4)
    return null;
  const weekday = WEEKDAYS.indexOf(one?.day ?? '') + 1;
  return (year) => nthWeekday(year, month, weekday, nth);
}

/** The `nth` weekday of a month, from its end when negative. */
function nthWeekday(year: number, month: number, weekday: number, nth: number): string {
  const firstOfMonth = `${year}-${String(month).padStart(2, '0')}-01`;
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  const edge = nth > 0 ? firstOfMonth : addDays(next, -1);
  const off = nth > 0 ? (weekday - weekdayOf(edge) + 7) % 7 : -((weekdayOf(edge) - weekday + 7) % 7);
  return addDays(edge, off + (nth > 0 ? nth - 1 : nth + 1) * 7);
}

/** The last year in which it comes; Infinity for one without end. */
function lastYear(first: string, { until, count }: IcsRecurrenceRule, dayIn: (year: number) => string) {
  const begun = Number(first.slice(0, 4));
  const byCount = count === undefined ? Number.POSITIVE_INFINITY : begun + count - 1;
  if (until === undefined) return byCount;
  const end = until.date.toISOString().slice(0, 10);
  const year = Number(end.slice(0, 4));
  return Math.min(byCount, dayIn(year) <= end ? year : year - 1);
}
