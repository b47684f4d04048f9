import type { Kit } from '../kit.js';

export function issueTables(k: Kit) {
  const contacts = k.table(
    'contacts',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      channel: k.text('channel').notNull(),
      /** The first message; with the channel the contact's key. */
      firstTs: k.text('first_ts').notNull(),
      /** The thread it lives in: the first message's own ts when it stands in the channel. */
      threadTs: k.text('thread_ts').notNull(),
      author: k.text('author').notNull(),
      startedAt: k.instant('started_at').notNull(),
      lastAt: k.instant('last_at').notNull(),
      messages: k.int('messages').notNull(),
      firstReplyAt: k.instant('first_reply_at'),
      issueId: k.int('issue_id'),
    },
    (t) => [
      k.unique('contacts_first').on(t.channel, t.firstTs),
      k.index('contacts_account').on(t.accountId, t.startedAt),
      k.index('contacts_channel_last').on(t.channel, t.lastAt),
      k.index('contacts_thread').on(t.channel, t.threadTs),
      k.index('contacts_issue').on(t.issueId),
    ],
  );

  /** The words themselves, once; emptied when the message is deleted in Slack. */
  const messages = k.table(
    'messages',
    {
      id: k.id(),
      contactId: k.int('contact_id'),
      accountId: k.int('account_id').notNull(),
      channel: k.text('channel').notNull(),
      ts: k.text('ts').notNull(),
      threadTs: k.text('thread_ts'),
      author: k.text('author').notNull(),
      isCustomer: k.bool('is_customer').notNull(),
      text: k.text('text').notNull(),
      /** Names and permalinks, never content. */
      files: k.json<{ name: string; permalink: string | null }[]>('files').notNull(),
      at: k.instant('at').notNull(),
      editedTs: k.text('edited_ts'),
      isDeleted: k.bool('is_deleted').notNull().default(false),
    },
    (t) => [
      k.unique('messages_ts').on(t.channel, t.ts),
      k.index('messages_contact').on(t.contactId),
      k.index('messages_thread').on(t.channel, t.threadTs, t.at),
      k.index('messages_account_at').on(t.accountId, t.at),
    ],
  );

  const issues = k.table(
    'issues',
    {
      id: k.id(),
      /** The B-number, from a counter row. */
      number: k.int('number').notNull(),
      accountId: k.int('account_id').notNull(),
      title: k.text('title').notNull(),
      detail: k.text('detail'),
      priority: k.text('priority').$type<'low' | 'normal' | 'high' | 'urgent'>().notNull(),
      state: k.text('state').$type<'new' | 'open' | 'waiting' | 'resolved' | 'closed' | 'merged'>().notNull(),
      ownerId: k.int('owner_id'),
      createdAt: k.instant('created_at').notNull(),
      createdBy: k.text('created_by').notNull(),
      resolvedAt: k.instant('resolved_at'),
      /** When the customer was told and seven quiet days have passed. */
      loopClosedAt: k.instant('loop_closed_at'),
      reopened: k.int('reopened').notNull().default(0),
    },
    (t) => [k.unique('issues_number').on(t.number), k.index('issues_account').on(t.accountId, t.createdAt)],
  );

  const issueSources = k.table(
    'issue_sources',
    {
      id: k.id(),
      issueId: k.int('issue_id').notNull(),
      channel: k.text('channel').notNull(),
      ts: k.text('ts').notNull(),
    },
    (t) => [k.unique('issue_sources_ts').on(t.channel, t.ts), k.index('issue_sources_issue').on(t.issueId)],
  );

  const escalations = k.table(
    'escalations',
    {
      id: k.id(),
      issueId: k.int('issue_id').notNull(),
      groupKey: k.text('group_key').notNull(),
      /** `42:engineering` while open, null when ended: one open escalation per issue and group. */
      openKey: k.text('open_key'),
      kind: k.text('kind').$type<'skill' | 'authority'>().notNull(),
      reason: k.text('reason').notNull(),
      byUser: k.text('by_user').notNull(),
      at: k.instant('at').notNull(),
      answeredBy: k.text('answered_by'),
      answeredAt: k.instant('answered_at'),
    },
    (t) => [k.unique('escalations_open').on(t.openKey), k.index('escalations_issue').on(t.issueId, t.at)],
  );

  return { contacts, messages, issues, issueSources, escalations };
}
