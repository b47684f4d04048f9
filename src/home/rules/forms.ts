import type { HoursSpec } from '../../people/rules.js';
import { settingProblem } from '../../settings/registry.js';
import { isDate, isZone } from '../../time/index.js';

/** The escalation groups that the set-up offers; a company.yml may have others. */
export const GROUPS = [
  {
    key: 'senior-support',
    name: 'Senior support',
    kind: 'skill',
    about: 'Knows more; the issue stays with whoever has it.',
  },
  { key: 'engineering', name: 'Engineering', kind: 'skill', about: 'Looks into the product.' },
  {
    key: 'support-lead',
    name: 'Support lead',
    kind: 'skill',
    about: 'Decides what goes first; unanswered calls climb here.',
  },
  {
    key: 'executive',
    name: 'Executive',
    kind: 'authority',
    about: 'Talks to the customer with authority; the CSM hears of it.',
  },
] as const;

/** What Slack says of somebody who was chosen. */
export interface Chosen {
  name: string;
  realName: string;
  isBot: boolean;
  isGuest: boolean;
  isExternal: boolean;
  isDeleted: boolean;
}

export interface RoleGiven {
  role: 'lead' | 'support' | 'success' | 'viewer';
  functions: ('support' | 'success')[];
}

type Field = 'support' | 'success' | 'supportLeads' | 'successLeads' | 'viewers';

/**
 * Roles and functions from who was chosen for what, by Slack id: a lead of one function may work in the other.
 * `errors` names, by field, who cannot have a role and why.
 */
export function rolesOf(
  chosen: Partial<Record<Field, readonly string[]>>,
  found: ReadonlyMap<string, Chosen>,
): { roles: Map<string, RoleGiven>; errors: Partial<Record<Field, string>> } {
  const errors: Partial<Record<Field, string>> = {};
  for (const [field, ids] of Object.entries(chosen) as [Field, readonly string[]][]) {
    const problem = ids.map((id) => personProblem(found.get(id))).find((one) => one !== null);
    if (problem) errors[field] = problem;
  }
  const { support = [], success = [], supportLeads = [], successLeads = [], viewers = [] } = chosen;
  const roles = new Map<string, RoleGiven>();
  for (const id of viewers) roles.set(id, { role: 'viewer', functions: [] });
  for (const id of [...support, ...success, ...supportLeads, ...successLeads]) {
    const isLead = supportLeads.includes(id) || successLeads.includes(id);
    const inSupport = support.includes(id) || supportLeads.includes(id);
    const inSuccess = success.includes(id) || successLeads.includes(id);
    roles.set(id, {
      role: isLead ? 'lead' : inSupport ? 'support' : 'success',
      functions: [...(inSupport ? (['support'] as const) : []), ...(inSuccess ? (['success'] as const) : [])],
    });
  }
  return { roles, errors };
}

function personProblem(user: Chosen | undefined): string | null {
  if (!user) return 'Baton does not know one of them yet. Try again in a minute.';
  const name = user.realName || user.name;
  if (user.isBot) return `${name} is a bot.`;
  if (user.isDeleted) return `${name} is deactivated in Slack.`;
  if (user.isExternal)
    return `${name} is of another company: only people of your own workspace can have a role.`;
  if (user.isGuest) return `${name} is a guest: only full members of your workspace can have a role.`;
  return null;
}

/** Working hours as the form sends them, or what is wrong by field. */
export function hoursTyped(
  values: Readonly<Record<string, string | null>>,
): { hours: HoursSpec } | { errors: Record<string, string> } {
  const zone = values.zone?.trim() ?? '';
  const days = (values.days ?? '')
    .split(',')
    .filter((day) => /^[1-7]$/.test(day)) as (keyof HoursSpec['days'])[];
  const from = values.from ?? '';
  const to = values.to ?? '';
  const holidays = (values.holidays ?? '').split(/[\s,;]+/).filter((day) => day !== '');
  const badDay = holidays.find((day) => !isDate(day));
  const errors = {
    ...(isZone(zone)
      ? {}
      : { zone: `There is no zone "${zone.slice(0, 60)}". Write one like Europe/Berlin.` }),
    ...(days.length > 0 ? {} : { days: 'Choose at least one day.' }),
    ...(from === '' ? { from: 'When does the day begin?' } : {}),
    ...(to === '' ? { to: 'When does it end?' } : {}),
    ...(from !== '' && from === to ? { to: 'The day ends when it begins. Choose a later time.' } : {}),
    ...(badDay === undefined
      ? {}
      : { holidays: `"${badDay.slice(0, 40)}" is no date. Write it as 2026-12-25.` }),
  };
  if (Object.keys(errors).length > 0) return { errors };
  const hours = {
    zone,
    days: Object.fromEntries(days.sort().map((day) => [day, [{ from, to }]])),
    holidays: [...new Set(holidays)].sort(),
  };
  const problem = settingProblem('hours', hours);
  return problem === null ? { hours } : { errors: { from: problem } };
}
