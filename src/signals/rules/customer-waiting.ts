import { addWorkingDays, dayAndClock } from '../../time/index.js';
import { nextOfWaits } from './no-first-reply.js';
import { type AccountRule, countReading, num, times } from './rule.js';

/**
 * S20: the customer has had the last word for more than one working day, in an open issue or with a question. An answer
 * or a reaction of ours, and *No reply needed*, end it.
 */
export const customerWaiting: AccountRule = {
  id: 'S20',
  version: 2,
  name: 'customer waiting',
  scope: 'account',
  severity: 'medium',
  func: 'success',
  place: 'card',
  when: 'the customer has the last word for over a working day, with a question or an open issue',
  nextStep: 'see that somebody answers today',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 2, workingDays: 1 },
  read: (numbers, { waits, hours, zone }, now) => {
    const open = waits
      .filter((wait) => wait.hasOpenIssue || wait.isQuestion)
      .map((wait) => ({
        ...wait,
        lateAt: addWorkingDays(wait.since, num(numbers, 'workingDays'), hours) + 1,
      }));
    const late = open.filter(({ lateAt }) => lateAt <= now);
    const oldest = late[0];
    const about = oldest?.issueName ? ` on ${oldest.issueName}` : '';
    return countReading(numbers, {
      level: late.length,
      line: oldest
        ? `has waited for an answer${about} since ${dayAndClock(oldest.since, zone, now)}${late.length > 1 ? ` (${times(late.length, 'message')})` : ''}`
        : 'nobody waits',
      at: oldest,
      lookAgainAt: nextOfWaits(open, now),
    });
  },
};
