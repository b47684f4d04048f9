import { DAY_MS, dayOnly } from '../../time/index.js';
import { countReading, type IssueRule, leavesAt, num } from './rule.js';

/** S06: somebody asked for more authority, or the customer asked for it, on an issue that is still open. */
export const escalated: IssueRule = {
  id: 'S06',
  version: 2,
  name: 'escalated',
  scope: 'issue',
  severity: 'high',
  func: 'success',
  place: 'interruptive',
  when: 'the customer, or one of us, asks for more authority on an open issue',
  nextStep: 'call them today; they asked for somebody who can decide',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 1, days: 14 },
  read: (numbers, { calls, issue, zone }, now) => {
    const quietMs = num(numbers, 'days') * DAY_MS;
    const open = calls.filter((call) => call.issueId === issue.id && now - call.at < quietMs);
    const newest = open.at(-1);
    return countReading(numbers, {
      level: open.length,
      line: newest
        ? `${newest.isCustomerWish ? 'they' : 'one of us'} asked for ${newest.group} on ${newest.issueName}, ${dayOnly(newest.at, zone, now)}`
        : 'no open call for authority',
      lookAgainAt: leavesAt(
        open.map(({ at }) => at),
        quietMs,
        now,
      ),
    });
  },
};
