/** A day without zone, `YYYY-MM-DD`. */
export type LocalDate = string;
/** A time of day without zone, `HH:MM`, 00:00 to 23:59. */
export type LocalTime = string;
/** ISO: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Whether the text is a day that the calendar has (2026-02-30 is none). */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOfDay(Date.parse(`${text}T00:00:00Z`)) === text;
}

/** Days since 1970-01-01 times a day's length, as if the day were in UTC. @throws RangeError when it is no day */
export function utcOfDate(date: LocalDate): number {
  if (!isDate(date)) throw new RangeError(`not a date (YYYY-MM-DD): ${JSON.stringify(date)}`);
  return Date.parse(`${date}T00:00:00Z`);
}

/** The day `days` later, or earlier when negative. @throws RangeError when `date` is no day */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(utcOfDate(date) + days * DAY_MS);
}

/** Whole days from `a` to `b`; negative when `b` is earlier. @throws RangeError when one is no day */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return (utcOfDate(b) - utcOfDate(a)) / DAY_MS;
}

/** @throws RangeError when `date` is no day */
export function weekdayOf(date: LocalDate): Weekday {
  return (((new Date(utcOfDate(date)).getUTCDay() + 6) % 7) + 1) as Weekday;
}

/**
 * Minutes since midnight of `HH:MM`.
 * @param orEnd also take `24:00`, the end of the day
 * @throws RangeError when it is no time of day
 */
export function minutesOf(time: LocalTime, orEnd = false): number {
  const [, h, m] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time) ?? [];
  const minutes = Number(h) * 60 + Number(m);
  if (h === undefined || minutes > 24 * 60 || (minutes === 24 * 60 && !orEnd)) {
    throw new RangeError(`not a time of day (HH:MM): ${JSON.stringify(time)}`);
  }
  return minutes;
}

/** The day that holds an instant read in UTC; '' when it is no instant. */
export function dateOfDay(utc: number): LocalDate {
  return Number.isFinite(utc) ? new Date(utc).toISOString().slice(0, 10) : '';
}
