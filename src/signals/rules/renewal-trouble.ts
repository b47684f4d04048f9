import { dateInWords, daysBetween } from '../../time/index.js';
import { type AccountRule, countReading, num } from './rule.js';
import { rank, renewalTurnsAt } from './severity.js';

/** S14: the account renews within ninety days and has an open high or urgent issue, or another signal of medium or more. */
export const renewalTrouble: AccountRule = {
  id: 'S14',
  version: 2,
  name: 'renewal and trouble',
  scope: 'account',
  severity: 'high',
  func: 'success',
  place: 'interruptive',
  when: 'the renewal is near while an issue is high or urgent, or another rule speaks',
  nextStep: 'settle the open matter before you speak of renewal',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 14, days: 90 },
  usesProfile: true,
  readsSignals: true,
  read: (numbers, { account, issues, signals, zone }, now) => {
    const days = num(numbers, 'days');
    const left = account.renewalOn === null ? null : daysBetween(account.today, account.renewalOn);
    const isNear = left !== null && left >= 0 && left <= days;
    const open = issues.filter((issue) => issue.isOpen && ['high', 'urgent'].includes(issue.priority));
    const others = signals.filter((one) => rank(one.severity) >= rank('medium'));
    const trouble = open.length + others.length;
    const what = open[0] ? `${open[0].name} is open` : 'something is wrong';
    return countReading(numbers, {
      level: isNear ? trouble : 0,
      line: account.renewalOn
        ? `renews ${dateInWords(account.renewalOn, account.today)}, and ${what}`
        : 'no renewal date',
      facts: { daysLeft: left ?? -1, openHigh: open.length, signals: others.length },
      lookAgainAt: trouble > 0 ? renewalTurnsAt(account.renewalOn, Math.floor(days), { zone, now }) : null,
    });
  },
};
