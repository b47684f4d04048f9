import type { HoursSpec } from '../../people/rules.js';
import { nextWallTime, wallOf } from '../../time/index.js';

/** Nobody is off longer than this many days. */
const SEARCH_DAYS = 60;

/**
 * The next working morning at a local time (`09:15`), after an instant, on the company's wall. UTC ms; the time on the
 * next day of all when no working day is near (hours without any).
 */
export function nextStandup(after: number, time: string, hours: HoursSpec): number {
  let at = after;
  for (let day = 0; day < SEARCH_DAYS; day += 1) {
    at = nextWallTime(at, { time, zone: hours.zone });
    const { date, weekday } = wallOf(at, hours.zone);
    const shifts = hours.days[String(weekday) as keyof HoursSpec['days']] ?? [];
    if (shifts.length > 0 && !hours.holidays.includes(date)) return at;
  }
  return nextWallTime(after, { time, zone: hours.zone });
}
