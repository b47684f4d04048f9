import type { Kit } from '../kit.js';

export function followupTables(k: Kit) {
  const followups = k.table(
    'followups',
    {
      id: k.id(),
      accountId: k.int('account_id').notNull(),
      /** What is owed foremost; a later reason may raise it. */
      kind: k.text('kind').$type<'tell_fix' | 'tell_declined' | 'restore'>().notNull(),
      openKey: k.text('open_key'),
      fixId: k.int('fix_id'),
      alertId: k.int('alert_id'),
      /** Who owes the customer the word; a person id. */
      ownerId: k.int('owner_id').notNull(),
      severity: k
        .text('severity')
        .$type<'low' | 'medium' | 'high' | 'critical'>()
        .notNull()
        .default('medium'),
      createdAt: k.instant('created_at').notNull(),
      /** When it is to be done by; the clock starts at delivery. */
      dueAt: k.instant('due_at').notNull(),
      state: k.text('state').$type<'open' | 'told' | 'not_needed'>().notNull(),
      /** When it was first shown to whoever has it now; null while it was not. */
      deliveredAt: k.instant('delivered_at'),
      /** The step of the ladder that was taken last, and when that was shown; see `people/ladder.ts`. */
      nudges: k.int('nudges').notNull().default(0),
      nudgedAt: k.instant('nudged_at'),
      /** Why a reminder of it waits to be sent, together with the others of its owner; null when none does. */
      pending: k.text('pending').$type<'overdue' | 'awake' | 'lead'>(),
      /** The message that brought several to mind at once; `nudge_rounds`. */
      roundId: k.int('round_id'),
      /** Who had it and had not told by its time; a person id. It passes once. */
      passedFromId: k.int('passed_from_id'),
      passedAt: k.instant('passed_at'),
      /** For whom the owner stands in, and why; null when it is their own. */
      insteadOfId: k.int('instead_of_id'),
      insteadWhy: k.text('instead_why').$type<'delegate' | 'backup' | 'lead'>(),
      snoozedUntil: k.instant('snoozed_until'),
      snoozes: k.int('snoozes').notNull().default(0),
      /** Who was asked to take it over and has not answered, and by whom; person ids. */
      offeredToId: k.int('offered_to_id'),
      offeredById: k.int('offered_by_id'),
      /** A message of ours that may be the proof, until somebody says whether it is. */
      offer: k.json<{ channel: string; ts: string; author: string; at: number }>('offer'),
      /** The owner's day on which one was offered last, YYYY-MM-DD: at most one a day. */
      offerDay: k.text('offer_day'),
      /** The day on which a lead last had its owner reminded, YYYY-MM-DD. */
      leadRemindedOn: k.text('lead_reminded_on'),
      endedAt: k.instant('ended_at'),
      /** Who told the customer, or said that it is not needed; a Slack user id. */
      endedBy: k.text('ended_by'),
      /** `word`: whoever told says so; else where the message stands. */
      proof: k.text('proof'),
      how: k.text('how').$type<'call' | 'mail' | 'meeting' | 'chat'>(),
      outcome: k.text('outcome').$type<'happy' | 'wants_more' | 'still_broken'>(),
      reason: k.text('reason'),
    },
    (t) => [
      k.unique('followups_open').on(t.openKey),
      k.index('followups_owner').on(t.ownerId, t.state),
      k.index('followups_fix').on(t.fixId),
      k.index('followups_account').on(t.accountId, t.state),
      k.index('followups_due').on(t.state, t.dueAt),
      k.index('followups_pending').on(t.pending, t.ownerId),
    ],
  );

  /** What a follow-up is about: one story may be an issue, the fix behind it and the alert that named it. */
  const followupMatters = k.table(
    'followup_matters',
    {
      id: k.id(),
      followupId: k.int('followup_id').notNull(),
      /** `issue:12`, `fix:3`, `alert:5`, `promise:9`, … */
      matter: k.text('matter').notNull(),
      /** `7:fix:3` while open, null when ended: one open follow-up per account and matter. */
      openKey: k.text('open_key'),
    },
    (t) => [
      k.unique('followup_matters_open').on(t.openKey),
      k.index('followup_matters_of').on(t.followupId),
      k.index('followup_matters_matter').on(t.matter),
    ],
  );

  /** Why it is owed, one line each. */
  const followupReasons = k.table(
    'followup_reasons',
    {
      id: k.id(),
      followupId: k.int('followup_id').notNull(),
      kind: k
        .text('kind')
        .$type<'live' | 'declined' | 'alert' | 'escalation' | 'rating' | 'promise' | 'hand'>()
        .notNull(),
      /** Id of the fix, alert, escalation or promise; null for one opened by hand. */
      refId: k.int('ref_id'),
      /** A person's words, where there are any. */
      words: k.text('words'),
      /** A Slack user id; null for Baton itself. */
      by: k.text('by'),
      at: k.instant('at').notNull(),
    },
    (t) => [k.index('followup_reasons_of').on(t.followupId, t.at)],
  );

  /** One message that brings several follow-ups to one person's mind. */
  const nudgeRounds = k.table('nudge_rounds', {
    id: k.id(),
    personId: k.int('person_id').notNull(),
    at: k.instant('at').notNull(),
    followupIds: k.json<number[]>('followup_ids').notNull(),
  });

  /** What the ladders brought before the leads: their list until it is done. */
  const standup = k.table(
    'standup',
    {
      id: k.id(),
      /** Whose leads it stands before. */
      func: k.text('func').$type<'support' | 'success'>().notNull(),
      /** What it is: `followup`, `alert`, … and its id. */
      kind: k.text('kind').notNull(),
      subjectId: k.int('subject_id').notNull(),
      accountId: k.int('account_id'),
      /** `success:followup:7` while it stands there, null when it was taken off: once at a time. */
      openKey: k.text('open_key'),
      since: k.instant('since').notNull(),
      endedAt: k.instant('ended_at'),
    },
    (t) => [
      k.unique('standup_open').on(t.openKey),
      k.index('standup_subject').on(t.kind, t.subjectId),
      k.index('standup_func').on(t.func, t.endedAt),
    ],
  );

  return { followups, followupMatters, followupReasons, nudgeRounds, standup };
}
