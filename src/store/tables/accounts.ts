import type { Kit } from '../kit.js';

/** Where a customer stands in its life with us. */
export type Lifecycle = 'prospect' | 'onboarding' | 'live' | 'renewing' | 'offboarding' | 'churned';

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
      /** Since when its channels are listened to; business time. */
      addedAt: k.instant('added_at'),
      /** Other names by which people call it. */
      otherNames: k.json<string[]>('other_names'),
      segment: k.text('segment'),
      lifecycle: k.text('lifecycle').$type<Lifecycle>(),
      backupCsmId: k.int('backup_csm_id'),
      backupSupportId: k.int('backup_support_id'),
      /** Per year, in whole units of `currency`. */
      revenue: k.big('revenue'),
      /** ISO 4217, e.g. EUR. */
      currency: k.text('currency'),
      /** IANA zone of the customer. */
      zone: k.text('zone'),
      /** A conversation is wanted at least this often, in days; null: as its tier says. */
      touchEveryDays: k.int('touch_every_days'),
      /** 0 to 100. */
      healthValue: k.int('health_value'),
      healthBand: k.text('health_band').$type<'green' | 'yellow' | 'red'>(),
      /** A band that the value has reached once; it holds when it is reached a second time. */
      healthNextBand: k.text('health_next_band').$type<'green' | 'yellow' | 'red'>(),
      /** Where the value comes from: the name of a tool, or `baton` when computed here. */
      healthSource: k.text('health_source'),
      /** YYYY-MM-DD. */
      healthAsOf: k.text('health_as_of'),
      /** Its id in the CRM or wherever it is imported from. */
      externalId: k.text('external_id'),
      /** The account into which it was merged. */
      mergedIntoId: k.int('merged_into_id'),
    },
    (t) => [
      k.unique('accounts_slug').on(t.slug),
      k.unique('accounts_external').on(t.externalId),
      k.index('accounts_csm').on(t.csmId),
    ],
  );

  /** Channel ids that changed: what still arrives under the old one belongs to the new one. */
  const channelAliases = k.table(
    'channel_aliases',
    { id: k.id(), oldChannel: k.text('old_channel').notNull(), channel: k.text('channel').notNull() },
    (t) => [k.unique('channel_aliases_old').on(t.oldChannel)],
  );

  /** Conversations with an account that somebody logged. */
  const touches = k.table(
    'touches',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      /** A person id. */
      byId: k.int('by_id').notNull(),
      func: k.text('func').$type<'support' | 'success'>().notNull(),
      /** `unsaid` until somebody says how. */
      how: k.text('how').$type<'call' | 'mail' | 'meeting' | 'chat' | 'unsaid'>().notNull(),
      /** When it took place; UTC ms. */
      at: k.instant('at').notNull(),
      outcome: k.text('outcome'),
      note: k.text('note'),
      permalink: k.text('permalink'),
      loggedAt: k.instant('logged_at').notNull(),
      /** What was done by it, e.g. `followup:7`: that is one conversation however often it is said. */
      about: k.text('about'),
    },
    (t) => [
      k.unique('touches_about').on(t.about),
      k.index('touches_account').on(t.accountId, t.at),
      k.index('touches_by').on(t.byId, t.at),
    ],
  );

  /** Who or what belongs to no account, or to two: somebody decides. */
  const openMatches = k.table(
    'open_matches',
    {
      id: k.id(),
      /** `person:<Slack id>`, `mail:<address>` or `domain:<domain>`. */
      key: k.text('key').notNull(),
      /** Nobody's, or claimed by several accounts. */
      kind: k.text('kind').$type<'unmatched' | 'conflict'>().notNull(),
      /** What people call them: a name, an address, a domain. */
      name: k.text('name').notNull(),
      slackId: k.text('slack_id'),
      email: k.text('email'),
      domain: k.text('domain'),
      /** Where they were last seen. */
      channel: k.text('channel'),
      /** The accounts that it could be. */
      accounts: k.json<number[]>('accounts').notNull(),
      firstAt: k.instant('first_at').notNull(),
      lastAt: k.instant('last_at').notNull(),
      times: k.int('times').notNull(),
      /** Decided: to which account, or to none. */
      decidedAt: k.instant('decided_at'),
      decidedBy: k.text('decided_by'),
      accountId: k.int('account_id'),
    },
    (t) => [k.unique('open_matches_key').on(t.key), k.index('open_matches_open').on(t.decidedAt, t.firstAt)],
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
      role: k.text('role').$type<'champion' | 'admin' | 'exec_sponsor' | 'user'>(),
      externalId: k.text('external_id'),
    },
    (t) => [
      k.unique('customers_external').on(t.externalId),
      k.unique('customers_slack').on(t.slackId),
      k.unique('customers_email').on(t.email),
      k.index('customers_account').on(t.accountId),
    ],
  );

  return {
    accounts,
    accountDomains,
    accountChannels,
    channelAliases,
    customers,
    touches,
    openMatches,
  };
}
