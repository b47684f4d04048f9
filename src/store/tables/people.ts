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
      isAdmin: k.bool('is_admin').notNull(),
      hours: k.json<HoursSpec>('hours').notNull(),
      backupId: k.int('backup_id'),
      isActive: k.bool('is_active').notNull(),
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

  return { people, groups };
}
