import { dateInWords, daysBetween, type LocalDate } from '../../time/index.js';
import type { HealthFacts, Measure, Score } from './health.js';

/** What is known of an account on the day on which its health is computed. */
export interface HealthKnown {
  /** Local date of the company. */
  today: LocalDate;
  /** Days since anything was first known of it; null: nothing is. */
  knownDays: number | null;
  /** Of the last ninety days. */
  reopened: number;
  lateAnswers: number;
  brokenPromises: number;
  /** Values of 1 to 5. */
  ratings: readonly number[];
  /** How often it wrote in the last thirty days, and in the sixty before. */
  contacts: { month: number; before: number };
  /** Days since the last conversation that was logged; null: none ever was. */
  touchedDaysAgo: number | null;
  /** How often a conversation is wanted, in days; null where neither the account nor its tier says. */
  touchEveryDays: number | null;
  renewalOn: LocalDate | null;
}

/** Younger than this, that nothing went wrong says nothing yet. */
const KNOWN_DAYS_MIN = 14;
/** Where nobody says how often, a conversation a quarter is expected. */
const TOUCH_EVERY_DAYS = 90;
/** A renewal this near needs attention whatever else holds. */
const RENEWAL_NEAR_DAYS = 30;

/**
 * The measures of an account's health, of what Baton sees: reopenings, late answers, broken promises, ratings and how
 * much they write; when somebody last spoke with them; the renewal. Nothing feeds the use of the product yet.
 */
export function healthFacts(known: HealthKnown): HealthFacts {
  return {
    support: known.knownDays === null || known.knownDays < KNOWN_DAYS_MIN ? [] : support(known),
    use: [],
    relationship: [touched(known)],
    commercial: [renewal(known)],
  };
}

function support(known: HealthKnown): Measure[] {
  return [
    { score: fewer(known.reopened, 1, 2), reason: `${times(known.reopened, 'reopening')} in 90 days` },
    {
      score: fewer(known.lateAnswers, 1, 3),
      reason: `${times(known.lateAnswers, 'late answer')} in 90 days`,
    },
    {
      score: fewer(known.brokenPromises, 1, 2),
      reason: `${times(known.brokenPromises, 'broken promise')} in 90 days`,
    },
    rated(known.ratings),
    volume(known.contacts),
  ];
}

/** 10 for none, 5 from `some` on, 0 from `many` on. */
function fewer(n: number, some: number, many: number): Score {
  return n >= many ? 0 : n >= some ? 5 : 10;
}

/** On average of 5: four and more is healthy, less than three is poor. */
function rated(ratings: readonly number[]): Measure {
  const mean = ratings.reduce((sum, one) => sum + one, 0) / ratings.length;
  const score = ratings.length === 0 ? null : mean >= 4 ? 10 : mean >= 3 ? 5 : 0;
  return { score, reason: `rated ${mean.toFixed(1)} of 5 on average` };
}

/** Twice as much as usual, and four times at least, is poor; half as much again, and three times, concerning. */
function volume({ month, before }: HealthKnown['contacts']): Measure {
  const usual = before / 2;
  const score = month >= 4 && month >= usual * 2 ? 0 : month >= 3 && month >= usual * 1.5 ? 5 : 10;
  return { score, reason: `wrote in ${month} times in 30 days, usually ${Math.round(usual)}` };
}

function touched({ touchedDaysAgo: ago, touchEveryDays }: HealthKnown): Measure {
  const every = touchEveryDays ?? TOUCH_EVERY_DAYS;
  const score = ago === null ? null : ago <= every ? 10 : ago <= every * 2 ? 5 : 0;
  return { score, reason: `nobody spoke with them for ${times(ago ?? 0, 'day')}` };
}

function renewal({ renewalOn, today }: HealthKnown): Measure {
  if (renewalOn === null) return { score: null, reason: 'no renewal date' };
  const left = daysBetween(today, renewalOn);
  const day = dateInWords(renewalOn, today);
  if (left < 0) return { score: 0, reason: `renewal was due ${day}` };
  return { score: left <= RENEWAL_NEAR_DAYS ? 5 : 10, reason: `renews ${day}` };
}

function times(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
