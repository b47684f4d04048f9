import { isDate, isZone, type LocalDate, parseDay, zoneProblem } from '../../time/index.js';
import { LIFECYCLES } from '../rules.js';

/** What `/account edit acme …` can set: the word that people type, and what stands behind it. */
export const FIELDS = [
  'name',
  'tier',
  'segment',
  'lifecycle',
  'csm',
  'support',
  'backup',
  'support-backup',
  'aka',
  'renewal',
  'revenue',
  'goal',
  'zone',
  'cadence',
  'domain',
] as const;
export type Field = (typeof FIELDS)[number];

/** Fields whose value is one of our people. */
export const PERSON_FIELDS: Partial<
  Record<Field, 'csmId' | 'supportOwnerId' | 'backupCsmId' | 'backupSupportId'>
> = {
  csm: 'csmId',
  support: 'supportOwnerId',
  backup: 'backupCsmId',
  'support-backup': 'backupSupportId',
};

const NAME_MAX = 80;
const GOAL_MAX = 200;

type Read = { set: Record<string, string | number | string[] | null> } | { problem: string };

const count = (text: string) => Array.from(text).length;

/** What is wrong with an account's name; null when nothing is. */
export function nameProblem(name: string): string | null {
  if (!/[\p{L}\p{N}]/u.test(name)) return 'A name needs a letter or a digit, so that people can type it.';
  return count(name) > NAME_MAX ? `The name has ${count(name)} characters; ${NAME_MAX} fit.` : null;
}

const oneOf = (field: string, column: string, words: readonly string[], typed: string): Read => {
  const found = words.find((word) => word.toLowerCase() === typed.toLowerCase());
  return found ? { set: { [column]: found } } : { problem: `${field} is one of ${words.join(', ')}.` };
};

/**
 * Reads the value of a field that is no person and no domain. `none` empties it.
 * @param today of whoever types it: a renewal that is past is a mistake
 */
export function readField(field: Field, typed: string, today: LocalDate): Read {
  const isNone = /^(none|-)$/i.test(typed);
  if (field === 'name') {
    const problem = nameProblem(typed);
    return problem === null ? { set: { name: typed } } : { problem };
  }
  if (isNone) return { set: Object.fromEntries(columnsOf(field).map((column) => [column, null])) };
  if (typed === '') return { problem: `Write the value behind ${field}, or none.` };
  if (field === 'tier') return oneOf('tier', 'tier', ['A', 'B', 'C'], typed);
  if (field === 'lifecycle') return oneOf('lifecycle', 'lifecycle', LIFECYCLES, typed);
  if (field === 'renewal') return readRenewal(typed, today);
  if (field === 'aka') return readOtherNames(typed);
  if (field === 'zone')
    return isZone(typed) ? { set: { zone: typed } } : { problem: `zone: ${zoneProblem(typed)}` };
  if (field === 'cadence') return readCadence(typed);
  if (field === 'revenue') return readRevenue(typed);
  const max = field === 'goal' ? GOAL_MAX : 60;
  return count(typed) <= max
    ? { set: { [field]: typed } }
    : { problem: `${field} has ${count(typed)} characters; ${max} fit.` };
}

function columnsOf(field: Field): string[] {
  const columns: Partial<Record<Field, string[]>> = {
    renewal: ['renewalOn'],
    cadence: ['touchEveryDays'],
    revenue: ['revenue', 'currency'],
    csm: ['csmId'],
    support: ['supportOwnerId'],
    backup: ['backupCsmId'],
    'support-backup': ['backupSupportId'],
    aka: ['otherNames'],
  };
  return columns[field] ?? [field];
}

function readRenewal(typed: string, today: LocalDate): Read {
  const day = isDate(typed) ? { date: typed } : parseDay(/\d/.test(typed) ? typed : '', today);
  if ('problem' in day) return { problem: 'Write renewal as YYYY-MM-DD, such as 2027-02-14.' };
  if (day.date < today) return { problem: `${day.date} is past; write the next renewal, or none.` };
  return { set: { renewalOn: day.date } };
}

/** What else people call it, set apart by commas. */
function readOtherNames(typed: string): Read {
  const names = [...new Set(typed.split(/[,;]/).map((name) => name.trim()))].filter((name) => name !== '');
  const problem = names.map(nameProblem).find((one) => one !== null);
  return problem ? { problem } : { set: { otherNames: names } };
}

function readCadence(typed: string): Read {
  const days = Number(/^(\d{1,3})( ?d(ays?)?)?$/i.exec(typed)?.[1] ?? Number.NaN);
  return days >= 1 && days <= 365
    ? { set: { touchEveryDays: days } }
    : { problem: 'Write cadence as a number of days, 1 to 365.' };
}

const UNITS: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 };

/** A whole amount with its currency, as people write it: `120 000 EUR`, `120,000 eur`, `120k EUR`. */
function readRevenue(typed: string): Read {
  const [, plain, grouped, unit = '', currency = ''] =
    /^(?:(\d+)|(\d{1,3}(?:[ ,.’'\u00a0]\d{3})+))\s*(k|m)?\s*([a-z]{3})$/i.exec(typed) ?? [];
  const amount = (plain ?? grouped ?? '').replace(/\D/g, '');
  const value = Number(amount) * (UNITS[unit.toLowerCase()] ?? 1);
  return amount !== '' && value <= 1_000_000_000_000
    ? { set: { revenue: value, currency: currency.toUpperCase() } }
    : { problem: 'Write revenue as 120000 EUR, with its currency.' };
}

/** A domain as people type it: `https://www.Acme.com/x` is acme.com. Null when it is none. */
export function readDomain(typed: string): string | null {
  const domain = typed
    .toLowerCase()
    .replace(/^<?https?:\/\//, '')
    .replace(/[|>].*$/, '')
    .replace(/^www\./, '')
    .replace(/\/.*$/, '');
  return /^[^@\s.]+(\.[^@\s.]+)+$/u.test(domain) ? domain : null;
}

/** A channel as Slack sends it in a command, `<#C123|acme>`; null when none is there. */
export function readChannel(typed: string): { id: string; name: string | null } | null {
  const [, id, name] = /<#([CG][A-Z0-9]+)(?:\|([^>]*))?>/.exec(typed) ?? [];
  return id ? { id, name: name || null } : null;
}

/** A short name made of a name, unlike those that are taken. */
export function freeSlug(name: string, isTaken: (slug: string) => boolean): string {
  const base =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 36) || 'account';
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!isTaken(slug)) return slug;
  }
}
