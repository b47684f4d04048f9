import { DAY_MS } from '../../time/index.js';
import { one, perMille } from './escalation-rate.js';
import { median } from './repeat-contact.js';
import { num, type TeamRule } from './rule.js';

/**
 * S25: five working days running more open issues than 1.25 times the median of 28 days, or more than 10 % of them
 * older than 30 days; over at 1.1 times. Silent below ten open issues. The level is a percentage of the median.
 */
export const backlog: TeamRule = {
  id: 'S25',
  version: 1,
  name: 'backlog',
  scope: 'team',
  severity: 'medium',
  func: 'support',
  place: 'digest',
  when: 'more issues are open than usual for five working days, or too many are old',
  unit: 'percent of the usual',
  nextStep: 'take a day for the oldest, or say which ones wait',
  numbers: { fire: 126, clear: 110, holdMinutes: 0, cooldownDays: 10, least: 10, oldPerMille: 101 },
  read: (numbers, { backlog: it }, now) => {
    const usual = median(it.daily);
    const percent = (count: number) => (usual === 0 ? 0 : Math.floor((count * 100) / usual));
    const isEnough = it.now >= num(numbers, 'least');
    const days = it.workingDays.slice(0, 5);
    const lasting = days.length < 5 ? 0 : Math.min(percent(it.now), ...days.map(percent));
    const isOld = perMille(it.olderThan30Days, it.now) >= num(numbers, 'oldPerMille');
    // Between the levels while today is above the clear level: five days make it fire, one makes it over.
    const level = isOld
      ? Math.max(lasting, numbers.fire)
      : Math.max(lasting, Math.min(percent(it.now), numbers.fire - 1));
    return one(numbers, isEnough ? level : 0, {
      line: isOld
        ? `${it.olderThan30Days} of ${it.now} open issues are older than 30 days`
        : `${it.now} open issues (usually ${usual}), for five working days`,
      facts: { open: it.now, usual, old: it.olderThan30Days },
      lookAgainAt: now + DAY_MS,
    });
  },
};
