import { type DueHandler, setDueBy } from '../../queue/due.js';
import type { LoggedEvent } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import { MINUTE_MS } from '../../time/index.js';
import { ensureFeed, feedById, isFeedNeeded } from '../store/feeds.js';
import { fixById } from '../store/fixes.js';

/** What a tracker sent and nobody heard is lost, or soon is: it is asked from time to time what changed since. */

/** With the lists that have an ETag, an hour costs a repository some eight of the sixty questions without a token. */
const EVERY_MS = 30 * MINUTE_MS;
const SOON_MS = MINUTE_MS;

const pollKey = (feedId: number) => `poll:feed:${feedId}`;

/** An item was linked: how it stands is asked at once, where its tracker can be asked. */
export async function watchItem(tx: Tx, event: LoggedEvent): Promise<void> {
  const fix = event.fixId == null ? undefined : await fixById(tx, event.fixId);
  if (!fix?.trackerKey || fix.tracker === 'jira' || fix.tracker === null) return;
  await look(tx, `look:${fix.id}:${event.id}`, 'tracker.look', { fixId: fix.id }, event.at);
}

/** A repository of GitHub, or a workspace of Linear, that can be asked is asked from now on what changed in it. */
export async function watchRepo(tx: Tx, repo: string, now: number): Promise<void> {
  const feed = await ensureFeed(tx, repo, now);
  await setDueBy(tx, pollKey(feed.id), 'fix.poll', feed.id, now + EVERY_MS);
}

/** What is asked is a row like any that came in: asked before its transaction, and again when that fails. */
async function look(
  tx: Tx,
  key: string,
  kind: string,
  body: Record<string, unknown>,
  at: number,
): Promise<void> {
  await tx.db
    .insert(tx.t.inbox)
    .values({ key, kind, lane: kind, body, state: 'new', receivedAt: at })
    .onConflictDoNothing({ target: tx.t.inbox.key });
  tx.wake('inbox');
}

const poll: DueHandler = {
  keys: async (_tx, row) => [`feed:${row.subjectId}`],
  run: async (tx, row, now) => {
    const feed = await feedById(tx, row.subjectId);
    if (!feed || !(await isFeedNeeded(tx, feed.repo))) return null;
    await look(tx, `poll:${feed.id}:${row.dueAt}`, 'tracker.poll', { feedId: feed.id }, now);
    return Math.max(now + SOON_MS, (row.dueAt ?? now) + EVERY_MS);
  },
};

export const pollJobs = { 'fix.poll': poll };
