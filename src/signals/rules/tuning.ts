import type { Numbers } from './rule.js';

/** The largest number that a rule takes: levels, minutes and days of more mean nothing. */
const LARGEST = 10_000;

/** Why a value cannot be a number of a rule, in words that say what would be right; null when it can. */
export function valueProblem(value: unknown, example: number | undefined): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `write a number, e.g. ${example}`;
  return value < 0 || value > LARGEST ? `a number from 0 to ${LARGEST}` : null;
}

/** Why a rule with these levels could never be over; null when it can. */
export function levelProblem({ fire, clear }: Pick<Numbers, 'fire' | 'clear'>): string | null {
  if (clear < fire) return null;
  return `it would never be over: the clear level (${clear}) must be below the fire level (${fire})`;
}

/** The numbers that every rule has, as people read them. */
const COMMON: Readonly<Record<string, string>> = {
  fire: 'Begins at',
  clear: 'Is over at',
  holdMinutes: 'Minutes that it must hold first',
  cooldownDays: 'Days of quiet afterwards',
};

/** Those of one rule whose own name does not say what they are in. */
const OWN: Readonly<Record<string, string>> = {
  onOneIssue: 'Begins at, about one issue',
  timesUsual: 'Times the usual',
  withoutHistory: 'Begins at, without enough history',
  historyWeeks: 'Weeks of history that are enough',
  waitedMinutes: 'Counts what waited for so many minutes',
  badUpTo: 'Bad is, of 5, up to',
  windowDays: 'Days that it looks at',
  meanDays: 'Days of a mean',
  meanLeast: 'Ratings that a mean needs',
  meanDropTenths: 'Drop of the mean, in tenths of a point',
  ownDays: 'Days before, to compare with',
  timesOwnTenths: 'Times the share before, in tenths',
  least: 'Silent below so many issues',
  oldPerMille: 'Too many are old at, in tenths of a percent',
  kinds: 'Kinds of words in one message',
  highAfterDays: 'Days until it is high',
  withinDays: 'Days after it was solved',
};

/** How a number is named on screen; one of the rule's own is spelt out: `historyWeeks` reads "History weeks". */
export function numberName(name: string): string {
  const known = Object.hasOwn(COMMON, name) ? COMMON[name] : Object.hasOwn(OWN, name) ? OWN[name] : undefined;
  if (known !== undefined) return known;
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export type ReadNumbers = { errors: Record<string, string> } | { numbers: Record<string, number> };

/**
 * Reads the numbers of a rule as somebody typed them, each by its name. A comma is a point.
 * @returns what differs from how the rule comes, or what is wrong by name
 */
export function readNumbers(known: Numbers, typed: Readonly<Record<string, string | null>>): ReadNumbers {
  const errors: Record<string, string> = {};
  const all: Numbers = { ...known };
  for (const name of Object.keys(known)) {
    const text = (typed[name] ?? '').trim().replace(',', '.');
    const value = text === '' ? Number.NaN : Number(text);
    const problem = valueProblem(value, known[name]);
    if (problem === null) all[name] = value;
    else errors[name] = problem;
  }
  const level = Object.keys(errors).length === 0 ? levelProblem(all) : null;
  if (level !== null) errors.clear = level;
  if (Object.keys(errors).length > 0) return { errors };
  return {
    numbers: Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== known[name])),
  };
}
