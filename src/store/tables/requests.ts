import type { Kit } from '../kit.js';

/** What people ask of each other about an issue or an account: calls for help, flags, promises. */
export function requestTables(k: Kit) {
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

  return { escalations, flags, promises };
}
