import { z } from 'zod';
import { LIFECYCLES } from '../accounts/rules.js';
import { fileName, REGISTRY, SETTING_KEYS } from '../settings/registry.js';
import { isDate, isZone } from '../time/index.js';

/** The shape of company.yml: people, groups, accounts and channels, as an admin writes them. */

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time as HH:MM, e.g. 09:00');
const Zone = z.string().refine(isZone, 'no IANA zone of that name; write one like Europe/Berlin');
const Day = z.string().refine(isDate, 'write a date as YYYY-MM-DD');
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const Shift = z.strictObject({
  from: Clock,
  to: z.union([Clock, z.literal('24:00')], 'write a time as HH:MM, e.g. 17:00'),
});

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
  /** Key of a team. */
  team: Handle.optional(),
  /** False for somebody who left and is still named by accounts. */
  active: z.boolean().optional(),
  functions: z.array(z.enum(['support', 'success'])).optional(),
  hours: Hours.optional(),
  backup: Handle.optional(),
});

const Team = z.strictObject({
  key: Handle,
  name: z.string().min(1).max(75),
  function: z.enum(['support', 'success']).optional(),
  lead: Handle.optional(),
  hours: Hours.optional(),
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
  role: z.enum(['champion', 'admin', 'exec_sponsor', 'user']).optional(),
  external_id: z.string().min(1).max(100).optional(),
});

const Capture = z.enum(['suggest', 'auto', 'off', 'ignore']);

/** A channel, or a channel with a capture of its own. */
const ChannelEntry = z.union(
  [ChannelRef, z.strictObject({ channel: ChannelRef, capture: Capture })],
  'a Slack channel: an id (C…) or its name',
);

const Channels = z.strictObject({
  customer: z.array(ChannelEntry).optional(),
  internal: z.array(ChannelEntry).optional(),
});

const Health = z.strictObject({
  value: z.number().int().min(0).max(100).nullish(),
  band: z.enum(['green', 'yellow', 'red']).nullish(),
  source: z.string().min(1).max(60),
  as_of: Day,
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
  other_names: z.array(z.string().min(1).max(80)).optional(),
  segment: z.string().min(1).max(60).nullish(),
  lifecycle: z.enum(LIFECYCLES).nullish(),
  csm_backup: Handle.nullish(),
  support_backup: Handle.nullish(),
  revenue: z.number().int('whole units, without cents').min(0).max(1e12).nullish(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three capital letters, e.g. EUR')
    .nullish(),
  zone: Zone.nullish(),
  touch_every_days: z.number().int().min(1).max(366).nullish(),
  health: Health.nullish(),
  external_id: z.string().min(1).max(100).nullish(),
  capture: Capture.optional(),
  channels: Channels.optional(),
  customers: z.array(Customer).optional(),
});

/** Everything of the registry that has no place of its own in the file, under the names that the file uses. */
const OTHER_SETTINGS = z.strictObject(
  Object.fromEntries(
    SETTING_KEYS.filter((key) => REGISTRY[key].place === 'settings').map((key) => [
      fileName(key),
      REGISTRY[key].schema.optional(),
    ]),
  ),
);

export const Company = z.strictObject({
  zone: Zone,
  team_channel: ChannelRef.optional(),
  triage_channel: ChannelRef.optional(),
  log_reaction: z
    .string()
    .regex(/^[a-z0-9_+-]+$/, 'the name of an emoji, without colons')
    .optional(),
  hours: Hours.optional(),
  settings: OTHER_SETTINGS.optional(),
  people: z.array(Person, 'name at least one person').min(1, 'name at least one person'),
  teams: z.array(Team).optional(),
  groups: z.array(Group).optional(),
  accounts: z.array(Account).optional(),
});

export type CompanyFile = z.infer<typeof Company>;
export type HoursEntry = z.infer<typeof Hours>;
