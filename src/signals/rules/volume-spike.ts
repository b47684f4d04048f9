import { one } from './escalation-rate.js';
import { median } from './repeat-contact.js';
import { num, type TeamRule } from './rule.js';

/**
 * S24: twice as many contacts today as on a usual day of this name (median of eight weeks), and at least ten more; over
 * with a normal day.
 */
export const volumeSpike: TeamRule = {
  id: 'S24',
  version: 1,
  name: 'volume spike',
  scope: 'team',
  severity: 'high',
  func: 'support',
  place: 'card',
  when: 'far more contacts come in than usual on this day of the week',
  nextStep: 'look what they have in common; is it an incident?',
  numbers: { fire: 10, clear: 0, holdMinutes: 0, cooldownDays: 1, timesUsual: 2 },
  read: (numbers, { volume, dayEndsAt }) => {
    const usual = median(volume.sameWeekday);
    return one(numbers, volume.today, {
      line: `${volume.today} contacts today (usually ${usual} on this day of the week)`,
      facts: { today: volume.today, usual },
      fireAt: Math.max(Math.ceil(num(numbers, 'timesUsual') * usual), Math.ceil(usual + numbers.fire)),
      clearAt: Math.max(numbers.clear, Math.floor(usual)),
      lookAgainAt: dayEndsAt,
    });
  },
};
