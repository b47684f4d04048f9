import type { Facts, IssueFact } from './facts.js';
import type { TeamFacts } from './team-facts.js';

export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** Where a signal is shown: a card that pings somebody, a card without a ping, the digest alone. */
export type Place = 'interruptive' | 'card' | 'digest';

export interface Evidence {
  /** What people read, e.g. "wrote in 3 times in 5 days (usually 1)". */
  line: string;
  channel?: string;
  ts?: string;
  /** The facts with their numbers, for "Why this alert?". */
  numbers: Record<string, number>;
}

/** What a rule says now. */
export interface Reading {
  /** How much of it there is, in the rule's own measure. */
  level: number;
  /** It fires at this level or above… */
  fireAt: number;
  /** …and what fired is over at this level or below; between the two nothing changes. */
  clearAt: number;
  evidence: Evidence;
  /** When to look again although nothing happens, business time, UTC ms; null: only after a change. */
  lookAgainAt: number | null;
  /** Instead of the rule's own, where the facts ask for another. */
  severity?: Severity;
  place?: Place;
}

/**
 * What may be tuned. `fire` and `clear` are levels, `holdMinutes` is how long it must hold before it is said,
 * `cooldownDays` how long it stays quiet after it was over or handled; the others belong to the rule.
 */
export type Numbers = {
  fire: number;
  clear: number;
  holdMinutes: number;
  cooldownDays: number;
} & Record<string, number>;

interface RuleBase {
  /** S01 … S28 as in the reference; X… for counting rules of the company. */
  id: string;
  /** Of the code: raised when the same facts give another reading. */
  version: number;
  /** What people call it, e.g. "repeat contact". */
  name: string;
  severity: Severity;
  /** Whose concern it is: support's cards go to triage, success's to the team channel. */
  func: 'support' | 'success';
  place: Place;
  /** When it speaks, for whoever switches it; without numbers, since they are tuned. */
  when: string;
  /** What its levels are in, where they are no plain count. */
  unit?: string;
  /** What the card proposes to do. */
  nextStep: string;
  numbers: Numbers;
  /** Reads what has no past (tier, renewal, lifecycle, titles): a backtest takes today's, and says so. */
  usesProfile?: boolean;
}

export interface AccountRule extends RuleBase {
  scope: 'account';
  /** Reads the other signals of the account, so it is read after all others. */
  readsSignals?: boolean;
  read: (numbers: Numbers, facts: Facts, now: number) => Reading;
}

export interface IssueRule extends RuleBase {
  scope: 'issue';
  read: (numbers: Numbers, facts: Facts & { issue: IssueFact }, now: number) => Reading;
}

export interface TeamRule extends RuleBase {
  scope: 'team' | 'feed';
  /** One reading per thing that it is about; `''` for the team as a whole. */
  read: (numbers: Numbers, facts: TeamFacts, now: number) => ReadonlyMap<string, Reading>;
}

export type Rule = AccountRule | IssueRule | TeamRule;

/** A reading of a rule that counts things: the newest carries the link. */
export function countReading(
  numbers: Numbers,
  it: {
    level: number;
    line: string;
    at?: { channel: string; ts: string } | null | undefined;
    facts?: Record<string, number>;
    lookAgainAt?: number | null;
  },
): Reading {
  return {
    level: it.level,
    fireAt: numbers.fire,
    clearAt: numbers.clear,
    evidence: {
      line: it.line,
      ...(it.at ? { channel: it.at.channel, ts: it.at.ts } : {}),
      numbers: { count: it.level, ...it.facts },
    },
    lookAgainAt: it.lookAgainAt ?? null,
  };
}

/** "1 time", "3 times". */
export function times(count: number, one = 'time', many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The first of some instants after `now`; null when there is none. */
export function earliest(ats: readonly (number | null)[], now: number): number | null {
  const coming = ats.filter((at): at is number => at !== null && at > now);
  return coming.length === 0 ? null : Math.min(...coming);
}

/** The first instant after `now` at which the oldest of these leaves a window; null when there is none. */
export function leavesAt(ats: readonly number[], windowMs: number, now: number): number | null {
  return earliest(
    ats.map((at) => at + windowMs),
    now,
  );
}

/** A number of a rule; a rule that asks for one that it does not have is a mistake of ours. @throws Error then */
export function num(numbers: Numbers, name: string): number {
  const value = numbers[name];
  if (value === undefined) throw new Error(`the rule has no number "${name}"`);
  return value;
}
