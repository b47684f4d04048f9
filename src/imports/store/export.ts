import { asc, eq } from 'drizzle-orm';
import { SETTING_KEYS } from '../../settings/registry.js';
import { setting, valuesOf } from '../../settings/store.js';
import type { ReadTx } from '../../store/transact.js';
import type { CompanyState } from '../company-export.js';

/** All that company.yml says, as it holds now. */
export async function companyState(tx: ReadTx): Promise<CompanyState> {
  const { people, teams, groups, accounts, accountChannels, accountDomains, customers } = tx.t;
  const decided = await valuesOf(tx, 'company');
  return {
    settings: Object.fromEntries(
      await Promise.all(SETTING_KEYS.map(async (key) => [key, await setting(tx, key)] as const)),
    ) as CompanyState['settings'],
    decided: new Set(decided.keys()),
    people: await tx.db.select().from(people).orderBy(asc(people.id)),
    teams: await tx.db.select().from(teams).orderBy(asc(teams.id)),
    groups: await tx.db.select().from(groups).orderBy(asc(groups.position)),
    accounts: await tx.db
      .select()
      .from(accounts)
      .where(eq(accounts.isArchived, false))
      .orderBy(asc(accounts.id)),
    channels: await tx.db.select().from(accountChannels).orderBy(asc(accountChannels.id)),
    domains: await tx.db.select().from(accountDomains).orderBy(asc(accountDomains.id)),
    customers: await tx.db.select().from(customers).orderBy(asc(customers.id)),
  };
}
