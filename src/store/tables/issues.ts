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
      /** The customer asked for it, whatever the group can decide. */
      isCustomerWish: k.bool('is_customer_wish').notNull().default(false),
      byUser: k.text('by_user').notNull(),
      at: k.instant('at').notNull(),
      answeredBy: k.text('answered_by'),
      answeredAt: k.instant('answered_at'),
      /** When nobody had come and the support lead was called; null before. */
      climbedAt: k.instant('climbed_at'),
      takenBackBy: k.text('taken_back_by'),
      takenBackAt: k.instant('taken_back_at'),
    },
    (t) => [
      k.unique('escalations_open').on(t.openKey),
      k.index('escalations_issue').on(t.issueId, t.at),
      k.index('escalations_group').on(t.groupKey, t.at),
    ],
  );

  /** What success hands to support: a problem to take over, or a pattern to look into. */
  const flags = k.table(
    'flags',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      kind: k.text('kind').$type<'problem' | 'pattern'>().notNull(),
      /** What is wrong, in the sender's words. */
      detail: k.text('detail').notNull(),
      /** Addresses that show it. */
      evidence: k.json<string[]>('evidence').notNull(),
      /** One case is enough: it is severe. */
      isSevere: k.bool('is_severe').notNull().default(false),
      /** The message that it was sent from, if it was. */
      channel: k.text('channel'),
      ts: k.text('ts'),
      byUser: k.text('by_user').notNull(),
      offeredAt: k.instant('offered_at').notNull(),
      state: k.text('state').$type<'offered' | 'accepted' | 'returned' | 'declined'>().notNull(),
      decidedBy: k.text('decided_by'),
      decidedAt: k.instant('decided_at'),
      /** What is missing, or why it was declined. */
      answer: k.text('answer'),
      /** The issue that an accepted problem became. */
      issueId: k.int('issue_id'),
      /** When nobody had decided and the support lead was called; null before. */
      climbedAt: k.instant('climbed_at'),
    },
    (t) => [
      k.index('flags_issue').on(t.issueId),
      k.index('flags_account').on(t.accountId, t.offeredAt),
      k.index('flags_state').on(t.state, t.offeredAt),
      k.index('flags_message').on(t.channel, t.ts),
    ],
  );

  /** What one of us told a customer that we would do, and by when. */
  const promises = k.table(
    'promises',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      issueId: k.int('issue_id'),
      what: k.text('what').notNull(),
      /** A name; null for the account as a whole. */
      toWhom: k.text('to_whom'),
      /** Local date of the promiser, YYYY-MM-DD. */
      dueOn: k.text('due_on').notNull(),
      /** Who promised; a Slack user id. */
      byUser: k.text('by_user').notNull(),
      at: k.instant('at').notNull(),
      state: k.text('state').$type<'open' | 'kept' | 'broken'>().notNull(),
      endedAt: k.instant('ended_at'),
      /** Who said how it ended; null when nobody did and it counts as broken. */
      endedBy: k.text('ended_by'),
      channel: k.text('channel'),
      ts: k.text('ts'),
    },
    (t) => [
      k.index('promises_account').on(t.accountId, t.state),
      k.index('promises_issue').on(t.issueId, t.state),
      k.index('promises_by').on(t.byUser, t.state, t.dueOn),
      k.index('promises_message').on(t.channel, t.ts),
    ],
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

  return { contacts, suggestions, messages, issues, issueSources, escalations, flags, promises, levelLines };
}
