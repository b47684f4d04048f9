import { eq, notInArray } from 'drizzle-orm';
import type { HoursSpec } from '../people/rules.js';
import { changeSetting } from '../settings/store.js';
import type { Tx } from '../store/transact.js';
import type { CompanyFile, HoursEntry } from './company-file.js';
import type { ResolvedCompany } from './company-resolve.js';

/** Writes the whole file in one transaction: what is in it holds, people and accounts that left it become inactive. */
export async function applyCompany(
  tx: Tx,
  resolved: ResolvedCompany,
  change: { who: string; now: number },
): Promise<void> {
  await applyPeople(tx, resolved);
  await applyGroups(tx, resolved);
  await applyAccounts(tx, resolved);
  const { company } = resolved;
  const by = { who: change.who, at: change.now, why: 'company.yml' };
  const channel = (ref: string | undefined) =>
    ref === undefined ? null : (resolved.channels.get(ref.replace(/^#/, ''))?.id ?? null);
  await changeSetting(tx, 'zone', company.zone, by);
  await changeSetting(tx, 'hours', hoursOf(company, undefined), by);
  await changeSetting(tx, 'teamChannel', channel(company.team_channel), by);
  await changeSetting(tx, 'triageChannel', channel(company.triage_channel), by);
  if (company.log_reaction) await changeSetting(tx, 'logReaction', company.log_reaction, by);
}

async function applyPeople(tx: Tx, { company, users, otherAdmins, isAdmin }: ResolvedCompany): Promise<void> {
  const { people } = tx.t;
  const keep: string[] = [];
  const listed = company.people.flatMap((entry) => {
    const user = users.get(entry.slack);
    return user ? [{ entry, user }] : [];
  });
  for (const { entry, user } of listed) {
    keep.push(user.id);
    const row = {
      slackId: user.id,
      handle: entry.handle,
      name: entry.name ?? user.realName,
      email: user.email,
      role: entry.role,
      functions:
        entry.functions ?? (entry.role === 'support' || entry.role === 'success' ? [entry.role] : []),
      isAdmin: isAdmin(user),
      hours: hoursOf(company, entry.hours),
      isActive: !user.isDeleted,
    };
    await tx.db.insert(people).values(row).onConflictDoUpdate({ target: people.slackId, set: row });
  }
  for (const user of otherAdmins) {
    keep.push(user.id);
    const row = {
      slackId: user.id,
      handle: `admin-${user.id.toLowerCase()}`,
      name: user.realName,
      email: user.email,
      role: 'viewer' as const,
      functions: [],
      isAdmin: true,
      hours: hoursOf(company, undefined),
      isActive: true,
    };
    await tx.db.insert(people).values(row).onConflictDoUpdate({ target: people.slackId, set: row });
  }
  await tx.db.update(people).set({ isActive: false, isAdmin: false }).where(notInArray(people.slackId, keep));
  for (const { entry, user } of listed) {
    const backupId = entry.backup ? await personId(tx, entry.backup) : null;
    await tx.db.update(people).set({ backupId }).where(eq(people.slackId, user.id));
  }
}

const DEFAULT_SHIFT = [{ from: '09:00', to: '17:00' }];
const DEFAULT_DAYS: HoursSpec['days'] = {
  1: DEFAULT_SHIFT,
  2: DEFAULT_SHIFT,
  3: DEFAULT_SHIFT,
  4: DEFAULT_SHIFT,
  5: DEFAULT_SHIFT,
};
const NUMBER_OF = { mon: '1', tue: '2', wed: '3', thu: '4', fri: '5', sat: '6', sun: '7' } as const;

/** A person's hours: their own entries, else the company's, else Monday to Friday, nine to five. */
function hoursOf(company: CompanyFile, own: HoursEntry | undefined): HoursSpec {
  const days = own?.days ?? company.hours?.days;
  return {
    zone: own?.zone ?? company.hours?.zone ?? company.zone,
    days: days
      ? Object.fromEntries(
          Object.entries(days).map(([day, shifts]) => [NUMBER_OF[day as keyof typeof NUMBER_OF], shifts]),
        )
      : DEFAULT_DAYS,
    holidays: own?.holidays ?? company.hours?.holidays ?? [],
  };
}

async function personId(tx: Tx, handle: string): Promise<number | null> {
  const [row] = await tx.db
    .select({ id: tx.t.people.id })
    .from(tx.t.people)
    .where(eq(tx.t.people.handle, handle));
  return row?.id ?? null;
}

async function slackIdsOf(tx: Tx, handles: readonly string[]): Promise<string[]> {
  const rows = await tx.db
    .select({ handle: tx.t.people.handle, slackId: tx.t.people.slackId })
    .from(tx.t.people);
  return handles.flatMap((handle) => rows.find((row) => row.handle === handle)?.slackId ?? []);
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

async function applyAccounts(tx: Tx, resolved: ResolvedCompany): Promise<void> {
  const { accounts, accountChannels, accountDomains, customers } = tx.t;
  const entries = resolved.company.accounts ?? [];
  // Links are rewritten whole, so that a channel or domain can move from one account to another in one go.
  await tx.db.delete(accountChannels);
  await tx.db.delete(accountDomains);
  await tx.db.delete(customers);
  for (const entry of entries) {
    const row = {
      slug: entry.slug,
      name: entry.name,
      tier: entry.tier ?? null,
      goal: entry.goal ?? null,
      renewalOn: entry.renewal ?? null,
      csmId: entry.csm ? await personId(tx, entry.csm) : null,
      supportOwnerId: entry.support ? await personId(tx, entry.support) : null,
      isArchived: false,
    };
    const [account] = await tx.db
      .insert(accounts)
      .values(row)
      .onConflictDoUpdate({ target: accounts.slug, set: row })
      .returning({ id: accounts.id });
    if (account) await applyLinks(tx, account.id, entry, resolved);
  }
  const keep = entries.map((entry) => entry.slug);
  await tx.db
    .update(accounts)
    .set({ isArchived: true })
    .where(keep.length > 0 ? notInArray(accounts.slug, keep) : undefined);
}

async function applyLinks(
  tx: Tx,
  accountId: number,
  entry: NonNullable<CompanyFile['accounts']>[number],
  resolved: ResolvedCompany,
): Promise<void> {
  for (const kind of ['customer', 'internal'] as const) {
    for (const ref of entry.channels?.[kind] ?? []) {
      const channel = resolved.channels.get(ref.replace(/^#/, ''));
      if (!channel) continue;
      await tx.db.insert(tx.t.accountChannels).values({
        accountId,
        channel: channel.id,
        name: channel.name,
        kind,
        capture: entry.capture ?? 'suggest',
      });
    }
  }
  for (const domain of entry.domains ?? [])
    await tx.db.insert(tx.t.accountDomains).values({ accountId, domain: domain.toLowerCase() });
  for (const customer of entry.customers ?? []) {
    const user = customer.slack ? resolved.users.get(customer.slack) : undefined;
    await tx.db.insert(tx.t.customers).values({
      accountId,
      name: customer.name,
      slackId: user?.id ?? null,
      email: (customer.email ?? user?.email)?.toLowerCase() ?? null,
    });
  }
}
