import { convertIcsCalendar, type IcsCalendar, type IcsEvent } from 'ts-ics';
import { addDays, isDate } from '../time/index.js';
import { CsvError } from './csv/read.js';
import { yearlyStarts } from './yearly.js';

/** A day off. */
export interface DayOff {
  /** YYYY-MM-DD, in the zone of whoever has it. */
  date: string;
  name: string;
}

/** More is no calendar of holidays. */
const MAX_BYTES = 1024 * 1024;
const MAX_DAYS = 2_000;

/**
 * Reads days off from an `.ics` calendar (whole-day entries; yearly ones for five years from `today`) or from a list: one
 * `YYYY-MM-DD Name` per line. @throws CsvError that says what would be right
 */
export function readCalendar(bytes: Uint8Array, file: string, today: string): DayOff[] {
  const refuse = (text: string, row: number | null = null): never => {
    throw new CsvError([{ row, column: null, text }], file);
  };
  if (bytes.length > MAX_BYTES)
    refuse(
      `${(bytes.length / 1024 / 1024).toFixed(1)} MB is too large for a calendar of holidays; 1 MB fits. Export only the holidays`,
    );
  const text = decode(bytes, refuse);
  const days = /^\s*BEGIN:VCALENDAR/.test(text) ? fromIcs(text, today, refuse) : fromList(text, refuse);
  if (days.length === 0) refuse('there is no whole day in it; a holiday is an entry for the whole day');
  if (days.length > MAX_DAYS) refuse(`${days.length} days off; ${MAX_DAYS} fit`);
  return days;
}

type Refuse = (text: string, row?: number | null) => never;

function decode(bytes: Uint8Array, refuse: Refuse): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('this is not UTF-8; save it as UTF-8');
  }
}

function fromList(text: string, refuse: Refuse): DayOff[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const [, date = '', name = ''] = /^\s*([^\s,;]+)[\s,;]*(.*?)\s*$/.exec(line) ?? [];
    if (date === '' || date.startsWith('#') || /^date$/i.test(date)) return [];
    if (!isDate(date))
      return refuse(`"${date.slice(0, 40)}" is no date; write it as 2026-12-25 Christmas`, i + 1);
    return [{ date, name: name.slice(0, 80) || 'day off' }];
  });
}

function fromIcs(text: string, today: string, refuse: Refuse): DayOff[] {
  checkLines(text, refuse);
  const calendar = parseIcs(text, refuse);
  const days = (calendar.events ?? []).flatMap((event) => {
    if (event.start.type !== 'DATE' || event.status === 'CANCELLED') return [];
    const first = dayOf(event.start.date);
    const end = 'end' in event && event.end ? dayOf(event.end.date) : addDays(first, 1);
    const name = (event.summary ?? 'day off').slice(0, 80);
    const without = new Set((event.exceptionDates ?? []).map((one) => dayOf(one.date)));
    return startsOf(event, first, { today, name }, refuse)
      .filter((start) => !without.has(start))
      .flatMap((start) => spanOf(start, first, end).map((date) => ({ date, name })));
  });
  const once = new Map(days.map((day) => [day.date, day]));
  return [...once.values()].sort((a, b) => a.date.localeCompare(b.date));
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** The days on which an entry begins. */
function startsOf(
  event: IcsEvent,
  first: string,
  { today, name }: { today: string; name: string },
  refuse: Refuse,
): string[] {
  if (event.recurrenceRule === undefined) return [first];
  return (
    yearlyStarts(first, event.recurrenceRule, today) ??
    refuse(
      `"${name}" comes back in a way that is not understood; write its days out, one 2026-12-25 ${name} per line, or leave it out`,
    )
  );
}

/** A file that broke off, and days that no calendar has: the library reads both as something. */
function checkLines(text: string, refuse: Refuse): void {
  if (!/^END:VCALENDAR\s*$/m.test(text) && /^BEGIN:VEVENT/m.test(text))
    refuse('the file breaks off before its end (END:VCALENDAR); export it anew');
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const [, typed = ''] = /^DT(?:START|END)[^:]*;VALUE=DATE(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    const date = typed.trim().replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    if (typed !== '' && !isDate(date)) refuse(`"${typed.slice(0, 40)}" is no date`, i + 1);
  }
}

function parseIcs(text: string, refuse: Refuse): IcsCalendar {
  try {
    return convertIcsCalendar(undefined, text);
  } catch {
    return refuse('this is no calendar that can be read; export it anew as .ics (iCalendar)');
  }
}

/** Every day of an entry that begins on `start` and is as long as from `first` to `end`, the end not included. */
function spanOf(start: string, first: string, end: string): string[] {
  const days: string[] = [];
  for (let day = start, at = first; at < end && days.length < 62; day = addDays(day, 1), at = addDays(at, 1))
    days.push(day);
  return days.length > 0 ? days : [start];
}
