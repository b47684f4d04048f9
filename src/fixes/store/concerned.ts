import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Issue } from '../../issues/rules/issue.js';
import { rootOf } from '../../issues/store/folded.js';
import { issueByNumber } from '../../issues/store/read.js';
import type { ReadTx } from '../../store/transact.js';
import type { Fix } from '../rules/fix.js';
import { waitsForRelease } from '../rules/live.js';
import type { ItemNews, ReleaseNews, TrackerNews, VersionNews } from '../trackers/news.js';
import { accountsOfFix } from './accounts.js';
import { fixByTracker } from './fixes.js';
import { fixesOfRepo } from './pulls.js';

/** The fixes that news of a tracker are about, by id; none for an item that nobody linked. */
export async function fixesConcerned(tx: ReadTx, news: TrackerNews): Promise<Fix[]> {
  const found =
    news.kind === 'item'
      ? await ofItem(tx, news)
      : news.kind === 'version'
        ? await ofVersion(tx, news)
        : await ofRelease(tx, news);
  const byId = new Map(found.map((fix) => [fix.id, fix]));
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

/** Keys of what news of a tracker may change: the fixes, and every account that is told when one is live. */
export async function keysConcerned(tx: ReadTx, news: TrackerNews): Promise<string[]> {
  const keys: string[] = [];
  // Also of what nobody has linked: somebody may just be linking it.
  if (news.kind === 'item')
    for (const key of [news.key ?? [], news.closes ?? []].flat()) keys.push(`fix:${key}`);
  for (const fix of await fixesConcerned(tx, news)) {
    keys.push(`fix:${fix.trackerKey}`);
    for (const account of await accountsOfFix(tx, fix.id)) keys.push(`account:${account.accountId}`);
  }
  if (news.kind === 'item')
    for (const issue of await issuesNamed(tx, news)) keys.push(`account:${issue.accountId}`);
  return [...new Set(keys)];
}

/** The issues of ours that an item names as those it was opened for; what was folded gives the one that goes on. */
export async function issuesNamed(tx: ReadTx, news: ItemNews): Promise<Issue[]> {
  const found = await Promise.all((news.from ?? []).map((number) => issueByNumber(tx, number)));
  const issues = found.filter((issue): issue is Issue => issue !== undefined);
  return Promise.all(issues.map((issue) => rootOf(tx, issue)));
}

async function ofItem(tx: ReadTx, news: ItemNews): Promise<Fix[]> {
  const own = await ownFix(tx, news);
  const closed = await byKeys(tx, news.closes ?? []);
  return [...(own ? [own] : []), ...closed, ...(await byNames(tx, news.mentions ?? []))];
}

/** The fix that an item is; by its name alone only where no other workspace has one of that name. */
export async function ownFix(tx: ReadTx, news: ItemNews): Promise<Fix | undefined> {
  if (news.key !== null) {
    for (const key of [news.key, ...(news.formerKeys ?? [])]) {
      const fix = await fixByTracker(tx, key);
      if (fix) return fix;
    }
    return undefined;
  }
  const { fixes } = tx.t;
  const rows = await tx.db
    .select()
    .from(fixes)
    .where(and(eq(fixes.itemName, news.name), eq(fixes.tracker, news.tracker)))
    .limit(2);
  return rows.length === 1 ? rows[0] : undefined;
}

async function byKeys(tx: ReadTx, keys: readonly string[]): Promise<Fix[]> {
  if (keys.length === 0) return [];
  const { fixes } = tx.t;
  return tx.db
    .select()
    .from(fixes)
    .where(inArray(fixes.trackerKey, [...keys]));
}

/** Items of Linear and Jira, which pull requests and releases speak of by name. */
async function byNames(tx: ReadTx, names: readonly string[]): Promise<Fix[]> {
  if (names.length === 0) return [];
  const { fixes } = tx.t;
  return tx.db
    .select()
    .from(fixes)
    .where(and(inArray(fixes.itemName, [...names]), inArray(fixes.tracker, ['linear', 'jira'])));
}

async function ofRelease(tx: ReadTx, news: ReleaseNews): Promise<Fix[]> {
  const { fixes } = tx.t;
  const ids = await fixesOfRepo(tx, news.repo);
  const withPulls = ids.length === 0 ? [] : await tx.db.select().from(fixes).where(inArray(fixes.id, ids));
  const named = [...(await byKeys(tx, news.names)), ...(await byNames(tx, news.mentions))];
  return [...withPulls, ...named].filter(
    (fix) => (fix.state !== 'live' && fix.state !== 'declined') || waitsForRelease(fix),
  );
}

async function ofVersion(tx: ReadTx, news: VersionNews): Promise<Fix[]> {
  const { fixes } = tx.t;
  const rows = await tx.db
    .select()
    .from(fixes)
    .where(and(eq(fixes.tracker, 'jira'), isNotNull(fixes.trackerKey)))
    .orderBy(asc(fixes.id));
  return rows.filter(
    (fix) => fix.trackerKey?.startsWith(`${news.site}/`) && fix.versions.includes(news.versionId),
  );
}
