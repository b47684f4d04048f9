import { countReading, type IssueRule } from './rule.js';

/**
 * S07: an issue that somebody marked urgent, or one about billing that somebody marked high. The only rule that is
 * critical: both who restores and who rescues hear of it at once.
 */
export const highStakes: IssueRule = {
  id: 'S07',
  version: 1,
  name: 'high stakes',
  scope: 'issue',
  severity: 'critical',
  func: 'success',
  place: 'interruptive',
  when: 'an issue is marked urgent, or one about billing high',
  nextStep: 'call them now, with support; say who works on it and when they hear again',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 1 },
  read: (numbers, { issue }) => {
    const isBilling = issue.category === 'billing' && issue.priority === 'high';
    const isHigh = issue.isOpen && (issue.priority === 'urgent' || isBilling);
    return countReading(numbers, {
      level: isHigh ? 1 : 0,
      line: `${issue.name} is ${issue.priority === 'urgent' ? 'urgent' : 'a billing problem marked high'}`,
    });
  },
};
