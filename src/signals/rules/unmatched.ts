import { addWorkingDays } from '../../time/index.js';
import { one } from './escalation-rate.js';
import { earliest, num, type TeamRule } from './rule.js';

/** S27: somebody wrote who belongs to no account, or to two, and nobody has said for a working day whose they are. */
export const unmatched: TeamRule = {
  id: 'S27',
  version: 1,
  name: 'unmatched',
  scope: 'feed',
  severity: 'low',
  func: 'support',
  place: 'digest',
  when: 'somebody wrote who belongs to no account, for over a working day',
  nextStep: 'say which account they belong to',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 1, workingDays: 1 },
  read: (numbers, { unmatched: waiting, hours }, now) => {
    const ends = waiting.map(({ since }) => addWorkingDays(since, num(numbers, 'workingDays'), hours) + 1);
    const late = ends.filter((at) => at <= now).length;
    return one(numbers, late, {
      line: `${late} ${late === 1 ? 'person belongs' : 'people belong'} to no account for over a day`,
      facts: { late, waiting: waiting.length },
      lookAgainAt: earliest(ends, now),
    });
  },
};
