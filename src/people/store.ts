import { asc, eq } from 'drizzle-orm';
import type { ReadTx } from '../store/transact.js';
import type { Group, Person } from './rules.js';

export async function personBySlackId(tx: ReadTx, slackId: string): Promise<Person | undefined> {
  const [row] = await tx.db.select().from(tx.t.people).where(eq(tx.t.people.slackId, slackId));
  return row;
}

export async function personById(tx: ReadTx, id: number): Promise<Person | undefined> {
  const [row] = await tx.db.select().from(tx.t.people).where(eq(tx.t.people.id, id));
  return row;
}

export async function activePeople(tx: ReadTx): Promise<Person[]> {
  return tx.db.select().from(tx.t.people).where(eq(tx.t.people.isActive, true)).orderBy(asc(tx.t.people.id));
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
