import { DAY_MS } from '../../time/index.js';
import { num, type Reading, type TeamRule } from './rule.js';
import type { OpenedFact } from './team-facts.js';

const WEEK_MS = 7 * DAY_MS;
const BEFORE_WEEKS = 4;

/**
 * S17: one topic in seven days at three accounts, or in five issues, and twice as often as in a usual week of the four
 * before; over after seven quiet days.
 */
export const cluster: TeamRule = {
  id: 'S17',
  version: 1,
  name: 'cluster',
  scope: 'team',
  severity: 'medium',
  func: 'support',
  place: 'card',
  when: 'several accounts write about the same thing in a week, more than usual',
  nextStep: 'link them to one fix, and tell product',
  numbers: { fire: 3, clear: 0, holdMinutes: 0, cooldownDays: 7, issues: 5, timesUsual: 2 },
  usesProfile: true,
  read: (numbers, { opened }, now) => {
    const topics = new Map<string, OpenedFact[]>();
    for (const one of opened) {
      if (one.topic === null) continue;
      const alike = topics.get(one.topic);
      if (alike) alike.push(one);
      else topics.set(one.topic, [one]);
    }
    return new Map([...topics].map(([topic, all]) => [`topic:${topic}`, readTopic(numbers, all, now)]));
  },
};

function readTopic(numbers: TeamRule['numbers'], all: readonly OpenedFact[], now: number): Reading {
  const recent = all.filter(({ at }) => at > now - WEEK_MS);
  const before = all.filter(({ at }) => at <= now - WEEK_MS && at > now - (BEFORE_WEEKS + 1) * WEEK_MS);
  const usual = before.length / BEFORE_WEEKS;
  const accounts = new Set(recent.map(({ accountId }) => accountId)).size;
  const isMore = recent.length >= num(numbers, 'timesUsual') * usual;
  const isMany = recent.length >= num(numbers, 'issues');
  const level = recent.length === 0 ? 0 : isMore ? Math.max(accounts, isMany ? numbers.fire : 0) : 1;
  const names = recent.slice(-4).map(({ name }) => name);
  return {
    level: Math.min(level, isMore ? level : numbers.fire - 1),
    fireAt: numbers.fire,
    clearAt: numbers.clear,
    evidence: {
      line: `${recent.length} issues of ${accounts} accounts look alike: ${names.join(', ')}`,
      numbers: { issues: recent.length, accounts, usual },
    },
    lookAgainAt: recent[0] ? recent[0].at + WEEK_MS : null,
  };
}
