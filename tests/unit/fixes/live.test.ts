import { describe, expect, it } from 'vitest';
import { liveByRelease, type Pull } from '../../../src/fixes/rules/live.js';
import type { ReleaseNews } from '../../../src/fixes/trackers/news.js';

const REPO = 'github:acme/app';
const release = (more: Partial<ReleaseNews> = {}): ReleaseNews => ({
  ...{ kind: 'release', tracker: 'github', repo: REPO, ref: 'v4.12', version: '4.12', at: 5 },
  ...{ names: [], mentions: [] },
  ...more,
});
const deployment = release({ kind: 'deployment', ref: 'sha-d', version: null });
const fix = {
  state: 'merged',
  isForAll: false,
  mergedAt: 1,
  trackerKey: `${REPO}#12`,
  itemName: 'app#12',
  tracker: 'github',
} as const;
const merged = (number: number, sha: string, repo = REPO): Pull => ({
  ...{ pullKey: `${repo}#${number}`, repo, state: 'merged', sha, mergedAt: 1 },
});
/** What the API says of commits: these are in it, and those are not. */
const inIt = (...shas: string[]) => new Map(shas.map((sha) => [sha, true]));
const notInIt = (...shas: string[]) => new Map(shas.map((sha) => [sha, false]));

describe('whether a release makes a fix live', () => {
  it('by naming it, its pull request, or its name in another tracker', () => {
    const named = release({ names: [`${REPO}#12`] });
    expect(liveByRelease(named, fix, [], null, undefined)).toBe('live');
    const byPull = release({ names: [`${REPO}#34`] });
    expect(liveByRelease(byPull, fix, [merged(34, 'a')], null, undefined)).toBe('live');
    expect(liveByRelease(byPull, fix, [], null, undefined)).toBe('no');
    const linear = {
      ...fix,
      tracker: 'linear',
      trackerKey: 'linear:acme/ENG-311',
      itemName: 'ENG-311',
    } as const;
    expect(liveByRelease(release({ mentions: ['ENG-311'] }), linear, [], null, undefined)).toBe('live');
    expect(liveByRelease(release({ mentions: ['ENG-31'] }), linear, [], null, undefined)).toBe('no');
  });

  it('by containing all of it: an open pull request, one elsewhere, or an unknown commit is not in it', () => {
    const pulls = [merged(34, 'a'), merged(35, 'b')];
    expect(liveByRelease(release(), fix, pulls, inIt('a', 'b'), undefined)).toBe('live');
    expect(liveByRelease(release(), fix, pulls, inIt('a'), undefined)).toBe('no');
    expect(liveByRelease(release(), fix, pulls, null, undefined)).toBe('no');
    const open = { ...merged(36, 'c'), state: 'open', sha: null };
    expect(liveByRelease(release(), fix, [...pulls, open], inIt('a', 'b'), undefined)).toBe('no');
    const dropped = { ...open, state: 'closed unmerged' };
    expect(liveByRelease(release(), fix, [...pulls, dropped], inIt('a', 'b'), undefined)).toBe('live');
    const elsewhere = merged(3, 'a', 'github:acme/api');
    expect(liveByRelease(release(), fix, [elsewhere], inIt('a'), undefined)).toBe('no');
    expect(liveByRelease(release(), fix, [], inIt('a'), undefined)).toBe('no');
  });

  it('a deployment of the very commit needs nobody to be asked', () => {
    expect(liveByRelease(deployment, fix, [merged(34, 'sha-d')], null, undefined)).toBe('live');
    expect(liveByRelease(deployment, fix, [merged(34, 'sha-e')], null, undefined)).toBe('no');
  });

  it('remembers that it was named before it was merged, and asks nothing of what is live or declined', () => {
    const named = release({ names: [`${REPO}#12`] });
    for (const state of ['planned', 'in_progress', 'broke_again'] as const)
      expect(liveByRelease(named, { ...fix, state }, [], null, undefined)).toBe('named');
    for (const state of ['live', 'declined'] as const)
      expect(liveByRelease(named, { ...fix, state, isForAll: true }, [], null, undefined)).toBe('no');
    const planned = { ...fix, state: 'planned' } as const;
    expect(liveByRelease(release(), planned, [merged(34, 'a')], inIt('a'), undefined)).toBe('no');
  });

  it('what the API says of its commits goes before what its notes say; what it does not know is left to them', () => {
    const named = release({ names: [`${REPO}#12`] });
    const pulls = [merged(34, 'a')];
    expect(liveByRelease(named, fix, pulls, notInIt('a'), undefined)).toBe('no');
    expect(liveByRelease(named, fix, pulls, new Map(), undefined)).toBe('live');
    expect(liveByRelease(named, fix, pulls, inIt('a'), undefined)).toBe('live');
    const planned = { ...fix, state: 'planned' } as const;
    expect(liveByRelease(named, planned, pulls, notInIt('a'), undefined)).toBe('no');
  });

  it('an older release does not hold what was merged after it, though its notes name it when they are edited', () => {
    const older = release({ names: [`${REPO}#12`], at: 5 });
    const later = { ...merged(34, 'a'), mergedAt: 6 };
    expect(liveByRelease(older, fix, [later], null, undefined)).toBe('no');
    expect(liveByRelease(older, fix, [{ ...later, mergedAt: 5 }], null, undefined)).toBe('live');
    // A part in another repository has clocks and releases of its own.
    const elsewhere = { ...later, repo: 'github:acme/api', pullKey: 'github:acme/api#34' };
    expect(liveByRelease(older, fix, [elsewhere], null, undefined)).toBe('live');
  });

  it('live for some, a release brings it to the others once it is merged', () => {
    const named = release({ names: [`${REPO}#12`] });
    const some = { ...fix, state: 'live', isForAll: false } as const;
    expect(liveByRelease(named, some, [], null, undefined)).toBe('live');
    expect(liveByRelease(release(), some, [merged(34, 'a')], inIt('a'), undefined)).toBe('live');
    expect(liveByRelease(release(), some, [merged(34, 'a')], null, undefined)).toBe('no');
    expect(liveByRelease(named, { ...some, mergedAt: null }, [], null, undefined)).toBe('no');
  });

  it('what was chosen for the tracker is what counts', () => {
    const named = release({ names: [`${REPO}#12`] });
    expect(liveByRelease(named, fix, [], null, 'release')).toBe('live');
    expect(liveByRelease(named, fix, [], null, 'deployment')).toBe('no');
    expect(liveByRelease(named, fix, [], null, 'person')).toBe('no');
    expect(liveByRelease(deployment, fix, [merged(1, 'sha-d')], null, 'release')).toBe('no');
  });
});
