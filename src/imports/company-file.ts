import { LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { isFreeMail } from '../accounts/rules.js';
import { isDate, isZone } from '../time/index.js';

/** company.yml: people, groups, accounts and channels, as an admin writes them. */

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time as HH:MM, e.g. 09:00');
const Zone = z.string().refine(isZone, 'no IANA zone of that name; write one like Europe/Berlin');
const Day = z.string().refine(isDate, 'write a date as YYYY-MM-DD');
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const Shift = z.strictObject({ from: Clock, to: Clock });

const Hours = z.strictObject({
  zone: Zone.optional(),
  days: z.partialRecord(z.enum(WEEKDAYS), z.array(Shift)).optional(),
  holidays: z.array(Day).optional(),
});

const Handle = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,40}$/, 'use small letters, digits, dots and dashes');
const UserRef = z.string().min(1, 'a Slack user: an id (U…), an e-mail or a Slack user name');
const ChannelRef = z.string().min(1, 'a Slack channel: an id (C…) or its name');

const Person = z.strictObject({
  handle: Handle,
  slack: UserRef,
  name: z.string().min(1).max(80).optional(),
  role: z.enum(['lead', 'support', 'success', 'viewer']),
  functions: z.array(z.enum(['support', 'success'])).optional(),
  hours: Hours.optional(),
  backup: Handle.optional(),
});

const Group = z.strictObject({
  key: Handle,
  name: z.string().min(1).max(75),
  kind: z.enum(['skill', 'authority']),
  slack_group: z
    .string()
    .regex(/^S[A-Z0-9]+$/, 'a Slack user group id starts with S')
    .optional(),
  people: z.array(Handle).optional(),
});

const Customer = z.strictObject({
  name: z.string().min(1).max(80),
  slack: UserRef.optional(),
  email: z.email().optional(),
});

const Channels = z.strictObject({
  customer: z.array(ChannelRef).optional(),
  internal: z.array(ChannelRef).optional(),
});

const Account = z.strictObject({
  slug: Handle,
  name: z.string().min(1).max(80),
  tier: z.enum(['A', 'B', 'C']).optional(),
  csm: Handle.optional(),
  support: Handle.optional(),
  renewal: Day.optional(),
  goal: z.string().max(200).optional(),
  domains: z.array(z.string().regex(/^[^@\s]+\.[^@\s]+$/, 'a domain like acme.com')).optional(),
  capture: z.enum(['suggest', 'auto', 'off', 'ignore']).optional(),
  channels: Channels.optional(),
  customers: z.array(Customer).optional(),
});

const Company = z.strictObject({
  zone: Zone,
  team_channel: ChannelRef.optional(),
  triage_channel: ChannelRef.optional(),
  log_reaction: z
    .string()
    .regex(/^[a-z0-9_+-]+$/, 'the name of an emoji, without colons')
    .optional(),
  hours: Hours.optional(),
  people: z.array(Person).min(1, 'name at least one person'),
  groups: z.array(Group).optional(),
  accounts: z.array(Account).optional(),
});

export type CompanyFile = z.infer<typeof Company>;
export type HoursEntry = z.infer<typeof Hours>;

/** Something wrong in the file: where, and how to mend it. */
export interface FileProblem {
  line: number;
  /** e.g. `accounts[2].csm` */
  path: string;
  text: string;
}

export class CompanyFileError extends Error {
  override name = 'CompanyFileError';
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map((p) => `line ${p.line}: ${p.path ? `${p.path}: ` : ''}${p.text}`).join('\n'));
  }
}

export interface ParsedCompany {
  company: CompanyFile;
  /** The line of a path in the file, for problems that only Slack can tell. */
  lineOf: (path: readonly (string | number)[]) => number;
}

/** Reads company.yml. @throws CompanyFileError with every problem at once, each with its line. */
export function parseCompany(text: string): ParsedCompany {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines });
  if (doc.errors.length > 0) {
    throw new CompanyFileError(
      doc.errors.map((e) => ({ line: e.linePos?.[0].line ?? 1, path: '', text: firstLine(e.message) })),
    );
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = doc.getIn(path.slice(0, depth), true) as Node | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const raw: unknown = doc.toJS() ?? {};
  const parsed = Company.safeParse(raw);
  const found = parsed.success
    ? crossChecks(parsed.data)
    : [...parsed.error.issues.map((i) => ({ path: i.path, text: i.message })), ...crossChecksOf(raw)];
  const problems = found
    .map((p) => ({ line: lineOf(p.path), path: pathText(p.path), text: p.text }))
    .sort((x, y) => x.line - y.line);
  if (!parsed.success || problems.length > 0) throw new CompanyFileError(problems);
  return { company: parsed.data, lineOf };
}

/** The same checks on a file of which some entries have the wrong shape, as far as they can be made. */
function crossChecksOf(raw: unknown): Found[] {
  try {
    return crossChecks(raw as CompanyFile);
  } catch {
    return [];
  }
}

type Found = { path: (string | number)[]; text: string };

/** What no single entry can tell: names that are used twice, and references to nobody. */
function crossChecks(company: CompanyFile): Found[] {
  const handles = new Set(company.people.map((person) => person.handle));
  const unknown = (path: (string | number)[], handle: string | undefined): Found[] =>
    handle === undefined || handles.has(handle)
      ? []
      : [{ path, text: `nobody under people has the handle ${handle}` }];
  const accounts = company.accounts ?? [];
  const groups = company.groups ?? [];
  return [
    ...twice(
      company.people.map((p, i) => ({ path: ['people', i, 'handle'], value: p.handle })),
      'handle',
    ),
    ...twice(
      company.people.map((p, i) => ({ path: ['people', i, 'slack'], value: p.slack })),
      'Slack user',
    ),
    ...twice(
      groups.map((g, i) => ({ path: ['groups', i, 'key'], value: g.key })),
      'group',
    ),
    ...twice(
      accounts.map((a, i) => ({ path: ['accounts', i, 'slug'], value: a.slug })),
      'slug',
    ),
    ...twice(
      accounts.flatMap((a, i) =>
        (a.domains ?? []).map((d, j) => ({ path: ['accounts', i, 'domains', j], value: d.toLowerCase() })),
      ),
      'domain',
    ),
    ...twice(channelRefs(company), 'channel'),
    ...company.people.flatMap((p, i) => unknown(['people', i, 'backup'], p.backup)),
    ...groups.flatMap((g, i) => (g.people ?? []).flatMap((h, j) => unknown(['groups', i, 'people', j], h))),
    ...groups.flatMap((g, i) =>
      g.slack_group || g.people?.length
        ? []
        : [{ path: ['groups', i], text: 'give the group a slack_group or people' }],
    ),
    ...accounts.flatMap((a, i) => [
      ...unknown(['accounts', i, 'csm'], a.csm),
      ...unknown(['accounts', i, 'support'], a.support),
    ]),
    ...accounts.flatMap((a, i) =>
      (a.domains ?? []).flatMap((d, j) =>
        isFreeMail(d)
          ? [
              {
                path: ['accounts', i, 'domains', j],
                text: `${d} is a free mail provider: its addresses say nothing about a company`,
              },
            ]
          : [],
      ),
    ),
  ];
}

/** Every mention of a channel: a channel has one meaning. */
export function channelRefs(company: CompanyFile): { path: (string | number)[]; value: string }[] {
  const of = (kind: 'customer' | 'internal') =>
    (company.accounts ?? []).flatMap((account, i) =>
      (account.channels?.[kind] ?? []).map((value, j) => ({
        path: ['accounts', i, 'channels', kind, j],
        value: value.replace(/^#/, ''),
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

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
