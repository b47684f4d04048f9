import { asc, eq } from 'drizzle-orm';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../store/transact.js';
import { type StandIn, standInOf, withDaysOff } from './rules/absence.js';
import type { Group, Person } from './rules.js';

type PersonRow = ReadTx['t']['people']['$inferSelect'];

/** A person as every room knows them: their working hours have all their days off in them. */
function toPerson(row: PersonRow): Person {
  return { ...row, hours: withDaysOff(row.hours, row.calendar ?? [], row) };
}

const personOfSlackId = (db: Db, t: Tables, its: { slackId: string }) =>
  db.select().from(t.people).where(eq(t.people.slackId, its.slackId));

export async function personBySlackId(tx: ReadTx, slackId: string): Promise<Person | undefined> {
  const [row] = await tx.prepared(personOfSlackId, { slackId });
  return row && toPerson(row);
}

const personOfId = (db: Db, t: Tables, its: { id: number }) =>
  db.select().from(t.people).where(eq(t.people.id, its.id));

export async function personById(tx: ReadTx, id: number): Promise<Person | undefined> {
  const [row] = await tx.prepared(personOfId, { id });
  return row && toPerson(row);
}

const active = (db: Db, { people }: Tables, _its: object) =>
  db.select().from(people).where(eq(people.isActive, true)).orderBy(asc(people.id));

export async function activePeople(tx: ReadTx): Promise<Person[]> {
  return (await tx.prepared(active, {})).map(toPerson);
}

const everybody = (db: Db, { people }: Tables, _its: object) =>
  db.select().from(people).orderBy(asc(people.id));

/**
 * Who acts for a person at an instant (UTC ms), and why: themselves while they are there; their delegate while they are
 * away; their backup; the lead of their team or function. Null when nobody is left.
 */
export async function standIn(tx: ReadTx, person: Person, at: number): Promise<StandIn | null> {
  const { teams } = tx.t;
  const all = (await tx.prepared(everybody, {})).map(toPerson);
  const [team] = person.team ? await tx.db.select().from(teams).where(eq(teams.key, person.team)) : [];
  const byId = (id: number) => all.find((one) => one.id === id);
  const lead = team?.leadId == null ? undefined : byId(team.leadId);
  const ofFunction = all.filter(
    (one) => one.role === 'lead' && one.functions.some((func) => person.functions.includes(func)),
  );
  return standInOf(person, at, { byId, leadsOf: () => (lead ? [lead, ...ofFunction] : ofFunction) });
}

/** From now on somebody who has both functions acts in this one. */
export async function actAs(tx: Tx, personId: number, func: 'support' | 'success'): Promise<void> {
  await tx.db.update(tx.t.people).set({ actsAs: func }).where(eq(tx.t.people.id, personId));
}

const namesOfActive = (db: Db, t: Tables, _its: object) =>
  db.select({ name: t.people.name }).from(t.people).where(eq(t.people.isActive, true));

/** The first names of our people, in lower case: how somebody is addressed. */
export async function firstNames(tx: ReadTx): Promise<Set<string>> {
  const people = await tx.prepared(namesOfActive, {});
  return new Set(people.map(({ name }) => (name.split(/\s+/u)[0] ?? '').toLowerCase()));
}

/** The admins to whom Baton speaks of its own troubles; Slack user ids. */
export async function adminSlackIds(tx: ReadTx): Promise<string[]> {
  const people = await activePeople(tx);
  return people.filter((person) => person.isAdmin).map((person) => person.slackId);
}

/** Who leads a function: people of role lead who act in it. */
export async function leadsOf(tx: ReadTx, func: 'support' | 'success'): Promise<Person[]> {
  const people = await activePeople(tx);
  return people.filter((person) => person.role === 'lead' && person.functions.includes(func));
}

/** Those of an escalation group whom Baton knows; none for a Slack user group. */
export async function peopleOfGroup(tx: ReadTx, group: Group): Promise<Person[]> {
  const people = await activePeople(tx);
  return group.slackGroup === null ? people.filter((person) => group.people.includes(person.slackId)) : [];
}

/** The escalation groups, in the order of company.yml. */
export async function escalationGroups(tx: ReadTx): Promise<Group[]> {
  return tx.db.select().from(tx.t.groups).orderBy(asc(tx.t.groups.position));
}

export async function groupByKey(tx: ReadTx, key: string): Promise<Group | undefined> {
  const [row] = await tx.db.select().from(tx.t.groups).where(eq(tx.t.groups.key, key));
  return row;
}
