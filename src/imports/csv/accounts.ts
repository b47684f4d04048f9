import { isFreeMail, LIFECYCLES } from '../../accounts/rules.js';
import {
  currencyCell,
  dateCell,
  domainCell,
  emailCell,
  handleCell,
  listCell,
  nameCell,
  numberCell,
  textCell,
  wordCell,
  zoneCell,
} from './cells.js';
import type { CsvProblem } from './read.js';
import { type RowOf, twice, twiceMeant } from './table.js';

/** `accounts.csv`. A cell that is empty leaves what is there. */
export const accountColumns = {
  external_id: { read: textCell(100), required: true, also: ['id', 'account_id', 'crm_id'] },
  name: { read: nameCell(80), required: true, also: ['account', 'company', 'account_name'] },
  slug: { read: handleCell },
  other_names: { read: listCell(textCell(80)), also: ['aliases', 'names'] },
  domains: { read: listCell(domainCell), also: ['domain', 'website'] },
  tier: { read: wordCell(['A', 'B', 'C']) },
  segment: { read: textCell(60) },
  lifecycle: { read: wordCell(LIFECYCLES), also: ['stage'] },
  csm: { read: textCell(120), also: ['csm_email', 'success_owner'] },
  support: { read: textCell(120), also: ['support_owner', 'support_email'] },
  backup_csm: { read: textCell(120), also: ['backup', 'backup_email', 'backup_csm_email'] },
  backup_support: { read: textCell(120) },
  renewal_date: { read: dateCell, also: ['renewal', 'renews', 'renewal_on'] },
  revenue: { read: numberCell(0, 1_000_000_000_000), also: ['arr'] },
  currency: { read: currencyCell },
  goal: { read: textCell(200), also: ['desired_outcome'] },
  zone: { read: zoneCell, also: ['timezone', 'time_zone'] },
  touch_every_days: { read: numberCell(1, 365), also: ['touch_cadence', 'cadence'] },
  health: { read: numberCell(0, 100), also: ['health_value', 'health_score'] },
  health_band: { read: wordCell(['green', 'yellow', 'red']) },
  health_source: { read: textCell(40) },
  health_as_of: { read: dateCell },
} as const;

export type AccountRow = RowOf<typeof accountColumns>;

/** An account that is there, as far as an import looks at it. */
export interface KnownAccount {
  id: number;
  slug: string;
  name: string;
  externalId: string | null;
}

export interface KnownAccounts {
  byExternalId: Map<string, KnownAccount>;
  bySlug: Map<string, KnownAccount>;
  /** Slugs that no new account can have, also of what was merged away. */
  takenSlugs: Set<string>;
  /** In lower case; other names too, where nothing is called so now. */
  byName: Map<string, KnownAccount>;
  byId: Map<number, KnownAccount>;
  /** The account of a domain. */
  byDomain: Map<string, number>;
  /** Person ids by handle and by e-mail, in lower case; of active people only. */
  people: Map<string, number>;
}

/** The account that a row is about: by its external id, else by its name or slug where that has no external id yet. */
export function accountOf(row: AccountRow, known: KnownAccounts): KnownAccount | undefined {
  const byId = known.byExternalId.get(row.external_id ?? '');
  if (byId) return byId;
  const named = known.bySlug.get(row.slug ?? '') ?? known.byName.get((row.name ?? '').toLowerCase());
  return named && (named.externalId === null || named.externalId === row.external_id) ? named : undefined;
}

const PERSON_COLUMNS = ['csm', 'support', 'backup_csm', 'backup_support'] as const;

export const personKey = (typed: string) => typed.trim().replace(/^@/, '').toLowerCase();

/** What no single row tells: two rows for one account, domains of others, people who are not there. */
export function checkAccounts(
  rows: readonly AccountRow[],
  known: KnownAccounts,
  today: string,
): CsvProblem[] {
  const problems: CsvProblem[] = [
    ...twice(rows, 'external_id', (row) => row.external_id),
    ...twice(rows, 'name', (row) => row.name?.toLowerCase()),
    ...twice(rows, 'slug', (row) => row.slug),
    ...twice(rows, 'domains', (row) => row.domains),
  ];
  const said = new Set(problems.map((one) => one.row));
  const further = rows.filter((row) => !said.has(row.row));
  problems.push(...twiceMeant(further, 'external_id', (row) => accountOf(row, known)));
  for (const row of rows) {
    problems.push(...checkNames(row, known), ...checkDomains(row, known), ...checkPeople(row, known));
    if (row.revenue !== undefined && row.currency === undefined)
      problems.push({
        row: row.row,
        column: 'currency',
        text: 'is empty, but there is a revenue; write EUR, USD, …',
      });
    if (row.health !== undefined && (row.health_source === undefined || row.health_as_of === undefined))
      problems.push({
        row: row.row,
        column: row.health_source === undefined ? 'health_source' : 'health_as_of',
        text: 'is empty, but there is a health; it is shown with its source and its date',
      });
    if (row.renewal_date !== undefined && row.renewal_date < today && row.lifecycle !== 'churned')
      problems.push({
        row: row.row,
        column: 'renewal_date',
        text: `${row.renewal_date} is past; write the next one, or nothing`,
      });
  }
  return problems;
}

function checkNames(row: AccountRow, known: KnownAccounts): CsvProblem[] {
  if (accountOf(row, known)) return [];
  const holder = known.bySlug.get(row.slug ?? '') ?? known.byName.get((row.name ?? '').toLowerCase());
  if (!holder && row.slug !== undefined && known.takenSlugs.has(row.slug))
    return [{ row: row.row, column: 'slug', text: `${row.slug} was an account that is part of another now` }];
  if (!holder) return [];
  const column = row.slug === holder.slug ? 'slug' : 'name';
  return [
    {
      row: row.row,
      column,
      text: `${holder.name} is there already, with the external id ${holder.externalId}; use that, or another name`,
    },
  ];
}

function checkDomains(row: AccountRow, known: KnownAccounts): CsvProblem[] {
  const own = accountOf(row, known)?.id;
  return (row.domains ?? []).flatMap((domain) => {
    const holder = known.byDomain.get(domain);
    if (isFreeMail(domain))
      return {
        row: row.row,
        column: 'domains',
        text: `${domain} is a free mail provider: it says nothing about a company`,
      };
    if (holder === undefined || holder === own) return [];
    const name = known.byId.get(holder)?.name ?? 'another account';
    return {
      row: row.row,
      column: 'domains',
      text: `${domain} belongs to ${name}; take it from there first`,
    };
  });
}

function checkPeople(row: AccountRow, known: KnownAccounts): CsvProblem[] {
  return PERSON_COLUMNS.flatMap((column) => {
    const typed = row[column];
    if (typed === undefined || known.people.has(personKey(typed))) return [];
    const looks = 'value' in emailCell(typed) ? 'e-mail' : 'handle';
    return { row: row.row, column, text: `nobody of ours has the ${looks} ${typed.slice(0, 60)}` };
  });
}
