import { DAY_MS } from '../../time/index.js';
import { type AccountRule, countReading, leavesAt, num, type Place, type Severity, times } from './rule.js';

/**
 * The kinds of events that a company's own rules may count per account, and what people call them. What happened to an
 * account is all there is to count: nothing of our people's doing.
 */
export const COUNTABLE: Readonly<Record<string, string>> = {
  'contact.opened': 'contacts',
  'contact.waited': 'contacts that waited',
  'issue.opened': 'issues',
  'issue.reopened': 'issues that came back',
  'issue.resolved': 'solved issues',
  'escalation.opened': 'escalations',
  'promise.noted': 'promises',
  'promise.broken': 'broken promises',
  'flag.offered': 'flags',
  'words.matched': 'messages with telling words',
  'rating.received': 'ratings',
  'followup.opened': 'follow-ups',
};

/** The longest window of a counting rule: as far back as events are read. */
export const WINDOW_DAYS_MAX = 90;

/** A company's own rule: so many events of a kind in a window at one account. */
export interface CountingSpec {
  /** X and a word, e.g. `X-many-escalations`. */
  id: string;
  name: string;
  /** A key of {@link COUNTABLE}. */
  count: string;
  windowDays: number;
  fire: number;
  clear: number;
  cooldownDays: number;
  severity: Exclude<Severity, 'critical'>;
  func: 'support' | 'success';
  place: Place;
  next: string;
}

/** The rule that a company wrote down. */
export function countingRule(spec: CountingSpec): AccountRule {
  return {
    id: spec.id,
    version: 1,
    name: spec.name,
    scope: 'account',
    severity: spec.severity,
    func: spec.func,
    place: spec.place,
    when: `it counts enough ${COUNTABLE[spec.count] ?? spec.count} at an account`,
    nextStep: spec.next,
    numbers: {
      fire: spec.fire,
      clear: spec.clear,
      holdMinutes: 0,
      cooldownDays: spec.cooldownDays,
      windowDays: spec.windowDays,
    },
    read: (numbers, { counted }, now) => {
      const windowMs = num(numbers, 'windowDays') * DAY_MS;
      const recent = (counted[spec.count] ?? []).filter((at) => at > now - windowMs);
      return countReading(numbers, {
        level: recent.length,
        line: `${spec.name}: ${recent.length} ${COUNTABLE[spec.count] ?? spec.count} in ${times(num(numbers, 'windowDays'), 'day')}`,
        lookAgainAt: leavesAt(recent, windowMs, now),
      });
    },
  };
}
