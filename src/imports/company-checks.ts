import { isFreeMail } from '../accounts/rules.js';
import type { Settings } from '../settings/registry.js';
import { PHRASE_LISTS } from '../signals/phrases/lists.js';
import { ownPhraseProblems } from '../signals/rules/own-phrases.js';
import type { CompanyFile } from './company-schema.js';
import type { Found } from './schema-words.js';

/** What no single entry can tell: names that are used twice, and references to nobody. */
export function crossChecks(company: CompanyFile): Found[] {
  const handles = new Set(company.people.map((person) => person.handle));
  const unknown: Unknown = (path, handle) =>
    handle == null || handles.has(handle)
      ? []
      : [{ path, text: `nobody under people has the handle ${handle}` }];
  return [
    ...peopleChecks(company, unknown),
    ...groupChecks(company, unknown),
    ...accountChecks(company, unknown),
    ...twice(channelRefs(company), 'channel'),
    ...phraseChecks(company),
  ];
}

/** Says that a handle names nobody, if it does. */
type Unknown = (path: (string | number)[], handle: string | null | undefined) => Found[];

function peopleChecks({ people, teams = [] }: CompanyFile, unknown: Unknown): Found[] {
  const at = <K extends 'handle' | 'slack'>(key: K) =>
    people.map((person, i) => ({ path: ['people', i, key], value: person[key] }));
  const keys = teams.map((team, i) => ({ path: ['teams', i, 'key'], value: team.key }));
  return [
    ...twice(at('handle'), 'handle'),
    ...twice(at('slack'), 'Slack user'),
    ...twice(keys, 'team'),
    ...people.flatMap((person, i) => unknown(['people', i, 'backup'], person.backup)),
    ...people.flatMap((person, i) =>
      person.team === undefined || teams.some((team) => team.key === person.team)
        ? []
        : [{ path: ['people', i, 'team'], text: `nothing under teams has the key ${person.team}` }],
    ),
    ...teams.flatMap((team, i) => unknown(['teams', i, 'lead'], team.lead)),
  ];
}

function groupChecks({ groups = [] }: CompanyFile, unknown: Unknown): Found[] {
  const keys = groups.map((group, i) => ({ path: ['groups', i, 'key'], value: group.key }));
  return [
    ...twice(keys, 'group'),
    ...groups.flatMap((group, i) =>
      (group.people ?? []).flatMap((handle, j) => unknown(['groups', i, 'people', j], handle)),
    ),
    ...groups.flatMap((group, i) =>
      group.slack_group || group.people?.length
        ? []
        : [{ path: ['groups', i], text: 'give the group a slack_group or people' }],
    ),
  ];
}

function accountChecks({ accounts = [] }: CompanyFile, unknown: Unknown): Found[] {
  const slugs = accounts.map((account, i) => ({ path: ['accounts', i, 'slug'], value: account.slug }));
  const externals = accounts.flatMap((account, i) =>
    account.external_id ? [{ path: ['accounts', i, 'external_id'], value: account.external_id }] : [],
  );
  const domains = accounts.flatMap((account, i) =>
    (account.domains ?? []).map((domain, j) => ({
      path: ['accounts', i, 'domains', j],
      value: domain.toLowerCase(),
    })),
  );
  return [
    ...twice(slugs, 'slug'),
    ...twice(domains, 'domain'),
    ...twice(externals, 'external id'),
    ...accounts.flatMap((account, i) => [
      ...unknown(['accounts', i, 'csm'], account.csm),
      ...unknown(['accounts', i, 'support'], account.support),
      ...unknown(['accounts', i, 'csm_backup'], account.csm_backup),
      ...unknown(['accounts', i, 'support_backup'], account.support_backup),
    ]),
    ...domains
      .filter(({ value }) => isFreeMail(value))
      .map(({ path, value }) => ({
        path,
        text: `${value} is a free mail provider: its addresses say nothing about a company`,
      })),
  ];
}

function phraseChecks({ settings }: CompanyFile): Found[] {
  const own = (settings as Partial<Settings> | undefined)?.phrases;
  return own === undefined
    ? []
    : ownPhraseProblems(PHRASE_LISTS, own).map(({ path, text }) => ({
        path: ['settings', 'phrases', ...path],
        text,
      }));
}

/** What a file calls a channel, without the sign. */
export function channelRef(entry: string | { channel: string }): string {
  return (typeof entry === 'string' ? entry : entry.channel).replace(/^#/, '');
}

/** Every mention of a channel: a channel has one meaning. */
export function channelRefs(company: CompanyFile): { path: (string | number)[]; value: string }[] {
  const of = (kind: 'customer' | 'internal') =>
    (company.accounts ?? []).flatMap((account, i) =>
      (account.channels?.[kind] ?? []).map((entry, j) => ({
        path: ['accounts', i, 'channels', kind, j],
        value: channelRef(entry),
      })),
    );
  const own = (['team_channel', 'triage_channel'] as const).flatMap((key) => {
    const value = company[key];
    return value === undefined ? [] : [{ path: [key], value: value.replace(/^#/, '') }];
  });
  return [...own, ...of('customer'), ...of('internal')];
}

function twice(entries: { path: (string | number)[]; value: string }[], what: string): Found[] {
  const seen = new Set<string>();
  return entries.flatMap(({ path, value }) => {
    if (seen.has(value)) return [{ path, text: `the ${what} ${value} stands here for the second time` }];
    seen.add(value);
    return [];
  });
}
