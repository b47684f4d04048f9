import type { Kit } from '../kit.js';

/** Who looks at Baton's Home and what stands there, and what Slack said of the channels that could be covered. */
export function homeTables(k: Kit) {
  const homes = k.table(
    'homes',
    {
      id: k.id(),
      userId: k.text('user_id').notNull(),
      /** Machine time of the last opening; changes are shown at once for ten minutes after it. */
      openedAt: k.instant('opened_at').notNull(),
      /** Which page it shows, e.g. `{name: 'coverage', from: 50}`. */
      page: k.json<Record<string, unknown>>('page').notNull(),
      /** What was answered to the last press, shown above the page once. */
      note: k.text('note'),
      /** True from an opening or a press of the person until it is drawn. */
      isUrgent: k.bool('is_urgent').notNull(),
      /** Machine time at which it is drawn again by itself; null: only at the next opening. */
      checkAt: k.instant('check_at'),
      /** Machine time of the last drawing, whether or not anything had changed. */
      drawnAt: k.instant('drawn_at').notNull().default(0),
      /** Hash of what stands in Slack now. */
      hash: k.text('hash'),
      attempts: k.int('attempts').notNull().default(0),
      error: k.text('error'),
    },
    (t) => [k.unique('homes_user').on(t.userId), k.index('homes_check').on(t.checkAt)],
  );

  /** One row per `views.publish` of the last minute, over all processes: there are at most sixty. */
  const homePublishes = k.table('home_publishes', { id: k.id(), at: k.instant('at').notNull() }, (t) => [
    k.index('home_publishes_at').on(t.at),
  ]);

  /** Channels of the workspace as the daily survey found them. */
  const surveyedChannels = k.table(
    'surveyed_channels',
    {
      id: k.id(),
      channel: k.text('channel').notNull(),
      name: k.text('name').notNull(),
      isShared: k.bool('is_shared').notNull(),
      isPrivate: k.bool('is_private').notNull(),
      isArchived: k.bool('is_archived').notNull(),
      isMember: k.bool('is_member').notNull(),
      /** Who made the channel; a user id. */
      creator: k.text('creator'),
      /** Slack ids of those in it, asked only where somebody must invite Baton. */
      members: k.json<string[]>('members').notNull(),
      /** Machine time at which `members` was asked; 0 before. */
      membersAt: k.instant('members_at').notNull().default(0),
      /** Business time, UTC ms. */
      firstSeenAt: k.instant('first_seen_at').notNull(),
      seenAt: k.instant('seen_at').notNull(),
      /** An admin said that no customer is in it. */
      isIgnored: k.bool('is_ignored').notNull().default(false),
    },
    (t) => [
      k.unique('surveyed_channels_channel').on(t.channel),
      k.index('surveyed_channels_shared').on(t.isShared, t.name),
    ],
  );

  return { homes, homePublishes, surveyedChannels };
}
