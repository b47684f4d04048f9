import { and, desc, eq, inArray, or } from 'drizzle-orm';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Fix } from '../rules/fix.js';

export type Feed = ReadTx['t']['trackerFeeds']['$inferSelect'];

/** What is heard of a repository, begun at an instant when it was not watched before. */
export async function ensureFeed(tx: Tx, repo: string, at: number): Promise<Feed> {
  const { trackerFeeds } = tx.t;
  await tx.db
    .insert(trackerFeeds)
    .values({ repo, heardUntil: at })
    .onConflictDoNothing({ target: trackerFeeds.repo });
  const [feed] = await tx.db.select().from(trackerFeeds).where(eq(trackerFeeds.repo, repo));
  if (!feed) throw new Error('the feed was not written');
  return feed;
}

export async function feedById(tx: ReadTx, id: number): Promise<Feed | undefined> {
  const [feed] = await tx.db.select().from(tx.t.trackerFeeds).where(eq(tx.t.trackerFeeds.id, id));
  return feed;
}

/** Everything up to an instant of the tracker's clock was heard. */
export async function saveHeard(
  tx: Tx,
  id: number,
  heard: { heardUntil: number; etags: Record<string, string> },
): Promise<void> {
  await tx.db.update(tx.t.trackerFeeds).set(heard).where(eq(tx.t.trackerFeeds.id, id));
}

/** Where an item lies, as a feed names it: `github:acme/app` of its repository, `linear:acme` of its workspace. */
export function placeOfKey(key: string): string {
  return key.includes('#') ? (key.split('#')[0] ?? '') : key.slice(0, key.lastIndexOf('/'));
}

/** Asked in one round at most. */
const ITEMS_MAX = 50;

/** The items of a place whose fixes can still change for somebody who waits, those linked last first. */
export async function openItems(tx: ReadTx, place: string): Promise<{ key: string; name: string }[]> {
  const { fixes } = tx.t;
  const rows = await tx.db
    .select({ key: fixes.trackerKey, name: fixes.itemName })
    .from(fixes)
    .where(canChange(tx))
    .orderBy(desc(fixes.id));
  return rows
    .flatMap(({ key, name }) => (key !== null && name !== null ? [{ key, name }] : []))
    .filter((item) => placeOfKey(item.key) === place)
    .slice(0, ITEMS_MAX);
}

const OPEN: Fix['state'][] = ['planned', 'in_progress', 'merged', 'broke_again'];

/** Live for some, it may still become live for the others. */
function canChange(tx: ReadTx) {
  const { state, isForAll } = tx.t.fixes;
  return or(inArray(state, OPEN), and(eq(state, 'live'), eq(isForAll, false)));
}

/** True while a fix of this repository, or one with pull requests in it, can still change for somebody who waits. */
export async function isFeedNeeded(tx: ReadTx, repo: string): Promise<boolean> {
  const { fixes, fixPulls } = tx.t;
  const open = await tx.db.select({ id: fixes.id, key: fixes.trackerKey }).from(fixes).where(canChange(tx));
  if (open.some((fix) => fix.key !== null && placeOfKey(fix.key) === repo)) return true;
  const parts = await tx.db.select({ fixId: fixPulls.fixId }).from(fixPulls).where(eq(fixPulls.repo, repo));
  return parts.some((part) => open.some((fix) => fix.id === part.fixId));
}
