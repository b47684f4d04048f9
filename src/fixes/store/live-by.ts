import { changeSetting, setting } from '../../settings/store.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { LIVE_BY, type LiveBy, readLiveBy } from '../rules/live.js';
import type { Tracker } from '../trackers/news.js';

/** What makes the items of a tracker live: chosen for it, else for all; undefined while nobody has chosen. */
export async function liveByOf(tx: ReadTx, tracker: Tracker): Promise<LiveBy | undefined> {
  const own = (await setting(tx, 'liveBy'))[tracker];
  if (own !== undefined) return own;
  const forAll = await setting(tx, 'liveMeans');
  if (forAll === null) return undefined;
  if (forAll === 'press') return 'person';
  // A release of Jira is a version.
  return tracker === 'jira' && forAll === 'release' ? 'version' : forAll;
}

/** Chooses it, as typed (`github release`). @returns what holds now, or what was typed instead of a choice */
export async function chooseLiveBy(
  tx: Tx,
  typed: string,
  who: string,
  now: number,
): Promise<{ tracker: Tracker; by: LiveBy; changed: boolean } | { problem: string }> {
  const choice = readLiveBy(typed);
  if (!choice) return { problem: typed };
  const before = await setting(tx, 'liveBy');
  const changed = await changeSetting(
    tx,
    'liveBy',
    { ...before, [choice.tracker]: choice.by },
    { who, at: now },
  );
  return { ...choice, changed };
}

/** The choices that whoever links the first item of a tracker is asked for; null when that was asked or chosen. */
export async function askLiveBy(
  tx: Tx,
  tracker: Tracker,
  who: string,
  now: number,
): Promise<readonly LiveBy[] | null> {
  const asked = await setting(tx, 'liveByAsked');
  if (asked.includes(tracker) || (await liveByOf(tx, tracker)) !== undefined) return null;
  await changeSetting(tx, 'liveByAsked', [...asked, tracker], { who, at: now });
  return LIVE_BY[tracker];
}
