import type { Kit } from '../kit.js';

export interface EvidenceSpec {
  /** What people read, e.g. "wrote in 3 times in 5 days (usually 1)". */
  line: string;
  /** The message it points at. */
  channel?: string;
  ts?: string;
  numbers: Record<string, number>;
}

type SeverityName = 'low' | 'medium' | 'high' | 'critical';

/** A rule's numbers; and for a rule that the company added, all of it. */
export interface SignalSpec {
  numbers: { fire: number; clear: number; holdMinutes: number; cooldownDays: number } & Record<
    string,
    number
  >;
  counting: {
    id: string;
    name: string;
    count: string;
    windowDays: number;
    fire: number;
    clear: number;
    cooldownDays: number;
    severity: Exclude<SeverityName, 'critical'>;
    func: 'support' | 'success';
    place: 'interruptive' | 'card' | 'digest';
    next: string;
  } | null;
}

/** Of signals from before rules could be tuned. */
const NO_SPEC: SignalSpec = {
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 0 },
  counting: null,
};

export function alertTables(k: Kit) {
  const signals = k.table(
    'signals',
    {
      id: k.id(),
      rule: k.text('rule').notNull(),
      /** Of the code and of the tuning that it started with, e.g. `2.3`. */
      ruleVersion: k.int('rule_version').notNull(),
      version: k.text('version').notNull().default('1'),
      /** The rule as it was when it began: an open signal is read by this, whatever was tuned since. */
      spec: k.json<SignalSpec>('spec').notNull().default(NO_SPEC),
      /** `account:7`, `team:support` or `feed:unmatched`. */
      scope: k.text('scope').notNull().default(''),
      accountId: k.int('account_id').notNull(),
      /** What it is about within its scope, e.g. `issue:42`; empty for the scope itself. */
      about: k.text('about').notNull(),
      /** Rule, scope and what it is about: signals of one key follow each other, never two at a time. */
      key: k.text('key').notNull().default(''),
      /** The key while it is open, null when cleared. */
      openKey: k.text('open_key'),
      state: k.text('state').$type<'pending' | 'firing' | 'handled' | 'cleared'>().notNull(),
      severity: k.text('severity').$type<SeverityName>().notNull().default('medium'),
      func: k.text('func').$type<'support' | 'success'>().notNull().default('success'),
      place: k.text('place').$type<'interruptive' | 'card' | 'digest'>().notNull().default('card'),
      /** In the rule's own measure, rounded. */
      level: k.int('level').notNull().default(0),
      evidence: k.json<EvidenceSpec>('evidence').notNull(),
      /** Since when the condition holds. */
      since: k.instant('since').notNull(),
      firedAt: k.instant('fired_at'),
      handledAt: k.instant('handled_at'),
      clearedAt: k.instant('cleared_at'),
      changedAt: k.instant('changed_at').notNull(),
      snoozedUntil: k.instant('snoozed_until'),
      /** Snoozed until it is more than this. */
      snoozedLevel: k.int('snoozed_level'),
      /** Its rule only observes: nobody is told. */
      isShadow: k.bool('is_shadow').notNull().default(false),
      /** What holds it back, e.g. `incident:3`. */
      inhibitedBy: k.text('inhibited_by'),
      alertId: k.int('alert_id'),
    },
    (t) => [
      k.unique('signals_open').on(t.openKey),
      k.index('signals_key').on(t.key, t.id),
      k.index('signals_scope').on(t.scope, t.state),
      k.index('signals_alert').on(t.alertId),
      k.index('signals_state').on(t.state, t.firedAt),
    ],
  );

  /** What keeps the signals of a scope from raising an alert: an incident that speaks for them. */
  const inhibitions = k.table(
    'inhibitions',
    {
      id: k.id(),
      /** `account:7`. */
      scope: k.text('scope').notNull(),
      /** `incident:3`. */
      by: k.text('by').notNull(),
      since: k.instant('since').notNull(),
      /** Scope and cause while it lasts, null when it is over. */
      openKey: k.text('open_key'),
      endedAt: k.instant('ended_at'),
    },
    (t) => [
      k.unique('inhibitions_open').on(t.openKey),
      k.index('inhibitions_scope').on(t.scope, t.endedAt),
      k.index('inhibitions_by').on(t.by, t.endedAt),
    ],
  );

  const alerts = k.table(
    'alerts',
    {
      id: k.id(),
      /** `account:7`, `team:support` or `feed:unmatched`: one open alert per scope. */
      scope: k.text('scope').notNull().default(''),
      /** 0 for a team or a feed. */
      accountId: k.int('account_id').notNull(),
      /** The scope while open, null when ended. */
      openKey: k.text('open_key'),
      severity: k.text('severity').$type<SeverityName>().notNull(),
      /** Whether it pings somebody or is a card only. */
      place: k.text('place').$type<'interruptive' | 'card'>().notNull().default('card'),
      openedAt: k.instant('opened_at').notNull(),
      postedAt: k.instant('posted_at'),
      /** Where its card stands; null when it has none. */
      channel: k.text('channel'),
      claimedBy: k.int('claimed_by'),
      claimedAt: k.instant('claimed_at'),
      followupId: k.int('followup_id'),
      /** When whoever claimed it last got on with it, and when they were warned that the claim lapses. */
      progressAt: k.instant('progress_at'),
      warnedAt: k.instant('warned_at'),
      /** What somebody wrote down about it last, who and when. */
      note: k.text('note'),
      notedBy: k.int('noted_by'),
      notedAt: k.instant('noted_at'),
      /** Who was asked to take it, and by whom. */
      offeredToId: k.int('offered_to_id'),
      offeredById: k.int('offered_by_id'),
      /** Who was called about it, as how grave, and when that stood before them; null while it was held back. */
      calledId: k.int('called_id'),
      calledAs: k.text('called_as').$type<SeverityName>(),
      calledAt: k.instant('called_at'),
      /** The last step that was taken while nobody claimed it, and when it was shown; see `people/ladder.ts`. */
      step: k.int('step').notNull().default(0),
      steppedAt: k.instant('stepped_at'),
      state: k.text('state').$type<'open' | 'claimed' | 'ended'>().notNull(),
      endedAt: k.instant('ended_at'),
      endedBy: k.text('ended_by'),
      endReason: k.text('end_reason'),
      /** Why it was not needed, for those who judge the rules. */
      dismissedAs: k.text('dismissed_as').$type<'noise' | 'known' | 'wrong_account' | 'other'>(),
    },
    (t) => [
      k.unique('alerts_open').on(t.openKey),
      k.index('alerts_account').on(t.accountId, t.openedAt),
      k.index('alerts_state').on(t.state, t.openedAt),
      k.index('alerts_claimed').on(t.claimedBy, t.claimedAt),
    ],
  );

  /** Something that hits many accounts at once, or was offered as that; one is open at a time. */
  const incidents = k.table(
    'incidents',
    {
      id: k.id(),
      title: k.text('title').notNull(),
      /** By which of their words contacts are recognised as part of it. */
      words: k.json<string[]>('words').notNull(),
      /** Accounts that wrote when it was offered. */
      offered: k.json<number[]>('offered').notNull(),
      state: k.text('state').$type<'offered' | 'declined' | 'open' | 'ended'>().notNull(),
      /** `open` or `offer` while it is that, else null. */
      openKey: k.text('open_key'),
      openedAt: k.instant('opened_at').notNull(),
      /** Slack user ids. */
      openedBy: k.text('opened_by'),
      /** When something was last collected. */
      touchedAt: k.instant('touched_at'),
      endedAt: k.instant('ended_at'),
      endedBy: k.text('ended_by'),
      /** The fix that customers are told of. */
      fixId: k.int('fix_id'),
    },
    (t) => [k.unique('incidents_open').on(t.openKey)],
  );

  const incidentAccounts = k.table(
    'incident_accounts',
    {
      id: k.id(),
      incidentId: k.int('incident_id').notNull(),
      accountId: k.int('account_id').notNull(),
      contactIds: k.json<number[]>('contact_ids').notNull(),
      since: k.instant('since').notNull(),
      /** Who added it by hand; a Slack user id. */
      addedBy: k.text('added_by'),
      /** When somebody said that it is not hit; it stays out then. */
      removedAt: k.instant('removed_at'),
    },
    (t) => [k.unique('incident_accounts_one').on(t.incidentId, t.accountId)],
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

  /** Nine o'clock messages, and which follow-ups they put before somebody's eyes. */
  const mornings = k.table('mornings', {
    id: k.id(),
    personId: k.int('person_id').notNull(),
    at: k.instant('at').notNull(),
    followups: k.json<number[]>('followups').notNull(),
  });

  return { signals, inhibitions, alerts, incidents, incidentAccounts, digests, mornings };
}
