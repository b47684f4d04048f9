import type { Severity } from '../../people/ladder.js';
import {
  addDays,
  addWorkingTime,
  endOfNextWorkingDay,
  HOUR_MS,
  instantOf,
  isDate,
  nextWorkingInstant,
  startOfNextWorkingDay,
  type WorkingHours,
  wallOf,
  weekdayOf,
} from '../../time/index.js';

/** How long a follow-up may sleep. */
const SNOOZES = ['4h', 'tomorrow', 'monday', 'day'] as const;

/** A customer waits: twice, and no longer than this. What is critical sleeps four hours at most. */
const SNOOZES_MAX = 2;
const LONGEST_DAYS = 14;
const MONDAY = 1;

/** Until when, or why not: by field of the form. */
export type Snooze = { until: number } | { problem: { field: 'until' | 'day'; text: string } };

/**
 * Reads what was chosen. `4h` are working hours of whoever has it; the others are starts of working days.
 * @param day YYYY-MM-DD, with the choice `day`
 */
export function readSnooze(
  chosen: { choice: string; day: string },
  followup: { severity: Severity; snoozes: number },
  hours: WorkingHours,
  now: number,
): Snooze {
  const no = (field: 'until' | 'day', text: string): Snooze => ({ problem: { field, text } });
  if (followup.snoozes >= SNOOZES_MAX)
    return no(
      'until',
      'It was snoozed twice already. Tell them, give it to somebody, or say that it is not needed.',
    );
  const choice = SNOOZES.find((one) => one === chosen.choice);
  if (!choice) return no('until', 'Choose until when.');
  if (choice === '4h') return { until: addWorkingTime(now, 4 * HOUR_MS, hours) };
  if (followup.severity === 'critical') return no('until', 'What is critical can wait four hours at most.');
  if (choice === 'tomorrow') return { until: startOfNextWorkingDay(now, hours) };
  const today = wallOf(now, hours.zone).date;
  if (choice === 'monday') return { until: startOf(nextMonday(today), hours) };
  if (!isDate(chosen.day)) return no('day', 'Choose the day.');
  if (chosen.day <= today) return no('day', 'That day is past or today. Choose one from tomorrow on.');
  if (chosen.day > addDays(today, LONGEST_DAYS))
    return no('day', `They wait to hear from us: at most ${LONGEST_DAYS} days.`);
  return { until: startOf(chosen.day, hours) };
}

/** By when it is to be done after it woke: the end of the first working day that ends after that; never earlier than it was. */
export function dueAfterSnooze(until: number, dueAt: number, hours: WorkingHours): number {
  const eve = addDays(wallOf(until, hours.zone).date, -1);
  const noon = instantOf({ date: eve, time: '12:00', zone: hours.zone });
  const sameDay = endOfNextWorkingDay(noon, hours);
  return Math.max(dueAt, sameDay > until ? sameDay : endOfNextWorkingDay(until, hours));
}

/** When work begins on a day, or on the first working day after it. */
function startOf(day: string, hours: WorkingHours): number {
  return nextWorkingInstant(instantOf({ date: day, time: '00:00', zone: hours.zone }), hours);
}

function nextMonday(today: string): string {
  return addDays(today, ((MONDAY - weekdayOf(today) + 6) % 7) + 1);
}
