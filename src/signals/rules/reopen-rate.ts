import { DAY_MS } from '../../time/index.js';
import { one, perMille } from './escalation-rate.js';
import { num, type TeamRule } from './rule.js';

/**
 * S23: more than 5 % of the issues solved in four weeks came back, and one and a half times the share of the 90 days
 * before; over when it is back at either. Silent with fewer than 40 solved. Levels are in tenths of a percent.
 */
export const reopenRate: TeamRule = {
  id: 'S23',
  version: 2,
  name: 'reopen rate',
  scope: 'team',
  severity: 'medium',
  func: 'support',
  place: 'digest',
  when: 'too large a share of the solved issues came back, more than usual',
  unit: 'tenths of a percent',
  nextStep: 'read what came back: was it solved, or only answered?',
  numbers: {
    fire: 51,
    clear: 50,
    holdMinutes: 0,
    cooldownDays: 28,
    windowDays: 28,
    ownDays: 90,
    timesOwnTenths: 15,
    least: 40,
  },
  read: (numbers, { solved }, now) => {
    const from = now - num(numbers, 'windowDays') * DAY_MS;
    const of = solved.filter(({ at }) => at > from && at <= now);
    const before = solved.filter(({ at }) => at > from - num(numbers, 'ownDays') * DAY_MS && at <= from);
    const back = (issues: typeof solved) =>
      perMille(issues.filter((issue) => issue.cameBack).length, issues.length);
    const rate = of.length < num(numbers, 'least') ? 0 : back(of);
    const own = Math.ceil((back(before) * num(numbers, 'timesOwnTenths')) / 10);
    return one(numbers, rate, {
      line: `${Math.round(rate / 10)} % of ${of.length} solved issues came back (${Math.round(back(before) / 10)} % before)`,
      facts: { rate, own: back(before), solved: of.length },
      fireAt: Math.max(numbers.fire, own),
      // Where more than that is usual, it is over when it is as usual.
      clearAt: Math.max(numbers.clear, Math.min(back(before), own - 1)),
      lookAgainAt: now + DAY_MS,
    });
  },
};
