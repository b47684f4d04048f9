import { Document, visit } from 'yaml';
import { OWN_HEALTH } from '../accounts/rules.js';
import { isAdminOnly } from '../people/rules/admin-only.js';
import { fileName, REGISTRY, SETTING_KEYS, type Settings } from '../settings/registry.js';
import type { ReadTx } from '../store/transact.js';
import type { CompanyFile } from './company-schema.js';
import { hoursEntry } from './rules.js';

type Row<K extends keyof ReadTx['t']> = ReadTx['t'][K]['$inferSelect'];

/** All that company.yml says, as the database has it. */
export interface CompanyState {
  settings: Settings;
  /** Settings that somebody decided; the others hold by default. */
  decided: ReadonlySet<string>;
  people: readonly Row<'people'>[];
  teams: readonly Row<'teams'>[];
  groups: readonly Row<'groups'>[];
  /** Those that are not archived. */
  accounts: readonly Row<'accounts'>[];
  channels: readonly Row<'accountChannels'>[];
  domains: readonly Row<'accountDomains'>[];
  customers: readonly Row<'customers'>[];
}

/**
 * The company as a file that `baton apply` takes back without changing anything. Channels and people stand by their id,
 * which no renaming changes; names are comments.
 */
export function exportCompany(state: CompanyState): string {
  const company = companyOf(state);
  // A setting stands as it was decided: nothing in it (a clock that is off) says more than being left out.
  const settings = company.settings === undefined ? {} : { settings: company.settings };
  const doc = new Document({ ...(withoutNothing(company) as object), ...settings });
  doc.commentBefore = ' Written by baton export. baton apply reads it back.';
  const names = new Map(state.channels.map((one) => [one.channel, one.name]));
  visit(doc, {
    Scalar: (_key, node) => {
      const name = typeof node.value === 'string' ? names.get(node.value) : undefined;
      if (name !== undefined) node.comment = ` ${name.replace(/\s+/gu, ' ')}`;
    },
  });
  return doc.toString({ lineWidth: 0 });
}

function companyOf(state: CompanyState): CompanyFile {
  const { settings, decided, teams, groups } = state;
  const handles = new Map(state.people.map((person) => [person.id, person.handle]));
  const bySlackId = new Map(state.people.map((person) => [person.slackId, person.handle]));
  const others = SETTING_KEYS.filter((key) => REGISTRY[key].place === 'settings' && decided.has(key));
  return {
    zone: settings.zone,
    team_channel: settings.teamChannel ?? undefined,
    triage_channel: settings.triageChannel ?? undefined,
    log_reaction: settings.logReaction,
    hours: hoursEntry(settings.hours),
    settings:
      others.length > 0
        ? (Object.fromEntries(others.map((key) => [fileName(key), settings[key]])) as CompanyFile['settings'])
        : undefined,
    people: peopleToWrite(state).map((person) => personEntry(person, state, handles)),
    teams: teams.map((team) => ({
      key: team.key,
      name: team.name,
      function: team.func ?? undefined,
      lead: handleOf(handles, team.leadId),
      hours: team.hours ? hoursEntry(team.hours, settings.hours) : undefined,
    })),
    groups: groups.map((group) => ({
      key: group.key,
      name: group.name,
      kind: group.kind,
      slack_group: group.slackGroup ?? undefined,
      people: group.people.flatMap((id) => bySlackId.get(id) ?? []),
    })),
    accounts: state.accounts.map((account) => accountEntry(account, state, handles)),
  };
}

function handleOf(handles: ReadonlyMap<number, string>, id: number | null): string | undefined {
  return id === null ? undefined : handles.get(id);
}

/** Everybody with a role, and whoever left but is still named; workspace admins without a role come by themselves. */
function peopleToWrite(state: CompanyState): readonly Row<'people'>[] {
  const named = new Set<number | null>([
    ...state.people.filter((person) => person.isActive).map((person) => person.backupId),
    ...state.teams.map((team) => team.leadId),
    ...state.accounts.flatMap((a) => [a.csmId, a.supportOwnerId, a.backupCsmId, a.backupSupportId]),
  ]);
  const inGroups = new Set(state.groups.flatMap((group) => group.people));
  const isNamed = (person: Row<'people'>) => named.has(person.id) || inGroups.has(person.slackId);
  return state.people.filter((person) => isNamed(person) || (person.isActive && !isAdminOnly(person)));
}

function personEntry(
  person: Row<'people'>,
  { settings, teams }: CompanyState,
  handles: ReadonlyMap<number, string>,
): CompanyFile['people'][number] {
  const base = teams.find((team) => team.key === person.team)?.hours ?? settings.hours;
  const usual = person.role === 'support' || person.role === 'success' ? [person.role] : [];
  return {
    handle: person.handle,
    slack: person.slackId,
    name: person.name,
    role: person.role,
    functions: JSON.stringify(person.functions) === JSON.stringify(usual) ? undefined : person.functions,
    team: person.team ?? undefined,
    active: person.isActive ? undefined : false,
    hours: hoursEntry(person.hours, base),
    backup: handleOf(handles, person.backupId),
  };
}

function accountEntry(
  account: Row<'accounts'>,
  state: CompanyState,
  handles: ReadonlyMap<number, string>,
): NonNullable<CompanyFile['accounts']>[number] {
  const ofIt = <T extends { accountId: number }>(rows: readonly T[]) =>
    rows.filter((row) => row.accountId === account.id);
  const channels = (kind: 'customer' | 'internal') =>
    ofIt(state.channels)
      .filter((one) => one.kind === kind)
      .map((one) =>
        one.capture === 'suggest' ? one.channel : { channel: one.channel, capture: one.capture },
      );
  const { healthValue, healthBand, healthSource, healthAsOf } = account;
  return {
    slug: account.slug,
    name: account.name,
    tier: (account.tier as 'A' | 'B' | 'C' | null) ?? undefined,
    csm: handleOf(handles, account.csmId),
    support: handleOf(handles, account.supportOwnerId),
    csm_backup: handleOf(handles, account.backupCsmId),
    support_backup: handleOf(handles, account.backupSupportId),
    renewal: account.renewalOn ?? undefined,
    goal: account.goal ?? undefined,
    other_names: account.otherNames ?? undefined,
    segment: account.segment,
    lifecycle: account.lifecycle,
    revenue: account.revenue,
    currency: account.currency,
    zone: account.zone,
    touch_every_days: account.touchEveryDays,
    external_id: account.externalId,
    health:
      // What is computed here is no decision of anybody.
      healthSource !== null && healthSource !== OWN_HEALTH && healthAsOf !== null
        ? { value: healthValue, band: healthBand, source: healthSource, as_of: healthAsOf }
        : undefined,
    domains: ofIt(state.domains).map((one) => one.domain),
    channels: { customer: channels('customer'), internal: channels('internal') },
    customers: ofIt(state.customers).map((one) => ({
      name: one.name,
      slack: one.slackId ?? undefined,
      email: one.email ?? undefined,
      role: one.role ?? undefined,
      external_id: one.externalId ?? undefined,
    })),
  };
}

/** Leaves out what is not there: undefined, null, and lists and groups with nothing in them. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, part]) => part !== undefined && part !== null && !(isEmpty(part) && key !== 'holidays'))
    .map(([key, part]) => [key, withoutNothing(part)] as const);
  return Object.fromEntries(kept.filter(([key, part]) => !(isEmpty(part) && key !== 'holidays')));
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
