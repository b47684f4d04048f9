import type { Kit } from '../kit.js';

export interface HoursSpec {
  zone: string;
  /** ISO weekday (1 = Monday) to local intervals, e.g. `{from: '09:00', to: '17:00'}`. */
  days: Partial<Record<'1' | '2' | '3' | '4' | '5' | '6' | '7', { from: string; to: string }[]>>;
  holidays: string[];
}

export function peopleTables(k: Kit) {
  const people = k.table(
    'people',
    {
      id: k.id(),
      slackId: k.text('slack_id').notNull(),
      /** The name written in company.yml, by which other entries refer to the person. */
      handle: k.text('handle').notNull(),
      name: k.text('name').notNull(),
      email: k.text('email'),
      role: k.text('role').$type<'lead' | 'support' | 'success' | 'viewer'>().notNull(),
      functions: k.json<('support' | 'success')[]>('functions').notNull(),
      /** In which function somebody who has both acts now; null: in the first of `functions`. */
      actsAs: k.text('acts_as').$type<'support' | 'success'>(),
      isAdmin: k.bool('is_admin').notNull(),
      hours: k.json<HoursSpec>('hours').notNull(),
      backupId: k.int('backup_id'),
      isActive: k.bool('is_active').notNull(),
      /** Asked to be called about what is critical at any hour (`/baton oncall on`). */
      isOnCall: k.bool('is_on_call').notNull().default(false),
      /** Key of a row in `teams`. */
      team: k.text('team'),
      /** Days off that came from a calendar file, of the person, their team or the company; besides `hours.holidays`. */
      calendar: k.json<string[]>('calendar'),
      /** Absent from this instant on; null when there. */
      awaySince: k.instant('away_since'),
      /** The first day back, YYYY-MM-DD in the person's zone; null while nobody knows. */
      backOn: k.text('back_on'),
      /** Who covers while the person is away. */
      delegateId: k.int('delegate_id'),
    },
    (t) => [k.unique('people_slack').on(t.slackId), k.unique('people_handle').on(t.handle)],
  );

  /** Escalation groups: to whom an escalation is addressed. */
  const groups = k.table(
    'groups',
    {
      id: k.id(),
      key: k.text('key').notNull(),
      name: k.text('name').notNull(),
      /** `authority` tells the CSM; `skill` does not. */
      kind: k.text('kind').$type<'skill' | 'authority'>().notNull(),
      /** A Slack user group (S…), mentioned as such; else the people are mentioned one by one. */
      slackGroup: k.text('slack_group'),
      people: k.json<string[]>('people').notNull(),
      position: k.int('position').notNull(),
    },
    (t) => [k.unique('groups_key').on(t.key)],
  );

  const teams = k.table(
    'teams',
    {
      id: k.id(),
      key: k.text('key').notNull(),
      name: k.text('name').notNull(),
      func: k.text('func').$type<'support' | 'success'>(),
      leadId: k.int('lead_id'),
      /** The hours of its people who have none of their own; null: the company's. */
      hours: k.json<HoursSpec>('hours'),
    },
    (t) => [k.unique('teams_key').on(t.key)],
  );

  /** Days off from calendar files. */
  const holidays = k.table(
    'holidays',
    {
      id: k.id(),
      /** `company`, `team:<key>` or `person:<id>`. */
      scope: k.text('scope').notNull(),
      /** YYYY-MM-DD, in the zone of whoever has the day off. */
      date: k.text('date').notNull(),
      name: k.text('name').notNull(),
    },
    (t) => [k.unique('holidays_scope_date').on(t.scope, t.date)],
  );

  /** Every ask to light somebody's badge, and what became of it (`people/badges.ts`). */
  const badges = k.table(
    'badges',
    {
      id: k.id(),
      personId: k.int('person_id').notNull(),
      /** The feature that asked, e.g. `followup`. */
      kind: k.text('kind').notNull(),
      /** The subject, e.g. `followup:12`. */
      about: k.text('about').notNull(),
      /** Which of several badges about the subject, e.g. the second reminder. */
      step: k.text('step').notNull(),
      state: k.text('state').$type<'lit' | 'held'>().notNull(),
      isCritical: k.bool('is_critical').notNull(),
      /** True when it was lit beyond what a day and a week have room for. */
      isBeyond: k.bool('is_beyond').notNull(),
      /** When it was first asked for; UTC ms, business time. */
      askedAt: k.instant('asked_at').notNull(),
      /** When it was last held back. */
      heldAt: k.instant('held_at'),
      litAt: k.instant('lit_at'),
      /** Local day and local week's Monday on which it was lit; null while held. */
      day: k.text('day'),
      week: k.text('week'),
      /** How often it was held back. */
      timesHeld: k.int('times_held').notNull().default(0),
    },
    (t) => [
      k.unique('badges_about').on(t.personId, t.about, t.kind, t.step),
      k.index('badges_week').on(t.personId, t.week),
      k.index('badges_state').on(t.personId, t.state, t.askedAt),
      k.index('badges_subject').on(t.about),
    ],
  );

  /** One row per person, written by whoever asks for their badge: until that commits, nobody else counts theirs. */
  const badgeBooks = k.table(
    'badge_books',
    { id: k.id(), personId: k.int('person_id').notNull(), asks: k.int('asks').notNull() },
    (t) => [k.unique('badge_books_person').on(t.personId)],
  );

  return { people, groups, teams, holidays, badges, badgeBooks };
}
