import { eq } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import type { Fix } from '../rules/fix.js';
import { stillWaits } from '../rules/fix.js';
import { type Contained, liveByRelease } from '../rules/live.js';
import { readTracker } from '../trackers/address.js';
import type { ItemNews, Meaning, ReleaseNews, Tracker, TrackerNews, VersionNews } from '../trackers/news.js';
import { accountsOfFix } from './accounts.js';
import { fixesConcerned, issuesNamed, ownFix } from './concerned.js';
import { fixById } from './fixes.js';
import { liveByOf } from './live-by.js';
import { offerFix } from './offers.js';
import { pullsOfFix, savePull } from './pulls.js';
import { markLive, progressFix } from './state.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** The tracker says that it will not be done: a person is asked whether it is declined. */
    'fix.called_off': { state: string };
  }
}

/** What was asked about news before they are applied. */
export interface Asked {
  /** Which commits what was released contains; null when it was not asked. */
  contained: Contained | null;
  /** What a Linear state that came by its id is. */
  state?: { word: string; means: Meaning | null };
}

/**
 * Applies what a tracker said. Said twice, late or in another order it has one effect: a state counts only when it
 * differs from the last one that the tracker said, and is not of an earlier time.
 * @param now business time, UTC ms
 */
export async function applyNews(tx: Tx, news: TrackerNews, asked: Asked, now: number): Promise<void> {
  if (news.kind === 'item') return applyItem(tx, withState(news, asked), now);
  for (const fix of await fixesConcerned(tx, news)) {
    if (news.kind === 'version') await applyVersion(tx, fix, news, now);
    else await applyRelease(tx, fix, news, asked, now);
  }
}

function withState(news: ItemNews, asked: Asked): ItemNews {
  return news.state === null && asked.state
    ? { ...news, state: asked.state.word, means: asked.state.means }
    : news;
}

const change = (tracker: Tracker, now: number) => ({ by: null, now, source: tracker });

async function applyItem(tx: Tx, news: ItemNews, now: number): Promise<void> {
  const own = await ownFix(tx, news);
  for (const fix of await fixesConcerned(tx, news))
    if (fix.id !== own?.id) await applyPull(tx, fix, news, now);
  if (own) await applyOwn(tx, own, news, now);
  else await offerToThoseNamed(tx, news, now);
}

/** An item that names issues of ours, as one that was begun from a card does, is offered to be linked to them. */
async function offerToThoseNamed(tx: Tx, news: ItemNews, now: number): Promise<void> {
  const item = news.url === null ? null : readTracker(news.url);
  if (!item) return;
  for (const issue of await issuesNamed(tx, news))
    await offerFix(tx, issue, item, { by: null, at: now, source: news.tracker, thread: null });
}

/** A pull request is part of a fix; of one in another tracker it says only what it consists of. */
async function applyPull(tx: Tx, fix: Fix, news: ItemNews, now: number): Promise<void> {
  const isNew = await rememberPull(tx, fix, news);
  if (!isNew || fix.tracker !== 'github') return;
  if (news.means === 'merge') await merged(tx, fix, news, now);
  if (news.means === 'start' && fix.state !== 'merged')
    await progressFix(tx, fix, 'start', change('github', now));
}

async function rememberPull(tx: Tx, fix: Fix, news: ItemNews): Promise<boolean> {
  if (news.key === null || news.state === null) return false;
  return savePull(tx, fix.id, {
    pullKey: news.key,
    repo: news.key.split('#')[0] ?? '',
    state: news.state,
    at: news.at,
    sha: news.commit?.sha ?? null,
    mergedAt: news.commit?.mergedAt ?? null,
  });
}

async function applyOwn(tx: Tx, fix: Fix, news: ItemNews, now: number): Promise<void> {
  if (fix.trackerAt !== null && news.at < fix.trackerAt) return;
  if (news.closes !== undefined) await rememberPull(tx, fix, news);
  const isSame = news.state === null || fix.trackerState === news.state;
  await tx.db
    .update(tx.t.fixes)
    .set({
      trackerAt: news.at,
      ...(news.state === null ? {} : { trackerState: news.state }),
      ...(news.versions === undefined ? {} : { versions: news.versions }),
    })
    .where(eq(tx.t.fixes.id, fix.id));
  if (!isSame && news.means === 'decline') await callOff(tx, fix, news, now);
  else if (!isSame && news.means === 'merge') await merged(tx, fix, news, now);
  else if (!isSame && news.means !== null && news.means !== 'decline')
    await progressFix(tx, fix, news.means, change(news.tracker, now));
  if (news.isReleased) await releasedInJira(tx, fix.id, now);
}

/** Merged; and live at once where a release had named it before we heard of the merge. */
async function merged(tx: Tx, fix: Fix, news: ItemNews, now: number): Promise<void> {
  const { done } = await progressFix(tx, fix, 'merge', change(news.tracker, now));
  const mergedAt = news.commit?.mergedAt ?? news.at;
  const wasNamed = fix.namedAt !== null && fix.namedAt >= mergedAt;
  if (!done || !wasNamed) return;
  const again = await fixById(tx, fix.id);
  if (again) await markLive(tx, again, 'all', { ...change(news.tracker, now), version: fix.namedIn });
}

async function callOff(tx: Tx, fix: Fix, news: ItemNews, now: number): Promise<void> {
  if (fix.state === 'live' || fix.state === 'declined') return;
  await emit(tx, {
    kind: 'fix.called_off',
    at: now,
    fixId: fix.id,
    source: news.tracker,
    before: fix.trackerState,
    after: news.state,
    data: { state: news.state ?? '' },
  });
}

async function applyRelease(tx: Tx, fix: Fix, news: ReleaseNews, asked: Asked, now: number): Promise<void> {
  const by = await liveByOf(tx, fix.tracker ?? news.tracker);
  const verdict = liveByRelease(news, fix, await pullsOfFix(tx, fix.id), asked.contained, by);
  if (verdict === 'live') {
    await markLive(tx, fix, await whoWaits(tx, fix), { ...change(news.tracker, now), version: news.version });
  } else if (verdict === 'named' && news.at > (fix.namedAt ?? 0)) {
    const named = { namedIn: news.version, namedAt: news.at };
    await tx.db.update(tx.t.fixes).set(named).where(eq(tx.t.fixes.id, fix.id));
  }
}

/** Live for some, it comes to the others; not again to one that says that it does not help. */
async function whoWaits(tx: Tx, fix: Fix): Promise<number[] | 'all'> {
  if (fix.state !== 'live') return 'all';
  const waiting = (await accountsOfFix(tx, fix.id)).filter(stillWaits);
  return waiting.filter((account) => account.brokenAt === null).map((account) => account.accountId);
}

async function applyVersion(tx: Tx, fix: Fix, news: VersionNews, now: number): Promise<void> {
  const by = await liveByOf(tx, 'jira');
  if (fix.state !== 'merged' || (by !== undefined && by !== 'version')) return;
  await markLive(tx, fix, 'all', { ...change('jira', now), version: news.version });
}

/** Done after its version was released: it is live from now. */
async function releasedInJira(tx: Tx, fixId: number, now: number): Promise<void> {
  const by = await liveByOf(tx, 'jira');
  const fix = await fixById(tx, fixId);
  if (fix?.state !== 'merged' || (by !== undefined && by !== 'version')) return;
  await markLive(tx, fix, 'all', change('jira', now));
}
