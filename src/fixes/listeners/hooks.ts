import { z } from 'zod';
import type { Handling } from '../../queue/inbox.js';
import type { ReadTx } from '../../store/transact.js';
import { TrackerBusyError } from '../ask/github.js';
import type { TrackerApis } from '../ask/index.js';
import { waitsForRelease } from '../rules/live.js';
import { fixesConcerned, keysConcerned } from '../store/concerned.js';
import { type Asked, applyNews } from '../store/news.js';
import { pullsOfFix } from '../store/pulls.js';
import { linearMeaning } from '../trackers/linear.js';
import type { ItemNews, ReleaseNews, TrackerNews } from '../trackers/news.js';

const Body = z.object({
  news: z.custom<TrackerNews>((value) => typeof value === 'object' && value !== null),
});
const NOTHING: Asked = { contained: null };
/** A tracker that cannot be asked holds up what it said for some fifteen seconds; then a person is asked instead. */
const ASK_TIMES = 5;
/** Commits that are asked about one release; a release of more is asked of a person. */
const COMMITS_MAX = 50;

/** What a tracker sent: what it leaves open is asked of it first, then all of it is applied in one transaction. */
export function onTrackerNews(body: Record<string, unknown>, now: () => number, apis: TrackerApis): Handling {
  const { news } = Body.parse(body);
  return {
    ask: async (read, attempts) => {
      try {
        return await askAbout(news, read, apis);
      } catch (err) {
        if (!(err instanceof TrackerBusyError) || attempts + 1 < ASK_TIMES) throw err;
        return NOTHING;
      }
    },
    keys: (tx) => keysConcerned(tx, news),
    run: (tx, found) => applyNews(tx, news, (found.asked as Asked | undefined) ?? NOTHING, now()),
  };
}

type Read = <T>(fn: (tx: ReadTx) => Promise<T>) => Promise<T>;

/** What news leave open, asked of their tracker. @throws TrackerBusyError when it cannot be asked now */
export async function askAbout(news: TrackerNews, read: Read, apis: TrackerApis): Promise<Asked> {
  if (news.kind === 'version') return NOTHING;
  if (news.kind === 'item') return askState(news, apis);
  const shas = await read((tx) => commitsInQuestion(tx, news));
  if (!apis.github?.serves(news.repo) || !apis.canCompare || shas.length === 0) return NOTHING;
  const contained = new Map<string, boolean>();
  for (const sha of shas.slice(0, COMMITS_MAX)) {
    const isIn = await apis.github.contains(news.repo, news.ref, sha);
    if (isIn !== undefined) contained.set(sha, isIn);
  }
  return { contained };
}

async function askState(news: ItemNews, apis: TrackerApis): Promise<Asked> {
  const type = news.ask === undefined ? undefined : await apis.linear?.stateType(news.ask);
  if (type === undefined) return NOTHING;
  return { contained: null, state: { word: type, means: linearMeaning(type) } };
}

/** Commits of merged fixes in this repository: whether the release contains them decides. */
async function commitsInQuestion(tx: ReadTx, news: ReleaseNews): Promise<string[]> {
  const shas = new Set<string>();
  for (const fix of await fixesConcerned(tx, news)) {
    if (!waitsForRelease(fix)) continue;
    for (const pull of await pullsOfFix(tx, fix.id))
      if (pull.repo === news.repo && pull.sha !== null && pull.sha !== news.ref) shas.add(pull.sha);
  }
  return [...shas];
}
