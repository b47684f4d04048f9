import { addDays, weekdayOf } from '../../time/index.js';

/** Badges that one person may be shown: on a day, in a week (Monday to Sunday), and critical ones beyond both. */
const BADGES_A_DAY = 3;
const BADGES_A_WEEK = 8;
const CRITICAL_BEYOND_A_DAY = 2;

/** What was lit for a person so far, on the day and in the week of the ask. */
export interface BadgesSpent {
  today: number;
  thisWeek: number;
  /** Critical ones of today that had no room. */
  beyondToday: number;
}

/** Lit within the budget, lit beyond it because it is critical, or held back. */
export type BadgeAnswer = 'within' | 'beyond' | 'held';

/** Whether one more badge may be lit. A critical one takes the room that there is before it goes beyond it. */
export function badgeAnswer(spent: BadgesSpent, isCritical: boolean): BadgeAnswer {
  if (spent.today < BADGES_A_DAY && spent.thisWeek < BADGES_A_WEEK) return 'within';
  return isCritical && spent.beyondToday < CRITICAL_BEYOND_A_DAY ? 'beyond' : 'held';
}

/** The Monday of the week that a day lies in; both YYYY-MM-DD. */
export function weekOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}
