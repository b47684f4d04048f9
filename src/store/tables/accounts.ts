import type { Kit } from '../kit.js';

export function accountTables(k: Kit) {
  const accounts = k.table(
    'accounts',
    {
      id: k.id(),
      slug: k.text('slug').notNull(),
      name: k.text('name').notNull(),
      tier: k.text('tier'),
      goal: k.text('goal'),
      /** Local date, YYYY-MM-DD. */
      renewalOn: k.text('renewal_on'),
      /** The account's success manager; a person id. */
      csmId: k.int('csm_id'),
      supportOwnerId: k.int('support_owner_id'),
      isArchived: k.bool('is_archived').notNull().default(false),
    },
    (t) => [k.unique('accounts_slug').on(t.slug), k.index('accounts_csm').on(t.csmId)],
  );

  const accountDomains = k.table(
    'account_domains',
    { id: k.id(), accountId: k.int('account_id').notNull(), domain: k.text('domain').notNull() },
    (t) => [k.unique('account_domains_domain').on(t.domain)],
  );

  const accountChannels = k.table(
    'account_channels',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      channel: k.text('channel').notNull(),
      name: k.text('name').notNull(),
      kind: k.text('kind').$type<'customer' | 'internal'>().notNull(),
      capture: k.text('capture').$type<'suggest' | 'auto' | 'off' | 'ignore'>().notNull(),
    },
    (t) => [
      k.unique('account_channels_channel').on(t.channel),
      k.index('account_channels_account').on(t.accountId),
    ],
  );

  const customers = k.table(
    'customers',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      slackId: k.text('slack_id'),
      email: k.text('email'),
      name: k.text('name').notNull(),
    },
    (t) => [
      k.unique('customers_slack').on(t.slackId),
      k.unique('customers_email').on(t.email),
      k.index('customers_account').on(t.accountId),
    ],
  );

  return { accounts, accountDomains, accountChannels, customers };
}
