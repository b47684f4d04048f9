import type { Kit } from '../kit.js';

export interface EvidenceSpec {
  /** What people read, e.g. "wrote in 3 times in 5 days (usually 1)". */
  line: string;
  /** The message it points at. */
  channel?: string;
  ts?: string;
  numbers: Record<string, number>;
}

export function alertTables(k: Kit) {
  const signals = k.table(
    'signals',
    {
      id: k.id(),
      rule: k.text('rule').notNull(),
      ruleVersion: k.int('rule_version').notNull(),
      accountId: k.int('account_id').notNull(),
      /** What it is about within the account, e.g. `issue:42`; empty for the account itself. */
      about: k.text('about').notNull(),
      /** `S01:7:` while it fires, null when cleared: one per rule and scope. */
      openKey: k.text('open_key'),
      state: k.text('state').$type<'firing' | 'handled' | 'cleared'>().notNull(),
      evidence: k.json<EvidenceSpec>('evidence').notNull(),
      since: k.instant('since').notNull(),
      changedAt: k.instant('changed_at').notNull(),
      alertId: k.int('alert_id'),
    },
    (t) => [
      k.unique('signals_open').on(t.openKey),
      k.index('signals_account').on(t.accountId, t.since),
      k.index('signals_alert').on(t.alertId),
    ],
  );

  const alerts = k.table(
    'alerts',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      /** `7` while open, null when ended: one open alert per account. */
      openKey: k.text('open_key'),
      severity: k.text('severity').$type<'low' | 'medium' | 'high' | 'critical'>().notNull(),
      openedAt: k.instant('opened_at').notNull(),
      postedAt: k.instant('posted_at'),
      claimedBy: k.int('claimed_by'),
      claimedAt: k.instant('claimed_at'),
      followupId: k.int('followup_id'),
      state: k.text('state').$type<'open' | 'claimed' | 'ended'>().notNull(),
      endedAt: k.instant('ended_at'),
      endedBy: k.text('ended_by'),
      endReason: k.text('end_reason'),
    },
    (t) => [k.unique('alerts_open').on(t.openKey), k.index('alerts_account').on(t.accountId, t.openedAt)],
  );

  const digests = k.table(
    'digests',
    {
      id: k.id(),
      personId: k.int('person_id').notNull(),
      kind: k.text('kind').notNull(),
      /** The last instant that a sent digest covered. */
      coveredUntil: k.instant('covered_until').notNull(),
    },
    (t) => [k.unique('digests_person').on(t.personId, t.kind)],
  );

  return { signals, alerts, digests };
}
