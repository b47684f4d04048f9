import { addWorkingDays, DAY_MS } from '../../time/index.js';
import { type AccountRule, countReading, earliest, num, times } from './rule.js';

/** S15: an account that is being onboarded wrote in twice in seven days, or has an issue open over one working day. */
export const onboardingFriction: AccountRule = {
  id: 'S15',
  version: 1,
  name: 'onboarding friction',
  scope: 'account',
  severity: 'medium',
  func: 'success',
  place: 'card',
  when: 'a new customer writes in again and again, or has an issue open for over a day',
  nextStep: 'join them for the step that hurts',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 5, windowDays: 7, contacts: 2, workingDays: 1 },
  usesProfile: true,
  read: (numbers, { account, contacts, issues, hours }, now) => {
    const windowMs = num(numbers, 'windowDays') * DAY_MS;
    const isNew = account.lifecycle === 'onboarding';
    const recent = contacts.filter((contact) => contact.at > now - windowMs);
    const open = issues
      .filter((issue) => issue.isOpen && issue.state !== 'waiting')
      .map((issue) => ({
        issue,
        lateAt: addWorkingDays(issue.openSince, num(numbers, 'workingDays'), hours) + 1,
      }));
    const late = open.filter(({ lateAt }) => lateAt <= now).map(({ issue }) => issue);
    const isOften = recent.length >= num(numbers, 'contacts');
    const looks = [...recent.map(({ at }) => at + windowMs), ...open.map(({ lateAt }) => lateAt)];
    return countReading(numbers, {
      level: isNew ? Number(isOften) + late.length : 0,
      line: late[0]
        ? `is being onboarded, and ${late[0].name} is open for over a day`
        : `is being onboarded, and wrote in ${times(recent.length)} in ${times(num(numbers, 'windowDays'), 'day')}`,
      at: recent.at(-1),
      facts: { contacts: recent.length, late: late.length },
      lookAgainAt: isNew ? earliest(looks, now) : null,
    });
  },
};
