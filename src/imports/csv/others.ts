import { CATEGORIES, PRIORITIES, TITLE_MAX } from '../../issues/rules/issue.js';
import {
  type Cell,
  dateCell,
  emailCell,
  handleCell,
  instantCell,
  listCell,
  nameCell,
  slackUserCell,
  textCell,
  wordCell,
  zoneCell,
} from './cells.js';
import type { CsvProblem } from './read.js';
import { type RowOf, twice } from './table.js';

/** `people.csv`: our own people. They are in company.yml or Slack already; this sets when they work and who backs them up. */
export const peopleColumns = {
  person: { read: textCell(120), required: true, also: ['email', 'handle', 'slack', 'slack_id'] },
  zone: { read: zoneCell, also: ['timezone', 'time_zone'] },
  hours: { read: hoursCell, also: ['working_hours', 'weekly_hours'] },
  team: { read: handleCell },
  backup: { read: textCell(120) },
  holidays: { read: listCell(dateCell) },
} as const;

/** `customers.csv`: people of accounts. */
export const customerColumns = {
  external_id: { read: textCell(100), also: ['id', 'contact_id'] },
  account: { read: textCell(100), required: true, also: ['account_id', 'company'] },
  name: { read: nameCell(80), required: true },
  email: { read: emailCell },
  slack: { read: slackUserCell, also: ['slack_id'] },
  role: { read: wordCell(['champion', 'admin', 'exec_sponsor', 'user']) },
} as const;

/** `channels.csv`: which channel belongs to whom. */
export const channelColumns = {
  channel: { read: channelCell, required: true, also: ['channel_id', 'id'] },
  name: { read: textCell(80), also: ['channel_name'] },
  account: { read: textCell(100), required: true, also: ['account_id', 'company'] },
  kind: { read: wordCell(['customer', 'internal']), required: true },
  capture: { read: wordCell(['suggest', 'auto', 'off', 'ignore']) },
} as const;

/** `issues.csv`: history, for baselines and backtests. Nobody is told of any of it. */
export const issueColumns = {
  external_id: { read: textCell(100), required: true, also: ['id', 'ticket_id'] },
  account: { read: textCell(100), required: true, also: ['account_id', 'company'] },
  title: { read: nameCell(TITLE_MAX), required: true, also: ['subject'] },
  created_at: { read: instantCell, required: true, also: ['created'] },
  resolved_at: { read: instantCell, also: ['resolved', 'solved_at'] },
  priority: { read: wordCell(PRIORITIES) },
  category: { read: wordCell(CATEGORIES) },
  owner: { read: textCell(120), also: ['assignee'] },
} as const;

export type PeopleRow = RowOf<typeof peopleColumns>;
export type CustomerRow = RowOf<typeof customerColumns>;
export type ChannelRow = RowOf<typeof channelColumns>;
export type IssueRow = RowOf<typeof issueColumns>;

function channelCell(text: string): Cell<string> {
  return /^[CG][A-Z0-9]{2,}$/.test(text)
    ? { value: text }
    : {
        problem: `"${text.slice(0, 40)}" is no channel id; it begins with C and stands in the channel's details in Slack`,
      };
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
type Week = Record<string, { from: string; to: string }[]>;

/** `Mon-Fri 09:00-17:00; Sat 10:00-12:00` as weekly hours by ISO weekday. */
export function hoursCell(text: string): Cell<Week> {
  const week: Week = {};
  for (const part of text.split(';').map((one) => one.trim().toLowerCase())) {
    if (part === '') continue;
    const [, first = '', last = first, from = '', to = ''] =
      /^([a-z]{3})[a-z]*(?:\s*-\s*([a-z]{3})[a-z]*)?\s+(\d{2}:\d{2})\s*-\s*(\d{2}:\d{2})$/.exec(part) ?? [];
    const [begin, end] = [DAYS.indexOf(first), DAYS.indexOf(last || first)];
    const isTime = [from, to].every((time) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time));
    if (begin < 0 || end < begin || !isTime || from === to)
      return { problem: `"${part.slice(0, 40)}" is no working time; write it as Mon-Fri 09:00-17:00` };
    for (let day = begin + 1; day <= end + 1; day += 1)
      week[String(day)] = [...(week[String(day)] ?? []), { from, to }];
  }
  return Object.keys(week).length > 0 ? { value: week } : { problem: 'write it as Mon-Fri 09:00-17:00' };
}

type Named = ReadonlyMap<string, { id: number; name: string }>;

/** Rows whose account is not there. */
function unknownAccounts(
  rows: readonly { row: number; account: string | undefined }[],
  accounts: Named,
): CsvProblem[] {
  return rows.flatMap((row) =>
    accounts.has((row.account ?? '').toLowerCase())
      ? []
      : {
          row: row.row,
          column: 'account',
          text: `there is no account "${(row.account ?? '').slice(0, 60)}"`,
        },
  );
}

/** Customers that meet each other in the file, or belong to another account. */
export function customerProblems(
  rows: readonly CustomerRow[],
  accounts: Named,
  holders: ReadonlyMap<string, number>,
): CsvProblem[] {
  const names = new Map([...accounts.values()].map((account) => [account.id, account.name]));
  const problems = [
    ...twice(rows, 'external_id', (row) => row.external_id),
    ...twice(rows, 'email', (row) => row.email),
    ...twice(rows, 'slack', (row) => row.slack),
    ...unknownAccounts(rows, accounts),
  ];
  for (const row of rows) {
    if (row.external_id === undefined && row.email === undefined && row.slack === undefined)
      problems.push({ row: row.row, column: 'email', text: 'give an external_id, an email or a slack id' });
    const own = accounts.get((row.account ?? '').toLowerCase())?.id;
    for (const column of ['email', 'slack'] as const) {
      const holder = row[column] === undefined ? undefined : holders.get(row[column]);
      if (holder !== undefined && own !== undefined && holder !== own)
        problems.push({
          row: row.row,
          column,
          text: `${row[column]} belongs to ${names.get(holder) ?? 'another account'}`,
        });
    }
  }
  return problems;
}

/** Channels that stand twice, or belong to another account. */
export function channelProblems(
  rows: readonly ChannelRow[],
  accounts: Named,
  holders: ReadonlyMap<string, number>,
): CsvProblem[] {
  const names = new Map([...accounts.values()].map((account) => [account.id, account.name]));
  const problems = [...twice(rows, 'channel', (row) => row.channel), ...unknownAccounts(rows, accounts)];
  for (const row of rows) {
    const own = accounts.get((row.account ?? '').toLowerCase())?.id;
    const holder = holders.get(row.channel ?? '');
    if (holder !== undefined && own !== undefined && holder !== own)
      problems.push({
        row: row.row,
        column: 'channel',
        text: `${row.channel} belongs to ${names.get(holder) ?? 'another account'}`,
      });
  }
  return problems;
}

/** Where it is latest, a day ends this long after it began in UTC. */
const DAY_ENDS_MS = 36 * 3_600_000;

/** Issues that stand twice, end before they begin, or are from the future; `today` of the company. */
export function issueProblems(
  rows: readonly IssueRow[],
  today: string,
  accounts: Named,
  people: ReadonlyMap<string, number>,
  personKey: (typed: string) => string,
): CsvProblem[] {
  const problems = [
    ...twice(rows, 'external_id', (row) => row.external_id),
    ...unknownAccounts(rows, accounts),
  ];
  const last = Date.parse(`${today}T00:00:00Z`) + DAY_ENDS_MS;
  for (const row of rows) {
    for (const column of ['created_at', 'resolved_at'] as const)
      if ((row[column] ?? 0) > last) problems.push({ row: row.row, column, text: 'has not come yet' });
    if (row.resolved_at !== undefined && row.resolved_at < (row.created_at ?? 0))
      problems.push({ row: row.row, column: 'resolved_at', text: 'lies before created_at' });
    if (row.owner !== undefined && !people.has(personKey(row.owner)))
      problems.push({
        row: row.row,
        column: 'owner',
        text: `nobody of ours is called ${row.owner.slice(0, 60)}`,
      });
  }
  return problems;
}
