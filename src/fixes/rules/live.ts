import type { ReleaseNews, Tracker } from '../trackers/news.js';
import type { Fix } from './fix.js';

/** What makes the items of a tracker live. */
export type LiveBy = 'release' | 'deployment' | 'version' | 'person';

/** What can be chosen for a tracker, the usual first. */
export const LIVE_BY: Readonly<Record<Tracker, readonly LiveBy[]>> = {
  github: ['release', 'deployment', 'person'],
  linear: ['release', 'deployment', 'person'],
  jira: ['version', 'release', 'deployment', 'person'],
};

/** A pull request that is part of a fix. */
export interface Pull {
  /** `github:acme/app#34`. */
  pullKey: string;
  repo: string;
  state: string;
  sha: string | null;
  /** By the tracker's clock, UTC ms. */
  mergedAt: number | null;
}

/** What a tracker's API says of commits: whether what was released contains them. One that it could not say is missing. */
export type Contained = ReadonlyMap<string, boolean>;

/** What is looked at of a fix. */
type Shipping = Pick<Fix, 'state' | 'isForAll' | 'mergedAt' | 'trackerKey' | 'itemName' | 'tracker'>;

/** True while a release can bring a fix to accounts: it is merged, and some cannot use it yet. */
export function waitsForRelease(fix: Pick<Fix, 'state' | 'isForAll' | 'mergedAt'>): boolean {
  return fix.state === 'merged' || (fix.state === 'live' && !fix.isForAll && fix.mergedAt !== null);
}

/**
 * Whether a release or a deployment makes a fix live: `live`; `named`, when it speaks of a fix that is not merged as far
 * as we know (its event may only be late); or `no`. Chosen to be said by a person, nothing else does. What the tracker's
 * API says of the commits goes before what the release says of itself; else nothing holds what was merged after it.
 * @param contained null when nothing was asked
 * @param by what was chosen for the tracker; undefined while nobody has: then either counts
 */
export function liveByRelease(
  news: ReleaseNews,
  fix: Shipping,
  pulls: readonly Pull[],
  contained: Contained | null,
  by: LiveBy | undefined,
): 'live' | 'named' | 'no' {
  if (by !== undefined && by !== news.kind) return 'no';
  const isNew = fix.state !== 'live' && fix.state !== 'declined';
  if (!isNew && !waitsForRelease(fix)) return 'no';
  const wanted = pulls.filter((pull) => pull.state !== 'closed unmerged');
  if (wanted.some((pull) => isLeftOut(news, pull, contained))) return 'no';
  const isIn = isNamed(news, fix, pulls) || holdsAll(news, wanted, contained);
  if (waitsForRelease(fix)) return isIn ? 'live' : 'no';
  return isNamed(news, fix, pulls) ? 'named' : 'no';
}

function isNamed(news: ReleaseNews, fix: Shipping, pulls: readonly Pull[]): boolean {
  const keys = [fix.trackerKey, ...pulls.map((pull) => pull.pullKey)];
  if (keys.some((key) => key !== null && news.names.includes(key))) return true;
  return fix.tracker !== 'github' && fix.itemName !== null && news.mentions.includes(fix.itemName);
}

/** Known not to be in it: notes of an older release may speak of what is not mended there. */
function isLeftOut(news: ReleaseNews, pull: Pull, contained: Contained | null): boolean {
  if (pull.repo !== news.repo || pull.sha === null || pull.sha === news.ref) return false;
  const isIn = contained?.get(pull.sha);
  return isIn === undefined ? pull.mergedAt !== null && news.at < pull.mergedAt : !isIn;
}

/** Every pull request of the fix is in it: one that is still open, or lies elsewhere, is not. */
function holdsAll(news: ReleaseNews, wanted: readonly Pull[], contained: Contained | null): boolean {
  const isIn = ({ repo, sha }: Pull) =>
    repo === news.repo && sha !== null && (sha === news.ref || contained?.get(sha) === true);
  return wanted.length > 0 && wanted.every(isIn);
}

/** Reads `github release` as people type it; undefined for anything that cannot be chosen. */
export function readLiveBy(typed: string): { tracker: Tracker; by: LiveBy } | undefined {
  const [tracker = '', by = '', ...more] = typed.trim().toLowerCase().split(/\s+/);
  if (more.length > 0 || !Object.hasOwn(LIVE_BY, tracker)) return undefined;
  const found = LIVE_BY[tracker as Tracker].find((one) => one === by);
  return found && { tracker: tracker as Tracker, by: found };
}
