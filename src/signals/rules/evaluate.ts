import type { Facts, SignalFact } from './facts.js';
import type { RuleInForce } from './in-force.js';
import {
  type AccountRule,
  earliest,
  type IssueRule,
  type Place,
  type Reading,
  type Severity,
} from './rule.js';
import { severityFor, stakesTurnAt } from './severity.js';

/** What a rule says of one thing. */
export interface Said {
  by: RuleInForce;
  /** `issue:42` for rules of an issue; empty for the account itself. */
  about: string;
  reading: Reading;
  severity: Severity;
  place: Place;
}

/** An open signal, as far as it decides which rule reads it. */
export interface OpenOne {
  about: string;
  by: RuleInForce;
}

/** What is read of something that is no fact any more. */
export const OVER: Reading = {
  level: 0,
  fireAt: 1,
  clearAt: 0,
  evidence: { line: 'over', numbers: {} },
  lookAgainAt: null,
};

/**
 * Everything that the rules say of an account as of an instant. What is open is read by the rule that it started with,
 * also if that was switched off since; everything else by the rules in force.
 */
export function readAccount(
  facts: Facts,
  inForce: readonly RuleInForce[],
  open: readonly OpenOne[],
  now: number,
): Said[] {
  const first = inForce.filter((one) => one.mode !== 'off' && !readsSignals(one));
  const last = inForce.filter((one) => one.mode !== 'off' && readsSignals(one));
  const said = readAll(
    first,
    open.filter((one) => !readsSignals(one.by)),
    facts,
    now,
  );
  const signals: SignalFact[] = said
    .filter(({ reading }) => reading.level >= reading.fireAt)
    .map(({ by, severity }) => ({ rule: by.rule.id, severity }));
  return [
    ...said,
    ...readAll(
      last,
      open.filter((one) => readsSignals(one.by)),
      { ...facts, signals },
      now,
    ),
  ];
}

function readsSignals({ rule }: RuleInForce): boolean {
  return rule.scope === 'account' && rule.readsSignals === true;
}

function readAll(
  inForce: readonly RuleInForce[],
  open: readonly OpenOne[],
  facts: Facts,
  now: number,
): Said[] {
  const standing = open.map((one) => read(one.by, one.about, facts, now));
  const taken = new Set(open.map((one) => `${one.by.rule.id}:${one.about}`));
  const fresh = inForce.flatMap((by) =>
    aboutsOf(by, facts)
      .filter((about) => !taken.has(`${by.rule.id}:${about}`))
      .map((about) => read(by, about, facts, now)),
  );
  return [...standing, ...fresh];
}

function aboutsOf({ rule }: RuleInForce, facts: Facts): string[] {
  if (rule.scope === 'account') return [''];
  return rule.scope === 'issue' ? facts.issues.map((issue) => `issue:${issue.id}`) : [];
}

function read(by: RuleInForce, about: string, facts: Facts, now: number): Said {
  const reading = readOne(by, about, facts, now);
  const base = reading.severity ?? by.rule.severity;
  const { lookAgainAt, level, clearAt } = reading;
  // What may be standing grows graver with time alone.
  const turnsAt = level > clearAt ? stakesTurnAt(base, facts.account, { zone: facts.zone, now }) : null;
  return {
    by,
    about,
    reading: { ...reading, lookAgainAt: earliest([lookAgainAt, turnsAt], now) },
    severity: severityFor(base, facts.account),
    place: reading.place ?? by.rule.place,
  };
}

function readOne({ rule, numbers }: RuleInForce, about: string, facts: Facts, now: number): Reading {
  if (rule.scope === 'account') return (rule as AccountRule).read(numbers, facts, now);
  const issue = facts.issues.find((one) => `issue:${one.id}` === about);
  return issue ? (rule as IssueRule).read(numbers, { ...facts, issue }, now) : OVER;
}

/** The first instant at which any of it is worth another look; null when only a change is. */
export function nextLook(
  said: readonly Said[],
  more: readonly (number | null)[],
  now: number,
): number | null {
  return earliest([...said.map(({ reading }) => reading.lookAgainAt), ...more], now);
}
