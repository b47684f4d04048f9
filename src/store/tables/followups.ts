import type { Kit } from '../kit.js';

export function followupTables(k: Kit) {
  const fixes = k.table(
    'fixes',
    {
      id: k.id(),
      title: k.text('title').notNull(),
      url: k.text('url'),
      /** `github:acme/app#12`: the same item however its address is written; null for one kept by hand. */
      trackerKey: k.text('tracker_key'),
      state: k.text('state').$type<'planned' | 'merged' | 'live' | 'declined'>().notNull(),
      liveAt: k.instant('live_at'),
      markedBy: k.text('marked_by'),
    },
    (t) => [k.unique('fixes_tracker').on(t.trackerKey), k.index('fixes_state').on(t.state)],
  );

  const fixIssues = k.table(
    'fix_issues',
    { id: k.id(), fixId: k.int('fix_id').notNull(), issueId: k.int('issue_id').notNull() },
    (t) => [k.unique('fix_issues_issue').on(t.issueId), k.index('fix_issues_fix').on(t.fixId)],
  );

  const followups = k.table(
    'followups',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      kind: k.text('kind').$type<'tell_fix' | 'restore'>().notNull(),
      /** `7:fix:3` while open, null when ended: one open follow-up per account and matter. */
      openKey: k.text('open_key'),
      fixId: k.int('fix_id'),
      alertId: k.int('alert_id'),
      /** Who owes the customer the word; a person id. */
      ownerId: k.int('owner_id').notNull(),
      createdAt: k.instant('created_at').notNull(),
      /** When it is to be done by; the clock starts at delivery. */
      dueAt: k.instant('due_at').notNull(),
      state: k.text('state').$type<'open' | 'told' | 'not_needed'>().notNull(),
      nudges: k.int('nudges').notNull().default(0),
      deliveredAt: k.instant('delivered_at'),
      endedAt: k.instant('ended_at'),
      endedBy: k.text('ended_by'),
      proof: k.text('proof'),
      reason: k.text('reason'),
    },
    (t) => [
      k.unique('followups_open').on(t.openKey),
      k.index('followups_owner').on(t.ownerId, t.state),
      k.index('followups_fix').on(t.fixId),
      k.index('followups_account').on(t.accountId, t.state),
    ],
  );

  return { fixes, fixIssues, followups };
}
