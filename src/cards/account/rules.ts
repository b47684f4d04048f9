import { addDays, instantOf, type LocalDate, wallOf } from '../../time/index.js';

const OLDEST_DAYS = 400;

/**
 * When a conversation took place that was logged for a day: now for today, noon of the day in the zone of whoever logs
 * it for an earlier one. UTC ms.
 * @returns what is wrong with the day, in words, when it lies in the future or too far back
 */
export function touchAt(day: LocalDate, { zone, now }: { zone: string; now: number }): number | string {
  const today = wallOf(now, zone).date;
  if (day > today) return 'This day has not come yet. Choose today or an earlier one.';
  if (day < addDays(today, -OLDEST_DAYS)) return 'This is more than a year ago. Choose a later day.';
  return day === today ? now : instantOf({ date: day, time: '12:00', zone });
}
