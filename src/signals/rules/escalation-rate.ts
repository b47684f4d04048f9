import { DAY_MS } from '../../time/index.js';
import { num, type Reading, type TeamRule } from './rule.js';
import type { SolvedFact } from './team-facts.js';

const WEEK_MS = 7 * DAY_MS;

/** A share in tenths of a percent, so that levels are whole numbers. */
export function perMille(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part * 1000) / whole);
}

/**
 * S21: more than 20 % of the issues solved in four weeks needed more skill (a call for authority does not count), this week and the week before; over when both
 * are below 17 %. Silent with fewer than 30 solved. Levels are in tenths of a percent.
 */
export const escalationRate: TeamRule = {
  id: 'S21',
  version: 2,
  name: 'escalation rate',
  scope: 'team',
  severity: 'medium',
  func: 'support',
  place: 'digest',
  when: 'too large a share of the solved issues was escalated, two weeks running',
  unit: 'tenths of a percent',
  nextStep: 'look at what the escalated ones have in common',
  numbers: { fire: 201, clear: 169, holdMinutes: 0, cooldownDays: 28, windowDays: 28, least: 30 },
  read: (numbers, { solved }, now) => {
    const rates = [now, now - WEEK_MS].map((end) => rateAt(numbers, solved, end));
    const [current, before] = rates as [Rate, Rate];
    const low = Math.min(current.rate, before.rate);
    const level = low >= numbers.fire ? low : Math.min(Math.max(current.rate, before.rate), numbers.fire - 1);
    return one(numbers, level, {
      line: `${Math.round(current.rate / 10)} % of ${current.count} solved issues were escalated (two weeks running)`,
      facts: { rate: current.rate, before: before.rate, solved: current.count },
      lookAgainAt: now + DAY_MS,
    });
  },
};

interface Rate {
  rate: number;
  count: number;
}

function rateAt(numbers: Parameters<typeof num>[0], solved: readonly SolvedFact[], end: number): Rate {
  const from = end - num(numbers, 'windowDays') * DAY_MS;
  const of = solved.filter(({ at }) => at > from && at <= end);
  if (of.length < num(numbers, 'least')) return { rate: 0, count: of.length };
  return { rate: perMille(of.filter((issue) => issue.wasEscalated).length, of.length), count: of.length };
}

/** The one reading of a rule of the team as a whole. */
export function one(
  numbers: { fire: number; clear: number },
  level: number,
  it: {
    line: string;
    facts: Record<string, number>;
    lookAgainAt: number | null;
    fireAt?: number;
    clearAt?: number;
  },
): ReadonlyMap<string, Reading> {
  const reading: Reading = {
    level,
    fireAt: it.fireAt ?? numbers.fire,
    clearAt: it.clearAt ?? numbers.clear,
    evidence: { line: it.line, numbers: it.facts },
    lookAgainAt: it.lookAgainAt,
  };
  return new Map([['', reading]]);
}
