import type { Kit } from '../kit.js';

/** The event log: append-only memory of what happened to which account, issue, fix, alert, follow-up. */
export function logTables(k: Kit) {
  const log = k.table(
    'log',
    {
      id: k.id(),
      kind: k.text('kind').notNull(),
      /** Business time, UTC ms. */
      at: k.instant('at').notNull(),
      accountId: k.int('account_id'),
      issueId: k.int('issue_id'),
      fixId: k.int('fix_id'),
      alertId: k.int('alert_id'),
      followupId: k.int('followup_id'),
      contactId: k.int('contact_id'),
      /** Who did it: a Slack user id; null for Baton itself. */
      actor: k.text('actor'),
      func: k.text('func').$type<'support' | 'success'>(),
      /** Where it came from: `command`, `reaction`, `button`, `clock`, … */
      source: k.text('source').notNull(),
      before: k.text('before'),
      after: k.text('after'),
      data: k.json<Record<string, unknown>>('data').notNull(),
    },
    (t) => [
      k.index('log_account_at').on(t.accountId, t.kind, t.at),
      k.index('log_kind_at').on(t.kind, t.at),
      k.index('log_issue_at').on(t.issueId, t.at),
      k.index('log_followup').on(t.followupId, t.at),
      k.index('log_alert').on(t.alertId, t.at),
    ],
  );

  const settings = k.table(
    'settings',
    {
      id: k.id(),
      scope: k.text('scope').notNull(),
      key: k.text('key').notNull(),
      value: k.json<unknown>('value'),
      version: k.int('version').notNull(),
      isCurrent: k.bool('is_current').notNull(),
      who: k.text('who').notNull(),
      at: k.instant('at').notNull(),
      why: k.text('why'),
    },
    (t) => [
      k.unique('settings_version').on(t.scope, t.key, t.version),
      k.index('settings_current').on(t.isCurrent, t.scope, t.key),
    ],
  );

  return { log, settings };
}
