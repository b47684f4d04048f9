import { DAY_MS, dayOnly } from '../../time/index.js';
import { countReading, type IssueRule, leavesAt, num } from './rule.js';

/** S02: the same matter came up again within seven days after it was solved; over after seven quiet days. */
export const sameAgain: IssueRule = {
  id: 'S02',
  version: 1,
  name: 'same issue again',
  scope: 'issue',
  severity: 'high',
  func: 'success',
  place: 'interruptive',
  when: 'an issue comes back within days of being solved',
  nextStep: 'say who looks into the cause this time; they were told it was solved',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 7, withinDays: 7, quietDays: 7 },
  read: (numbers, { issue, zone }, now) => {
    const withinMs = num(numbers, 'withinDays') * DAY_MS;
    const quietMs = num(numbers, 'quietDays') * DAY_MS;
    const again = issue.cameBackAt.filter(
      (at) => at > now - quietMs && issue.solvedAt.some((solved) => at >= solved && at - solved <= withinMs),
    );
    const newest = again.at(-1);
    return countReading(numbers, {
      level: again.length,
      line:
        newest === undefined
          ? `${issue.name} did not come back`
          : `${issue.name} came back ${dayOnly(newest, zone, now)}, soon after it was solved`,
      lookAgainAt: leavesAt(again, quietMs, now),
    });
  },
};
