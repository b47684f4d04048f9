import { DAY_MS } from '../../time/index.js';
import { type AccountRule, countReading, leavesAt, num, times } from './rule.js';

/** S03: reopened twice in fourteen days, on one issue or on several. Thanks and "it works now" never reopen. */
export const reopened: AccountRule = {
  id: 'S03',
  version: 1,
  name: 'reopened',
  scope: 'account',
  severity: 'medium',
  func: 'success',
  place: 'card',
  when: 'issues of the account were reopened again and again',
  nextStep: 'ask what they had expected, and tell support',
  numbers: { fire: 2, clear: 0, holdMinutes: 0, cooldownDays: 7, windowDays: 14 },
  read: (numbers, { issues }, now) => {
    const windowMs = num(numbers, 'windowDays') * DAY_MS;
    const recent = issues.flatMap((issue) =>
      issue.reopenedAt.filter((at) => at > now - windowMs).map((at) => ({ at, name: issue.name })),
    );
    const names = [...new Set(recent.map(({ name }) => name))];
    return countReading(numbers, {
      level: recent.length,
      line: `${names.slice(0, 3).join(', ')} reopened ${times(recent.length)} in ${times(num(numbers, 'windowDays'), 'day')}`,
      facts: { issues: names.length },
      lookAgainAt: leavesAt(
        recent.map(({ at }) => at),
        windowMs,
        now,
      ),
    });
  },
};
