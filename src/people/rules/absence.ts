import { addDays, instantOf, wallOf } from '../../time/index.js';
import type { HoursSpec, Person } from '../rules.js';

/** Somebody's absence as it is stored. */
export interface Absence {
  /** UTC ms; null when there. */
  awaySince: number | null;
  /** The first day back, YYYY-MM-DD in the person's zone. */
  backOn: string | null;
}

/** Whether somebody is away at an instant (UTC ms): until the first day back begins, in their zone. */
export function isAway(person: Absence & { hours: { zone: string } }, at: number): boolean {
  if (person.awaySince === null || person.awaySince > at) return false;
  if (person.backOn === null) return true;
  return at < instantOf({ date: person.backOn, time: '00:00', zone: person.hours.zone });
}

/** Longer than this nobody says that they are away; it bounds what is counted day by day. */
const LONGEST_DAYS = 370;

/** The days of an absence, the first day back not among them; none without a known end. */
export function daysAway({ awaySince, backOn }: Absence, zone: string): string[] {
  if (awaySince === null || backOn === null) return [];
  const days: string[] = [];
  for (
    let day = wallOf(awaySince, zone).date;
    day < backOn && days.length < LONGEST_DAYS;
    day = addDays(day, 1)
  )
    days.push(day);
  return days;
}

/** Weekly hours with every day off: their own, those of calendar files, and the days of an absence. */
export function withDaysOff(hours: HoursSpec, calendar: readonly string[], absence: Absence): HoursSpec {
  const days = [...hours.holidays, ...calendar, ...daysAway(absence, hours.zone)];
  return { ...hours, holidays: [...new Set(days)].sort() };
}

/** Why somebody acts for another, as the card says it. */
export type StandInWhy = 'there' | 'delegate' | 'backup' | 'lead';

export interface StandIn {
  person: Person;
  why: StandInWhy;
}

/**
 * Who acts for somebody at an instant (UTC ms): they themselves while they are there; while they are away their
 * delegate; else, and once deactivated, their backup; else the lead of their team. Each of them only when there
 * themselves; a delegate who is away has their own delegate. Null when nobody is left.
 * @param leads of the person's team, else of their functions
 */
export function standInOf(
  person: Person,
  at: number,
  people: { byId: (id: number) => Person | undefined; leadsOf: (person: Person) => readonly Person[] },
): StandIn | null {
  if (isThere(person, at)) return { person, why: 'there' };
  const seen = new Set([person.id]);
  const chain: { id: number | null | undefined; why: StandInWhy }[] = [
    ...(person.isActive ? [{ id: person.delegateId, why: 'delegate' as const }] : []),
    { id: person.backupId, why: 'backup' },
    ...people.leadsOf(person).map((lead) => ({ id: lead.id, why: 'lead' as const })),
  ];
  for (const { id, why } of chain) {
    const found = follow(id, at, people.byId, seen);
    if (found) return { person: found, why };
  }
  return null;
}

/** The person of an id if there, else whoever they named; each looked at once, so that a circle ends. */
function follow(
  id: number | null | undefined,
  at: number,
  byId: (id: number) => Person | undefined,
  seen: Set<number>,
): Person | undefined {
  for (let next = id; next != null && !seen.has(next); ) {
    seen.add(next);
    const person = byId(next);
    if (!person) return undefined;
    if (isThere(person, at)) return person;
    next = person.isActive ? (person.delegateId ?? person.backupId) : person.backupId;
  }
  return undefined;
}

function isThere(person: Person, at: number): boolean {
  return person.isActive && !isAway(absenceOf(person), at);
}

function absenceOf(person: Person) {
  return { awaySince: person.awaySince ?? null, backOn: person.backOn ?? null, hours: person.hours };
}
