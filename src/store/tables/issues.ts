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
      /** How long that took in the working time of those who should answer, ms. */
      replyWorkingMs: k.instant('reply_working_ms'),
      issueId: k.int('issue_id'),
      /** Since when it waits for an answer; null when it does not. */
      waitsSince: k.instant('waits_since'),
      /** When it had waited longer than an answer may take; stays. */
      waitedAt: k.instant('waited_at'),
      /** What ended its waiting, and when. */
      settled: k
        .text('settled')
        .$type<'answered' | 'seen' | 'no_reply' | 'logged' | 'added' | 'chat' | 'incident' | 'deleted'>(),
      settledAt: k.instant('settled_at'),
    },
    (t) => [
      k.unique('contacts_first').on(t.channel, t.firstTs),
      k.index('contacts_account').on(t.accountId, t.startedAt),
      k.index('contacts_channel_last').on(t.channel, t.lastAt),
      k.index('contacts_thread').on(t.channel, t.threadTs),
      k.index('contacts_issue').on(t.issueId),
    ],
  );

  /** One line in the triage channel: contacts of an account that wait, and what became of each. */
  const suggestions = k.table(
    'suggestions',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      /** The account's id while something on it waits, null when nothing does: one such line per account. */
      openKey: k.text('open_key'),
      postedAt: k.instant('posted_at').notNull(),
      items: k
        .json<
          {
            contactId: number;
            settled:
              | 'answered'
              | 'seen'
              | 'no_reply'
              | 'logged'
              | 'added'
              | 'chat'
              | 'incident'
              | 'deleted'
              | 'moved'
              | null;
            /** Who settled it; a Slack user id, null for Baton itself. */
            by: string | null;
            issueId: number | null;
          }[]
        >('items')
        .notNull(),
    },
    (t) => [
      k.unique('suggestions_open').on(t.openKey),
      k.index('suggestions_account').on(t.accountId, t.postedAt),
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
      /** The issue that it was folded into (`/issue same`); that one answers for it. */
      mergedIntoId: k.int('merged_into_id'),
      category: k.text('category').$type<'bug' | 'question' | 'request' | 'access' | 'billing'>(),
      /** Its id where it was imported from. */
      externalId: k.text('external_id'),
    },
    (t) => [
      k.unique('issues_number').on(t.number),
      k.unique('issues_external').on(t.externalId),
      k.index('issues_account').on(t.accountId, t.createdAt),
      k.index('issues_merged').on(t.mergedIntoId),
      k.index('issues_account_state').on(t.accountId, t.state),
      k.index('issues_account_resolved').on(t.accountId, t.resolvedAt),
      k.index('issues_state').on(t.state, t.createdAt),
    ],
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

  /** One line in the triage channel: issues of any account whose answer is about to be late. */
  const levelLines = k.table('level_lines', {
    id: k.id(),
    postedAt: k.instant('posted_at').notNull(),
    /** The clocks that support was warned of on it; whether one still runs is computed from what happened. */
    items: k
      .json<{ issueId: number; clock: 'first_reply' | 'next_reply' | 'resolve'; since: number }[]>('items')
      .notNull(),
  });

  return { contacts, suggestions, messages, issues, issueSources, levelLines };
}
