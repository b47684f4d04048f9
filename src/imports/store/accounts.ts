import { and, eq, notInArray } from 'drizzle-orm';
import { archiveAccount, sayNewCsm } from '../../accounts/store/edit.js';
import { evaluateSoon } from '../../signals/jobs.js';
import type { Tx } from '../../store/transact.js';
import { channelRef } from '../company-checks.js';
import type { ResolvedCompany } from '../company-resolve.js';
import type { CompanyFile } from '../company-schema.js';
import { personId } from './handles.js';

type AccountEntry = NonNullable<CompanyFile['accounts']>[number];
type CustomerRow = Tx['t']['customers']['$inferSelect'];

/** What rules read of an account itself. */
const WEIGHS = ['tier', 'renewalOn', 'lifecycle', 'healthBand'] as const;

/** The accounts of the file with their channels, domains and people; those that left it are archived. */
export async function applyAccounts(tx: Tx, resolved: ResolvedCompany, now: number): Promise<void> {
  const { accounts, accountChannels, accountDomains, customers } = tx.t;
  const entries = resolved.company.accounts ?? [];
  // Links are rewritten whole, so that a channel or domain can move from one account to another in one go.
  const known = await tx.db.select().from(customers);
  const before = new Map((await tx.db.select().from(accounts)).map((one) => [one.slug, one]));
  await tx.db.delete(accountChannels);
  await tx.db.delete(accountDomains);
  await tx.db.delete(customers);
  for (const entry of entries) {
    const row = await accountRow(tx, entry);
    const [account] = await tx.db
      .insert(accounts)
      .values({ ...row, addedAt: now })
      .onConflictDoUpdate({ target: accounts.slug, set: row })
      .returning();
    if (!account) continue;
    await applyLinks(tx, account.id, entry, resolved, known);
    const was = before.get(entry.slug);
    if (!was) continue;
    await sayNewCsm(tx, was, account.csmId, { actor: null, now, source: 'file' });
    if (WEIGHS.some((field) => was[field] !== account[field])) await evaluateSoon(tx, account.id, now);
  }
  const keep = entries.map((entry) => entry.slug);
  const left = keep.length > 0 ? notInArray(accounts.slug, keep) : undefined;
  const gone = await tx.db
    .select()
    .from(accounts)
    .where(and(eq(accounts.isArchived, false), left));
  for (const account of gone) await archiveAccount(tx, account, { actor: null, now, source: 'file' });
}

async function accountRow(tx: Tx, entry: AccountEntry) {
  const { csm_backup, support_backup, health } = entry;
  const further = {
    otherNames: entry.other_names,
    segment: entry.segment,
    lifecycle: entry.lifecycle,
    backupCsmId: csm_backup === undefined ? undefined : await personId(tx, csm_backup),
    backupSupportId: support_backup === undefined ? undefined : await personId(tx, support_backup),
    revenue: entry.revenue,
    currency: entry.currency,
    zone: entry.zone,
    touchEveryDays: entry.touch_every_days,
    externalId: entry.external_id,
    ...(health === undefined
      ? {}
      : {
          healthValue: health?.value ?? null,
          healthBand: health?.band ?? null,
          healthSource: health?.source ?? null,
          healthAsOf: health?.as_of ?? null,
        }),
  };
  return {
    slug: entry.slug,
    name: entry.name,
    tier: entry.tier ?? null,
    goal: entry.goal ?? null,
    renewalOn: entry.renewal ?? null,
    csmId: await personId(tx, entry.csm),
    supportOwnerId: await personId(tx, entry.support),
    isArchived: false,
    // What an import or a CRM brought stays when the file says nothing of it; `null` in the file empties it.
    ...Object.fromEntries(Object.entries(further).filter(([, value]) => value !== undefined)),
  };
}

async function applyLinks(
  tx: Tx,
  accountId: number,
  entry: AccountEntry,
  resolved: ResolvedCompany,
  known: readonly CustomerRow[],
): Promise<void> {
  for (const kind of ['customer', 'internal'] as const) {
    for (const ref of entry.channels?.[kind] ?? []) {
      const channel = resolved.channels.get(channelRef(ref));
      if (!channel) continue;
      await tx.db.insert(tx.t.accountChannels).values({
        accountId,
        channel: channel.id,
        name: channel.name,
        kind,
        capture: typeof ref === 'string' ? (entry.capture ?? 'suggest') : ref.capture,
      });
    }
  }
  for (const domain of entry.domains ?? [])
    await tx.db.insert(tx.t.accountDomains).values({ accountId, domain: domain.toLowerCase() });
  for (const customer of entry.customers ?? []) {
    const user = customer.slack ? resolved.users.get(customer.slack) : undefined;
    const email = (customer.email ?? user?.email)?.toLowerCase() ?? null;
    const before = known.find(
      (row) => (user && row.slackId === user.id) || (email !== null && row.email === email),
    );
    await tx.db.insert(tx.t.customers).values({
      accountId,
      name: customer.name,
      slackId: user?.id ?? null,
      email,
      role: customer.role ?? before?.role ?? null,
      externalId: customer.external_id ?? before?.externalId ?? null,
    });
  }
}
