import { and, asc, count, eq, isNotNull } from 'drizzle-orm';
import { outsidersAmong } from '../../accounts/store.js';
import { weekInWords } from '../../people/rules/week.js';
import type { HoursSpec } from '../../people/rules.js';
import { activePeople, escalationGroups } from '../../people/store.js';
import { slackChannel } from '../../queue/lookups.js';
import { setting, valuesOf } from '../../settings/store.js';
import { currentRules } from '../../signals/store/settings.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { dayOnly } from '../../time/index.js';
import type { ChannelState, SetupFacts } from '../rules/setup.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** The company works at other times: what waits by them is computed anew. */
    'hours.changed': Record<string, never>;
  }
}

/**
 * How far the set-up is.
 * @param proposed the number of shared channels that wait for an account
 * @param now business time, UTC ms
 */
export async function setupFacts(tx: ReadTx, proposed: number, now: number): Promise<SetupFacts> {
  const decided = await valuesOf(tx, 'company');
  const people = await activePeople(tx);
  const groups = await escalationGroups(tx);
  const active = new Set(people.map((person) => person.slackId));
  const inFunction = (func: 'support' | 'success') => people.filter((one) => one.functions.includes(func));
  const leads = (func: 'support' | 'success') => inFunction(func).filter((one) => one.role === 'lead').length;
  const isEmpty = (group: (typeof groups)[number]) =>
    group.slackGroup === null && !group.people.some((id) => active.has(id));
  return {
    team: await channelState(tx, await setting(tx, 'teamChannel')),
    triage: await channelState(tx, await setting(tx, 'triageChannel')),
    people: {
      support: inFunction('support').length,
      success: inFunction('success').length,
      supportLeads: leads('support'),
      successLeads: leads('success'),
    },
    groups: {
      names: groups.map((group) => group.name),
      empty: groups.filter(isEmpty).map((group) => group.name),
    },
    hours: { isDecided: decided.has('hours'), ...hoursFacts(await setting(tx, 'hours')) },
    accounts: { ...(await accountCounts(tx)), proposed },
    liveMeans: await setting(tx, 'liveMeans'),
    rules: await rulesFacts(tx, now),
    standup: (await setting(tx, 'standup'))?.time ?? null,
    seen: await setting(tx, 'setupDone'),
  };
}

function hoursFacts({ zone, days, holidays }: HoursSpec) {
  return { zone, week: weekInWords(days), holidays: holidays.length };
}

async function rulesFacts(tx: ReadTx, now: number): Promise<SetupFacts['rules']> {
  const until = await setting(tx, 'observeUntil');
  const rules = await currentRules(tx, now);
  return {
    watchesUntil: until !== null && until > now ? dayOnly(until, await setting(tx, 'zone'), now) : null,
    on: rules.filter((rule) => rule.mode === 'on').length,
    total: rules.length,
  };
}

async function channelState(tx: ReadTx, id: string | null): Promise<ChannelState | null> {
  if (id === null) return null;
  const facts = await slackChannel(tx, id);
  const { outbox } = tx.t;
  const [held] = await tx.db
    .select({ error: outbox.error })
    .from(outbox)
    .where(and(eq(outbox.target, id), eq(outbox.state, 'held'), isNotNull(outbox.error)))
    .limit(1);
  return {
    id,
    name: facts?.name ?? null,
    facts: facts
      ? {
          isArchived: facts.isArchived,
          isMember: facts.isMember,
          isShared: facts.isShared,
          outsiders: (await outsidersAmong(tx, facts.members)).length,
        }
      : null,
    refused: held?.error ?? null,
  };
}

async function accountCounts(tx: ReadTx): Promise<{ total: number; withoutChannel: number }> {
  const { accounts: a, accountChannels: c } = tx.t;
  const [all] = await tx.db.select({ n: count() }).from(a).where(eq(a.isArchived, false));
  const linked = await tx.db
    .selectDistinct({ id: c.accountId })
    .from(c)
    .innerJoin(a, eq(a.id, c.accountId))
    .where(and(eq(c.kind, 'customer'), eq(a.isArchived, false)));
  const total = Number(all?.n ?? 0);
  return { total, withoutChannel: total - linked.length };
}

/** Writes who is in an escalation group; a group of nobody is taken away. */
export async function writeGroup(
  tx: Tx,
  group: {
    key: string;
    name: string;
    kind: 'skill' | 'authority';
    people: readonly string[];
    position: number;
  },
): Promise<void> {
  const { groups } = tx.t;
  if (group.people.length === 0) {
    await tx.db.delete(groups).where(eq(groups.key, group.key));
    return;
  }
  const row = { ...group, people: [...group.people], slackGroup: null };
  await tx.db
    .insert(groups)
    .values(row)
    .onConflictDoUpdate({ target: groups.key, set: { people: row.people, slackGroup: null } });
}

/** Whoever has the company's hours has the new ones from `now` on (UTC ms); hours of one's own stay. */
export async function carryHours(tx: Tx, before: HoursSpec, after: HoursSpec, now: number): Promise<void> {
  const { people } = tx.t;
  const same = (hours: HoursSpec) =>
    JSON.stringify([hours.days, hours.holidays]) === JSON.stringify([before.days, before.holidays]);
  for (const person of await tx.db.select().from(people).orderBy(asc(people.id))) {
    if (!same(person.hours)) continue;
    const zone = person.hours.zone === before.zone ? after.zone : person.hours.zone;
    await tx.db
      .update(people)
      .set({ hours: { ...after, zone } })
      .where(eq(people.id, person.id));
  }
  await emit(tx, { kind: 'hours.changed', at: now, source: 'setup', data: {} });
}
