import { addWorkingTime, dayAndClock, HOUR_MS } from '../../time/index.js';
import { type AccountRule, countReading, earliest, num, times } from './rule.js';
import { WAITS_MS } from './waits.js';

/**
 * S04: a customer of tier A or B has had no first reply for four working hours. Support hears of it by the service
 * levels, of every tier; this one is for the success manager.
 */
export const noFirstReply: AccountRule = {
  id: 'S04',
  version: 2,
  name: 'no first reply',
  scope: 'account',
  severity: 'medium',
  func: 'success',
  place: 'interruptive',
  when: 'an account of tier A or B has had no first answer for hours',
  nextStep: 'ask support who answers, and say a word to the customer',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 1, workingHours: 4 },
  usesProfile: true,
  read: (numbers, { account, waits, hours, zone }, now) => {
    const isCared = account.tier === 'A' || account.tier === 'B';
    const unanswered = waits
      .filter((wait) => isCared && wait.isFirst && (wait.isQuestion || wait.hasOpenIssue))
      .map((wait) => ({
        ...wait,
        lateAt: addWorkingTime(wait.since, num(numbers, 'workingHours') * HOUR_MS, hours),
      }));
    const late = unanswered.filter(({ lateAt }) => lateAt <= now);
    const oldest = late[0];
    return countReading(numbers, {
      level: late.length,
      line: oldest
        ? `no first reply since ${dayAndClock(oldest.since, zone, now)}${late.length > 1 ? ` (${times(late.length, 'message')})` : ''}`
        : 'every message has a first reply',
      at: oldest,
      lookAgainAt: nextOfWaits(unanswered, now),
    });
  },
};

/** The next instant at which one of some waits is late, or too old to be one. */
export function nextOfWaits(waits: readonly { since: number; lateAt: number }[], now: number): number | null {
  return earliest(
    waits.flatMap(({ since, lateAt }) => [lateAt, since + WAITS_MS]),
    now,
  );
}
