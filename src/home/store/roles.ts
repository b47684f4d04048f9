import { and, asc, eq, inArray } from 'drizzle-orm';
import { adminOnly, isAdminOnly } from '../../people/rules/admin-only.js';
import type { HoursSpec } from '../../people/rules.js';
import { refreshCalendars } from '../../people/store/calendar.js';
import { sayLeft } from '../../people/store/left.js';
import { setting } from '../../settings/store.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { RoleGiven } from '../rules/forms.js';

export type SlackPerson = ReadTx['t']['slackUsers']['$inferSelect'];

/** What Slack says of these people, by id; whoever was never seen is missing. */
export async function slackPeople(tx: ReadTx, ids: readonly string[]): Promise<Map<string, SlackPerson>> {
  if (ids.length === 0) return new Map();
  const { slackUsers: u } = tx.t;
  const rows = await tx.db
    .select()
    .from(u)
    .where(inArray(u.userId, [...ids]));
  return new Map(rows.map((row) => [row.userId, row]));
}

/**
 * Gives people these roles, by Slack id; whoever is not among them has none any more, but for admins. What they owed goes
 * to who covers, new ones have the company's days off.
 */
export async function writeRoles(
  tx: Tx,
  roles: ReadonlyMap<string, RoleGiven>,
  found: ReadonlyMap<string, SlackPerson>,
  now: number,
): Promise<void> {
  const { people } = tx.t;
  const hours = await setting(tx, 'hours');
  const known = await tx.db.select().from(people).orderBy(asc(people.id));
  for (const [slackId, given] of roles) await giveRole(tx, slackId, given, { known, found, hours });
  await refreshCalendars(tx);
  const change = { now, source: 'setup' };
  const wasThere = new Set(known.filter((one) => one.isActive).map((one) => one.slackId));
  for (const person of await tx.db.select().from(people).orderBy(asc(people.id)))
    if (roles.has(person.slackId) && !wasThere.has(person.slackId)) await sayLeft(tx, person, false, change);
  for (const person of known) {
    if (roles.has(person.slackId) || !person.isActive) continue;
    const set = person.isAdmin ? { role: 'viewer' as const, functions: [] } : { isActive: false };
    await tx.db.update(people).set(set).where(eq(people.id, person.id));
    await sayLeft(tx, person, true, change);
  }
  tx.wake('homes');
}

/** Adds people without a role as viewers, so that a group may call them. */
export async function addViewers(
  tx: Tx,
  slackIds: readonly string[],
  found: ReadonlyMap<string, SlackPerson>,
): Promise<void> {
  const { people } = tx.t;
  const hours = await setting(tx, 'hours');
  const known = await tx.db.select().from(people).orderBy(asc(people.id));
  const given: RoleGiven = { role: 'viewer', functions: [] };
  for (const slackId of slackIds)
    if (!known.some((one) => one.slackId === slackId && one.isActive))
      await giveRole(tx, slackId, given, { known, found, hours });
}

type PersonRow = ReadTx['t']['people']['$inferSelect'];

async function giveRole(
  tx: Tx,
  slackId: string,
  given: RoleGiven,
  at: { known: readonly PersonRow[]; found: ReadonlyMap<string, SlackPerson>; hours: HoursSpec },
): Promise<void> {
  const { people } = tx.t;
  const before = at.known.find((one) => one.slackId === slackId);
  const facts = at.found.get(slackId);
  const taken = new Set(at.known.filter((one) => one.slackId !== slackId).map((one) => one.handle));
  const handle =
    !before || isAdminOnly(before) ? handleFor(facts?.name ?? slackId, slackId, taken) : before.handle;
  const row = {
    ...given,
    slackId,
    handle,
    name: before?.name ?? facts?.realName ?? slackId,
    email: before?.email ?? facts?.email ?? null,
    isAdmin: before?.isAdmin ?? false,
    hours: before?.hours ?? { ...at.hours, zone: facts?.zone ?? at.hours.zone },
    isActive: true,
  };
  await tx.db.insert(people).values(row).onConflictDoUpdate({ target: people.slackId, set: row });
}

/** A handle as company.yml takes it, made of a Slack user name; with the id where somebody has it. */
function handleFor(name: string, slackId: string, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 25);
  const id = slackId.toLowerCase();
  return plain === '' || taken.has(plain) ? `${plain || 'person'}-${id}` : plain;
}

/** Workspace admins, and whom the configuration names, may set Baton up although no file names them. */
export async function ensureAdmins(tx: Tx, also: readonly string[]): Promise<void> {
  const { people, slackUsers: u } = tx.t;
  const hours = await setting(tx, 'hours');
  const users = await tx.db
    .select()
    .from(u)
    .where(and(eq(u.isExternal, false), eq(u.isBot, false), eq(u.isDeleted, false), eq(u.isGuest, false)));
  const isNamed = (user: SlackPerson) =>
    also.some((ref) => [user.userId, user.name, user.email].includes(ref.replace(/^@/, '')));
  const admins = users.filter((user) => user.isAdmin || isNamed(user));
  for (const user of admins) {
    const { userId: slackId, realName: name, email, zone } = user;
    await tx.db
      .insert(people)
      .values(adminOnly({ slackId, name, email, zone }, hours))
      .onConflictDoUpdate({ target: people.slackId, set: { isAdmin: true, isActive: true } });
  }
}
