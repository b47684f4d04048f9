import { asc, eq, notInArray } from 'drizzle-orm';
import { adminOnly } from '../../people/rules/admin-only.js';
import { hoursOfTeam } from '../../people/store/calendar.js';
import { sayLeft } from '../../people/store/left.js';
import { fileName, SETTING_KEYS, type Settings } from '../../settings/registry.js';
import { changeSetting, setting } from '../../settings/store.js';
import type { Tx } from '../../store/transact.js';
import type { ResolvedCompany } from '../company-resolve.js';
import { hoursOf } from '../rules.js';
import { applyAccounts } from './accounts.js';
import { personId } from './handles.js';

/** Writes the whole file in one transaction: what is in it holds, people and accounts that left it become inactive. */
export async function applyCompany(
  tx: Tx,
  resolved: ResolvedCompany,
  change: { who: string; now: number },
): Promise<void> {
  await applySettings(tx, resolved, change);
  // Teams before their people, who may work by their hours; people before who leads what.
  await applyTeams(tx, resolved);
  const before = await activeIds(tx);
  await applyPeople(tx, resolved);
  await applyTeamLeads(tx, resolved);
  await applyGroups(tx, resolved);
  await applyAccounts(tx, resolved, change.now);
  // At the end, so that whoever takes over what they owe is known.
  await sayWhoLeft(tx, before, change.now);
}

async function activeIds(tx: Tx): Promise<Set<number>> {
  const { people } = tx.t;
  const rows = await tx.db.select({ id: people.id }).from(people).where(eq(people.isActive, true));
  return new Set(rows.map((row) => row.id));
}

/** Whoever had a role and has none any more: what they owe goes to who covers. */
async function sayWhoLeft(tx: Tx, before: ReadonlySet<number>, now: number): Promise<void> {
  const { people } = tx.t;
  const gone = await tx.db.select().from(people).where(eq(people.isActive, false)).orderBy(asc(people.id));
  for (const person of gone)
    if (before.has(person.id)) await sayLeft(tx, person, true, { now, source: 'file' });
}

async function applySettings(
  tx: Tx,
  { company, channels }: ResolvedCompany,
  change: { who: string; now: number },
): Promise<void> {
  const by = { who: change.who, at: change.now, why: 'company.yml' };
  const channel = (ref: string) => channels.get(ref.replace(/^#/, ''))?.id ?? null;
  // What the file leaves out was decided elsewhere, in Slack, and stays as it is.
  const hours = hoursOf(company.hours, { ...(await setting(tx, 'hours')), zone: company.zone });
  await changeSetting(tx, 'zone', company.zone, by);
  await changeSetting(tx, 'hours', hours, by);
  if (company.team_channel) await changeSetting(tx, 'teamChannel', channel(company.team_channel), by);
  if (company.triage_channel) await changeSetting(tx, 'triageChannel', channel(company.triage_channel), by);
  if (company.log_reaction) await changeSetting(tx, 'logReaction', company.log_reaction, by);
  for (const key of SETTING_KEYS) {
    const value = (company.settings as Record<string, unknown> | undefined)?.[fileName(key)];
    if (value !== undefined) await changeSetting(tx, key, value as Settings[typeof key], by);
  }
}

async function applyPeople(tx: Tx, { company, users, otherAdmins, isAdmin }: ResolvedCompany): Promise<void> {
  const { people } = tx.t;
  const hours = await setting(tx, 'hours');
  const keep: string[] = [];
  const listed = company.people.flatMap((entry) => {
    const user = users.get(entry.slack);
    return user ? [{ entry, user }] : [];
  });
  for (const { entry, user } of listed) {
    keep.push(user.id);
    const isActive = entry.active !== false && !user.isDeleted;
    const row = {
      slackId: user.id,
      handle: entry.handle,
      name: entry.name ?? user.realName,
      email: user.email,
      role: entry.role,
      functions:
        entry.functions ?? (entry.role === 'support' || entry.role === 'success' ? [entry.role] : []),
      isAdmin: isActive && isAdmin(user),
      hours: entry.hours ? hoursOf(entry.hours, hours) : await hoursOfTeam(tx, entry.team),
      team: entry.team ?? null,
      isActive,
    };
    await tx.db.insert(people).values(row).onConflictDoUpdate({ target: people.slackId, set: row });
  }
  for (const user of otherAdmins) {
    keep.push(user.id);
    const row = adminOnly(
      { slackId: user.id, name: user.realName, email: user.email, zone: user.zone },
      hours,
    );
    await tx.db.insert(people).values(row).onConflictDoUpdate({ target: people.slackId, set: row });
  }
  await tx.db.update(people).set({ isActive: false, isAdmin: false }).where(notInArray(people.slackId, keep));
  for (const { entry, user } of listed) {
    const backupId = await personId(tx, entry.backup);
    await tx.db.update(people).set({ backupId }).where(eq(people.slackId, user.id));
  }
}

async function slackIdsOf(tx: Tx, handles: readonly string[]): Promise<string[]> {
  const rows = await tx.db
    .select({ handle: tx.t.people.handle, slackId: tx.t.people.slackId })
    .from(tx.t.people);
  return handles.flatMap((handle) => rows.find((row) => row.handle === handle)?.slackId ?? []);
}

/** Who leads each team, once everybody is there. */
async function applyTeamLeads(tx: Tx, { company }: ResolvedCompany): Promise<void> {
  const { teams } = tx.t;
  for (const entry of company.teams ?? [])
    await tx.db
      .update(teams)
      .set({ leadId: await personId(tx, entry.lead) })
      .where(eq(teams.key, entry.key));
}

/** Teams of the file; without the word `teams` in it they stay as they are. */
async function applyTeams(tx: Tx, { company }: ResolvedCompany): Promise<void> {
  if (company.teams === undefined) return;
  const { teams } = tx.t;
  const hours = await setting(tx, 'hours');
  for (const entry of company.teams) {
    const row = {
      key: entry.key,
      name: entry.name,
      func: entry.function ?? null,
      hours: entry.hours ? hoursOf(entry.hours, hours) : null,
    };
    await tx.db.insert(teams).values(row).onConflictDoUpdate({ target: teams.key, set: row });
  }
  const keep = company.teams.map((entry) => entry.key);
  await tx.db.delete(teams).where(keep.length > 0 ? notInArray(teams.key, keep) : undefined);
}

async function applyGroups(tx: Tx, { company }: ResolvedCompany): Promise<void> {
  const { groups } = tx.t;
  const entries = company.groups ?? [];
  for (const [position, entry] of entries.entries()) {
    const row = {
      key: entry.key,
      name: entry.name,
      kind: entry.kind,
      slackGroup: entry.slack_group ?? null,
      people: await slackIdsOf(tx, entry.people ?? []),
      position,
    };
    await tx.db.insert(groups).values(row).onConflictDoUpdate({ target: groups.key, set: row });
  }
  const keep = entries.map((entry) => entry.key);
  await tx.db.delete(groups).where(keep.length > 0 ? notInArray(groups.key, keep) : undefined);
}
