import { addDays, daysBetween, isDate, type LocalDate, utcOfDate, weekdayOf } from './calendar.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august'],
  ...['september', 'october', 'november', 'december'],
];
const RIGHT = 'Write a day such as Friday, 20 Nov or 2026-11-20.';
/** A day and month without a year, gone for longer than this, is next year's. */
const GONE_DAYS = 180;
const FURTHEST_DAYS = 366;

/** A day, or what is wrong with the text and what would be right. */
export type Day = { date: LocalDate } | { problem: string };

/**
 * Reads a coming day as people type it: "today", "tomorrow", "Friday" (never today: a week later then), "20 Nov",
 * "Nov 20", "20 November 2026", "2026-11-20". Days that are past or more than a year away are problems.
 * @param today the day on which it is read, in the zone of whoever typed it
 */
export function parseDay(text: string, today: LocalDate): Day {
  const said = text.trim().toLowerCase().replace(/[.,]/g, ' ').replace(/\s+/g, ' ').trim();
  const date = fromWord(said, today) ?? fromMonth(said, today) ?? (isDate(said) ? said : undefined);
  const shown = text.trim().slice(0, 40);
  if (date === undefined)
    return { problem: shown === '' ? `No day is given. ${RIGHT}` : `"${shown}" is no day. ${RIGHT}` };
  if (date < today) return { problem: `"${shown}" is past. ${RIGHT}` };
  if (daysBetween(today, date) > FURTHEST_DAYS)
    return { problem: `"${shown}" is more than a year away. ${RIGHT}` };
  return { date };
}

function fromWord(said: string, today: LocalDate): LocalDate | undefined {
  if (said === 'today') return today;
  if (said === 'tomorrow') return addDays(today, 1);
  const weekday = said.length < 3 ? -1 : WEEKDAYS.findIndex((name) => name.startsWith(said));
  if (weekday === -1) return undefined;
  return addDays(today, ((weekday + 1 - weekdayOf(today) + 6) % 7) + 1);
}

function fromMonth(said: string, today: LocalDate): LocalDate | undefined {
  const [, dayFirst, after] = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,})(?: \d{4})?$/.exec(said) ?? [];
  const [, before, dayLast] = /^([a-z]{3,}) (\d{1,2})(?:st|nd|rd|th)?(?: \d{4})?$/.exec(said) ?? [];
  const month = MONTHS.findIndex((name) => name.startsWith(after ?? before ?? '?')) + 1;
  if (month === 0) return undefined;
  const year = / (\d{4})$/.exec(said)?.[1];
  const inYear = (of: number): LocalDate | undefined => {
    const date = [of, month, Number(dayFirst ?? dayLast)]
      .map((part) => String(part).padStart(2, '0'))
      .join('-');
    return isDate(date) ? date : undefined;
  };
  if (year) return inYear(Number(year));
  const thisYear = new Date(utcOfDate(today)).getUTCFullYear();
  const date = inYear(thisYear);
  return date === undefined || daysBetween(date, today) > GONE_DAYS ? (inYear(thisYear + 1) ?? date) : date;
}

/** Reads a time of day as people type it: `9:15`, `09.15`, `9`; null for anything else. */
export function readTimeOfDay(text: string): string | null {
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[:.](\d{2}))?(?:\s*h)?$/i.exec(text.trim()) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}
