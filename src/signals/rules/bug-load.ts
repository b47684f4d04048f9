import { type AccountRule, countReading } from './rule.js';

/** S16: three open bugs at one account; over at one. */
export const bugLoad: AccountRule = {
  id: 'S16',
  version: 1,
  name: 'bug load',
  scope: 'account',
  severity: 'medium',
  func: 'success',
  place: 'card',
  when: 'several bugs are open at one account',
  nextStep: 'agree with support and product which one comes first, and say so',
  numbers: { fire: 3, clear: 1, holdMinutes: 0, cooldownDays: 14 },
  read: (numbers, { issues }) => {
    const bugs = issues.filter((issue) => issue.isOpen && issue.category === 'bug');
    const names = bugs.slice(0, 4).map((issue) => issue.name);
    return countReading(numbers, {
      level: bugs.length,
      line: `${bugs.length} bugs are open: ${names.join(', ')}${bugs.length > names.length ? ', …' : ''}`,
    });
  },
};
