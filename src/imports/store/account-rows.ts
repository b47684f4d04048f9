import { asc, eq } from 'drizzle-orm';
import { freeSlug } from '../../accounts/rules/edit.js';
import type { AccountDetails } from '../../accounts/rules.js';
import { changeAccount } from '../../accounts/store/edit.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import {
  type AccountRow,
  accountColumns,
  accountOf,
  checkAccounts,
  type KnownAccount,
  type KnownAccounts,
  personKey,
} from '../csv/accounts.js';
import type { Done, ImportChange, ImportKind } from '../csv/kind.js';

type NewAccount = ReadTx['t']['accounts']['$inferInsert'];
/** What a row says of an account; a cell that is empty says nothing. */
type Said = Partial<Omit<NewAccount, 'id'>>;

interface Known extends KnownAccounts {
  details: Map<number, AccountDetails>;
  domainsOf: Map<number, string[]>;
}

async function loadAccounts(tx: ReadTx): Promise<Known> {
  const known: Known = {
    byExternalId: new Map(),
    bySlug: new Map(),
    takenSlugs: new Set(),
    byName: new Map(),
    byId: new Map(),
    byDomain: new Map(),
    people: await peopleByName(tx),
    details: new Map(),
    domainsOf: new Map(),
  };
  const rows = await tx.db.select().from(tx.t.accounts).orderBy(asc(tx.t.accounts.id));
  for (const account of rows) if (account.mergedIntoId === null) remember(known, account);
  for (const account of rows) if (account.mergedIntoId !== null) rememberMerged(known, account);
  for (const account of rows) if (account.mergedIntoId === null) rememberOtherNames(known, account);
  for (const { accountId, domain } of await tx.db.select().from(tx.t.accountDomains))
    rememberDomain(known, accountId, domain);
  return known;
}

/** Active people by handle and by e-mail, in lower case. */
export async function peopleByName(tx: ReadTx): Promise<Map<string, number>> {
  const { people } = tx.t;
  const found = new Map<string, number>();
  for (const person of await tx.db.select().from(people).where(eq(people.isActive, true)))
    for (const name of [person.handle, person.email, person.slackId])
      if (name) found.set(personKey(name), person.id);
  return found;
}

function remember(known: Known, account: AccountDetails & KnownAccount): void {
  known.details.set(account.id, account);
  known.byId.set(account.id, account);
  known.bySlug.set(account.slug, account);
  known.takenSlugs.add(account.slug);
  known.byName.set(account.name.toLowerCase(), account);
  if (account.externalId !== null) known.byExternalId.set(account.externalId, account);
}

/** What was merged is found under the account that it became. */
function rememberMerged(known: Known, account: AccountDetails): void {
  known.takenSlugs.add(account.slug);
  const into = known.details.get(account.mergedIntoId ?? 0);
  if (into && account.externalId !== null) known.byExternalId.set(account.externalId, into);
}

function rememberOtherNames(known: Known, account: AccountDetails): void {
  for (const name of account.otherNames ?? []) {
    const key = name.toLowerCase();
    if (!known.byName.has(key)) known.byName.set(key, account);
  }
}

function rememberDomain(known: Known, accountId: number, domain: string): void {
  known.byDomain.set(domain, accountId);
  known.domainsOf.set(accountId, [...(known.domainsOf.get(accountId) ?? []), domain]);
}

function said(row: AccountRow, known: Known): Said {
  const person = (typed: string | undefined) =>
    typed === undefined ? undefined : known.people.get(personKey(typed));
  const all: Record<keyof Said & string, unknown> | Said = {
    externalId: row.external_id,
    name: row.name,
    otherNames: row.other_names,
    tier: row.tier,
    segment: row.segment,
    lifecycle: row.lifecycle,
    csmId: person(row.csm),
    supportOwnerId: person(row.support),
    backupCsmId: person(row.backup_csm),
    backupSupportId: person(row.backup_support),
    renewalOn: row.renewal_date,
    revenue: row.revenue,
    currency: row.currency,
    goal: row.goal,
    zone: row.zone,
    touchEveryDays: row.touch_every_days,
    healthValue: row.health,
    healthBand: row.health_band,
    healthSource: row.health_source,
    healthAsOf: row.health_as_of,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Said;
}

/** What of a row differs from what is there. */
function differences(
  row: AccountRow,
  account: AccountDetails,
  known: Known,
): { patch: Said; domains: string[] } {
  const there = account as unknown as Record<string, unknown>;
  const patch = Object.fromEntries(
    Object.entries(said(row, known)).filter(
      ([field, value]) =>
        JSON.stringify(value) !== JSON.stringify(there[field] ?? null) &&
        // A row of what was merged into it: it keeps the id that it has.
        !(field === 'externalId' && account.externalId !== null),
    ),
  );
  const has = known.domainsOf.get(account.id) ?? [];
  return { patch, domains: (row.domains ?? []).filter((domain) => !has.includes(domain)) };
}

function compare(row: AccountRow, known: Known): 'added' | 'changed' | 'same' {
  const there = known.details.get(accountOf(row, known)?.id ?? 0);
  if (!there) return 'added';
  const { patch, domains } = differences(row, there, known);
  return Object.keys(patch).length > 0 || domains.length > 0 ? 'changed' : 'same';
}

async function write(tx: Tx, rows: readonly AccountRow[], known: Known, change: ImportChange): Promise<Done> {
  const written = { added: 0, changed: 0, same: 0 };
  const learned: (() => void)[] = [];
  const fresh: AccountRow[] = [];
  for (const row of rows) {
    const how = compare(row, known);
    written[how] += 1;
    if (how === 'added') fresh.push(row);
    if (how === 'changed') learned.push(await writeChange(tx, row, known, change));
  }
  learned.push(await writeNew(tx, fresh, known, change.now));
  // What is known must not run ahead of what is committed: a transaction may be run again.
  return {
    written,
    learn: () => {
      for (const learn of learned) learn();
    },
  };
}

async function writeChange(tx: Tx, row: AccountRow, known: Known, change: ImportChange): Promise<() => void> {
  const account = known.details.get(accountOf(row, known)?.id ?? 0);
  if (!account) return () => undefined;
  const { patch, domains } = differences(row, account, known);
  const by = { actor: null, now: change.now, source: 'import' };
  const changed = await changeAccount(tx, account, patch as Partial<AccountDetails>, by);
  const links = domains.map((domain) => ({ accountId: account.id, domain }));
  await addDomains(tx, links);
  return () => {
    remember(known, changed);
    for (const link of links) rememberDomain(known, link.accountId, link.domain);
  };
}

async function writeNew(tx: Tx, rows: readonly AccountRow[], known: Known, now: number): Promise<() => void> {
  if (rows.length === 0) return () => undefined;
  const slugs = new Set<string>();
  const values = rows.map((row) => {
    const slug = row.slug ?? freeSlug(row.name ?? '', (one) => known.takenSlugs.has(one) || slugs.has(one));
    slugs.add(slug);
    return { ...said(row, known), slug, name: row.name ?? slug, isArchived: false, addedAt: now };
  });
  const added = await tx.db.insert(tx.t.accounts).values(values).returning();
  const ids = new Map(added.map((account) => [account.externalId, account.id]));
  const links = rows.flatMap((row) => {
    const accountId = ids.get(row.external_id ?? '');
    return accountId === undefined ? [] : (row.domains ?? []).map((domain) => ({ accountId, domain }));
  });
  await addDomains(tx, links);
  return () => {
    for (const account of added) remember(known, account as AccountDetails);
    for (const link of links) rememberDomain(known, link.accountId, link.domain);
  };
}

async function addDomains(tx: Tx, links: readonly { accountId: number; domain: string }[]): Promise<void> {
  if (links.length > 0)
    await tx.db
      .insert(tx.t.accountDomains)
      .values([...links])
      .onConflictDoNothing();
}

/** Ids of accounts by whatever a file calls them: external id, slug or name (in lower case). */
export async function accountsByName(tx: ReadTx): Promise<Map<string, { id: number; name: string }>> {
  const { accounts: a } = tx.t;
  const found = new Map<string, { id: number; name: string }>();
  const rows = await tx.db.select().from(a).where(eq(a.isArchived, false)).orderBy(asc(a.id));
  for (const { id, name } of rows) found.set(name.toLowerCase(), { id, name });
  for (const { id, name, slug } of rows) found.set(slug, { id, name });
  for (const { id, name, externalId } of rows)
    if (externalId) found.set(externalId.toLowerCase(), { id, name });
  return found;
}

export const accountsImport: ImportKind<typeof accountColumns, Known> = {
  columns: accountColumns,
  load: loadAccounts,
  check: checkAccounts,
  compare,
  write,
};
