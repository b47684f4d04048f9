import { IANAZone } from 'luxon';
import {
  addDays,
  DAY_MS,
  dateOfDay,
  HOUR_MS,
  type LocalDate,
  type LocalTime,
  MINUTE_MS,
  minutesOf,
  utcOfDate,
  type Weekday,
  weekdayOf,
} from './calendar.js';

/** What a clock on the wall shows. */
export interface Wall {
  date: LocalDate;
  time: LocalTime;
  weekday: Weekday;
}

/** A recurring local intention, such as the digest at 9. Stored so, and computed anew each time. */
export interface WallSchedule {
  time: LocalTime;
  /** IANA name. */
  zone: string;
  /** On these days only; every day when absent. */
  weekdays?: readonly Weekday[];
}

const SEARCH_DAYS = 400;

/** Asking the platform whether a name is a zone builds a formatter each time, which costs more than all else here. */
const known = new Map<string, IANAZone>();
/** By zone, then by the UTC midnight (ms). */
const offsets = new Map<IANAZone, Map<number, number>>();
/** Days kept of a zone: far more than a year of searching touches, and a bound. */
const OFFSETS_KEPT = 5_000;

/** Whether it is an IANA zone such as Europe/Berlin. Fixed offsets (+02:00) are none: they know no summer time. */
export function isZone(name: string): boolean {
  return known.has(name) || (/^[A-Za-z]/.test(name) && IANAZone.isValidZone(name));
}

/** What is wrong with a zone name, in words for the person who typed it, with what would be right; undefined if nothing. */
export function zoneProblem(name: string): string | undefined {
  if (isZone(name)) return undefined;
  const wanted = name.trim().toLowerCase().replace(/\s+/g, '_');
  const near = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${wanted}`));
  const hint = near
    ? `Did you mean ${near}?`
    : 'Write it as Region/City, such as Europe/Berlin or America/New_York.';
  return `"${name}" is not a time zone. ${hint}`;
}

/** What was asked for lately: working time looks at the same few days again and again, and the platform is slow to say. */
const asked = new Map<string, number>();
const ASKED = 20_000;

/**
 * UTC milliseconds at which a wall clock first shows a date and time. A time that the zone skips (02:30 on the night
 * summer time begins) is the first instant after the gap; one that comes twice is the first.
 * @param at.time `HH:MM`, or `24:00` for the end of the day
 * @throws RangeError when date, time or zone is none
 */
export function instantOf(at: { date: LocalDate; time: LocalTime; zone: string }): number {
  const key = `${at.date} ${at.time} ${at.zone}`;
  const found = asked.get(key);
  if (found !== undefined) return found;
  const instant = firstShown(at);
  if (asked.size >= ASKED) asked.clear();
  asked.set(key, instant);
  return instant;
}

function firstShown(at: { date: LocalDate; time: LocalTime; zone: string }): number {
  const zone = zoneOf(at.zone);
  const local = utcOfDate(at.date) + minutesOf(at.time, true) * MINUTE_MS;
  // Offsets lie between -12 and +14 hours, so these two are the ones before and after any change that matters here.
  const before = local - 15 * HOUR_MS;
  const after = local + 13 * HOUR_MS;
  const offsets = [offsetMs(zone, before), offsetMs(zone, after)];
  const shown = offsets.map((offset) => local - offset).filter((utc) => offsetMs(zone, utc) === local - utc);
  return shown.length > 0 ? Math.min(...shown) : changeBetween(zone, before, after);
}

/** What the wall shows at an instant (UTC milliseconds). @throws RangeError when the zone is none */
export function wallOf(instant: number, zone: string): Wall {
  const local = instant + offsetMs(zoneOf(zone), instant);
  const date = dateOfDay(local);
  return { date, time: new Date(local).toISOString().slice(11, 16), weekday: weekdayOf(date) };
}

/** Whether the zone has the day at all: Apia went from 29 to 31 December 2011. */
export function hasDate(date: LocalDate, zone: string): boolean {
  return wallOf(instantOf({ date, time: '00:00', zone }), zone).date === date;
}

/**
 * The first instant strictly after `after` (UTC milliseconds) at which the wall shows the time: once on each day that
 * the zone has, also where summer time skips or doubles the hour.
 * @throws RangeError when time or zone is none, or no weekday is given
 */
export function nextWallTime(after: number, { time, zone, weekdays }: WallSchedule): number {
  let date = wallOf(after, zone).date;
  for (let i = 0; i < SEARCH_DAYS; i++, date = addDays(date, 1)) {
    if (weekdays && !weekdays.includes(weekdayOf(date))) continue;
    const instant = instantOf({ date, time, zone });
    if (instant > after && hasDate(date, zone)) return instant;
  }
  throw new RangeError('the schedule has no weekday');
}

function zoneOf(name: string): IANAZone {
  const found = known.get(name);
  if (found) return found;
  if (!isZone(name)) throw new RangeError(`not a time zone: ${JSON.stringify(name)}`);
  const zone = IANAZone.create(name);
  known.set(name, zone);
  return zone;
}

/**
 * What the wall is ahead of UTC by, ms. Asking the platform formats a date, which cost most of an event's time, so the
 * offsets at the ends of UTC days are kept: a day that ends as it began has no change in it.
 */
function offsetMs(zone: IANAZone, instant: number): number {
  const day = Math.floor(instant / DAY_MS) * DAY_MS;
  const offset = offsetAtDay(zone, day);
  return offset === offsetAtDay(zone, day + DAY_MS) ? offset : askOffsetMs(zone, instant);
}

function offsetAtDay(zone: IANAZone, day: number): number {
  const kept = offsets.get(zone) ?? new Map<number, number>();
  const found = kept.get(day);
  if (found !== undefined) return found;
  if (kept.size >= OFFSETS_KEPT) kept.clear();
  const asked = askOffsetMs(zone, day);
  offsets.set(zone, kept.set(day, asked));
  return asked;
}

function askOffsetMs(zone: IANAZone, instant: number): number {
  return Math.round(zone.offset(instant) * MINUTE_MS);
}

/** The first instant with the later offset, found by halving; the caller knows that there is one change between. */
function changeBetween(zone: IANAZone, before: number, after: number): number {
  const later = offsetMs(zone, after);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle) === later) high = middle;
    else low = middle;
  }
  return high;
}
