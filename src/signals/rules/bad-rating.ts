import { DAY_MS, dayOnly } from '../../time/index.js';
import type { RatingFact } from './facts.js';
import { type AccountRule, countReading, earliest, num, times } from './rule.js';

/**
 * S08: a rating of 1 or 2 of 5, or a mean of 60 days that is half a point below that of the 60 days before (five
 * ratings in each).
 */
export const badRating: AccountRule = {
  id: 'S08',
  version: 2,
  name: 'bad rating',
  scope: 'account',
  severity: 'high',
  func: 'success',
  place: 'interruptive',
  when: 'the customer rates our help badly, or lower on the whole than before',
  nextStep: 'ask them what went wrong, within a day or two',
  numbers: {
    fire: 1,
    clear: 0,
    holdMinutes: 0,
    cooldownDays: 14,
    badUpTo: 2,
    windowDays: 14,
    meanDays: 60,
    meanLeast: 5,
    meanDropTenths: 5,
  },
  read: (numbers, { ratings, zone }, now) => {
    const windowMs = num(numbers, 'windowDays') * DAY_MS;
    const meanMs = num(numbers, 'meanDays') * DAY_MS;
    const bad = ratings.filter((one) => one.value <= num(numbers, 'badUpTo') && one.at > now - windowMs);
    const now60 = ratings.filter((one) => one.at > now - meanMs);
    const before = ratings.filter((one) => one.at <= now - meanMs && one.at > now - 2 * meanMs);
    const drop = mean(before) - mean(now60);
    const isFalling =
      Math.min(now60.length, before.length) >= num(numbers, 'meanLeast') &&
      drop * 10 >= num(numbers, 'meanDropTenths') - 1e-9;
    const newest = bad.at(-1);
    return countReading(numbers, {
      level: bad.length + (isFalling ? 1 : 0),
      line: newest
        ? `rated ${newest.issueName ?? 'our help'} ${newest.value} of 5, ${dayOnly(newest.at, zone, now)}`
        : `rates our help ${mean(now60).toFixed(1)} of 5 (${mean(before).toFixed(1)} before, ${times(now60.length, 'rating')})`,
      facts: { bad: bad.length, ratings: now60.length },
      lookAgainAt: earliest(
        [
          ...bad.map(({ at }) => at + windowMs),
          // The means move with time alone, where there are enough of both.
          ...(now60.length + before.length < 2 * num(numbers, 'meanLeast')
            ? []
            : ratings.flatMap(({ at }) => [at + meanMs, at + 2 * meanMs])),
        ],
        now,
      ),
    });
  },
};

function mean(ratings: readonly RatingFact[]): number {
  return ratings.length === 0 ? 0 : ratings.reduce((sum, one) => sum + one.value, 0) / ratings.length;
}
