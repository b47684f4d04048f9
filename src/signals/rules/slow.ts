import { addWorkingDays, DAY_MS, dayOnly } from '../../time/index.js';
import { countReading, earliest, type IssueRule, num } from './rule.js';

/** S05: an urgent or high issue is open for more than two working days; high once it is open for two weeks. */
export const slow: IssueRule = {
  id: 'S05',
  version: 2,
  name: 'slow',
  scope: 'issue',
  severity: 'medium',
  func: 'success',
  place: 'card',
  when: 'an urgent or high issue stays open for days',
  nextStep: 'ask support for a date, and tell the customer',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 3, workingDays: 2, highAfterDays: 14 },
  read: (numbers, { issue, hours, zone }, now) => {
    const isUrgent = issue.priority === 'urgent' || issue.priority === 'high';
    const since = Math.max(issue.openSince, issue.priorityAt);
    const counts = isUrgent && issue.isOpen && issue.state !== 'waiting';
    const lateAt = addWorkingDays(since, num(numbers, 'workingDays'), hours);
    const highAt = issue.openSince + num(numbers, 'highAfterDays') * DAY_MS;
    const isLate = counts && lateAt < now;
    return {
      ...countReading(numbers, {
        level: isLate ? 1 : 0,
        line: `${issue.name} is ${issue.priority} and open since ${dayOnly(issue.openSince, zone, now)}`,
        facts: { openHours: Math.floor((now - issue.openSince) / 3_600_000) },
        lookAgainAt: counts ? earliest([lateAt + 1, highAt], now) : null,
      }),
      ...(isLate && highAt <= now ? { severity: 'high' as const } : {}),
    };
  },
};
