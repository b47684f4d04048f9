import { DAY_MS, dayOnly } from '../../time/index.js';
import { type AccountRule, countReading, leavesAt, num } from './rule.js';

/** S19: what one of us promised was not kept, and nobody has said since that it was; over when it is kept. */
export const brokenPromise: AccountRule = {
  id: 'S19',
  version: 1,
  name: 'broken promise',
  scope: 'account',
  severity: 'high',
  func: 'success',
  place: 'interruptive',
  when: 'what one of us promised was not kept',
  nextStep: 'tell them the truth: what happens, and by when',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 1, days: 14 },
  read: (numbers, { brokenPromises, zone }, now) => {
    const windowMs = num(numbers, 'days') * DAY_MS;
    const recent = brokenPromises.filter((promise) => promise.brokenAt > now - windowMs);
    const newest = recent.at(-1);
    return countReading(numbers, {
      level: recent.length,
      line: newest
        ? `was promised "${newest.what}", not kept (${dayOnly(newest.brokenAt, zone, now)})`
        : 'every promise was kept',
      lookAgainAt: leavesAt(
        recent.map(({ brokenAt }) => brokenAt),
        windowMs,
        now,
      ),
    });
  },
};
