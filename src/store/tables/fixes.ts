import type { Kit } from '../kit.js';

/** The work that issues wait for, for whom it is live, and what trackers and people said of it. */
export function fixTables(k: Kit) {
  const fixes = k.table(
    'fixes',
    {
      id: k.id(),
      title: k.text('title').notNull(),
      url: k.text('url'),
      /** `github:acme/app#12`: the same item however its address is written; null for one kept by hand. */
      trackerKey: k.text('tracker_key'),
      /** Which tracker it lies in, and what it is called there: `ENG-311`; null for one kept by hand. */
      tracker: k.text('tracker').$type<'github' | 'linear' | 'jira'>(),
      itemName: k.text('item_name'),
      state: k
        .text('state')
        .$type<'planned' | 'in_progress' | 'merged' | 'live' | 'declined' | 'broke_again'>()
        .notNull(),
      /** Live for every account, also for one that is linked later; false while it is live for some. */
      isForAll: k.bool('is_for_all').notNull().default(false),
      /** When it first was live for anybody, the last time that it became so. */
      liveAt: k.instant('live_at'),
      /** What it shipped in, as people say it: `4.12`. */
      version: k.text('version'),
      mergedAt: k.instant('merged_at'),
      /** Who last said how it stands; a Slack user id, null for a tracker. */
      markedBy: k.text('marked_by'),
      /** Who linked the item; asked whether it is live. */
      linkedBy: k.text('linked_by'),
      /** Why it was declined, in a person's words. */
      reason: k.text('reason'),
      /** How the tracker last said that it stands there, in the tracker's word: only a change of it means something. */
      trackerState: k.text('tracker_state'),
      /** When the tracker said so, by its own clock; what it says of an earlier time comes late and is past. */
      trackerAt: k.instant('tracker_at'),
      /** A release that named it before we heard that it is merged, and when that was published. */
      namedIn: k.text('named_in'),
      namedAt: k.instant('named_at'),
      /** What whoever linked it was asked last, until it is answered. */
      question: k.text('question').$type<'live' | 'declined'>(),
      /** The releases that the tracker plans it for: ids of Jira versions. */
      versions: k.json<string[]>('versions').notNull().default([]),
    },
    (t) => [
      k.unique('fixes_tracker').on(t.trackerKey),
      k.index('fixes_state').on(t.state),
      k.index('fixes_name').on(t.itemName),
    ],
  );

  const fixIssues = k.table(
    'fix_issues',
    { id: k.id(), fixId: k.int('fix_id').notNull(), issueId: k.int('issue_id').notNull() },
    (t) => [k.unique('fix_issues_issue').on(t.issueId), k.index('fix_issues_fix').on(t.fixId)],
  );

  /** What differs from account to account: since when it can use the fix, and whether it says that it does not help. */
  const fixAccounts = k.table(
    'fix_accounts',
    {
      id: k.id(),
      fixId: k.int('fix_id').notNull(),
      accountId: k.int('account_id').notNull(),
      /** Null while it waits. */
      liveAt: k.instant('live_at'),
      /** It waits for the fix without an issue of its own: hit by an incident that the fix ended. */
      isDirect: k.bool('is_direct').notNull().default(false),
      /** When it said "still broken"; null when it did not, or when it is live for it again. */
      brokenAt: k.instant('broken_at'),
    },
    (t) => [k.unique('fix_accounts_one').on(t.fixId, t.accountId)],
  );

  /** The pull requests that are part of a fix: what a release or a deployment must contain. */
  const fixPulls = k.table(
    'fix_pulls',
    {
      id: k.id(),
      fixId: k.int('fix_id').notNull(),
      /** `github:acme/app#34`. */
      pullKey: k.text('pull_key').notNull(),
      repo: k.text('repo').notNull(),
      /** `open`, `merged`, `closed unmerged`. */
      state: k.text('state').notNull(),
      /** When it stood so, by the tracker's clock. */
      at: k.instant('at').notNull(),
      sha: k.text('sha'),
      mergedAt: k.instant('merged_at'),
    },
    (t) => [k.unique('fix_pulls_one').on(t.fixId, t.pullKey), k.index('fix_pulls_repo').on(t.repo)],
  );

  /** An address of a tracker that one of us wrote where an issue is spoken of, and what was said to linking it. */
  const fixOffers = k.table(
    'fix_offers',
    {
      id: k.id(),
      issueId: k.int('issue_id').notNull(),
      trackerKey: k.text('tracker_key').notNull(),
      url: k.text('url').notNull(),
      /** Who wrote it; a Slack user id, null where the tracker said so. */
      byUser: k.text('by_user'),
      at: k.instant('at').notNull(),
      state: k.text('state').$type<'offered' | 'linked' | 'no'>().notNull(),
      decidedBy: k.text('decided_by'),
    },
    (t) => [k.unique('fix_offers_one').on(t.issueId, t.trackerKey)],
  );

  /** What is asked of a tracker from time to time, because it does not send again what we did not hear. */
  const trackerFeeds = k.table(
    'tracker_feeds',
    {
      id: k.id(),
      /** `github:acme/app`, `linear:acme`. */
      repo: k.text('repo').notNull(),
      /** Everything that changed before was heard; by the tracker's clock, UTC ms. */
      heardUntil: k.instant('heard_until').notNull(),
      etags: k.json<Record<string, string>>('etags').notNull().default({}),
    },
    (t) => [k.unique('tracker_feeds_repo').on(t.repo)],
  );

  return { fixes, fixIssues, fixAccounts, fixPulls, fixOffers, trackerFeeds };
}
