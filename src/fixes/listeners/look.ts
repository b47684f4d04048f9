import { z } from 'zod';
import type { Handling } from '../../queue/inbox.js';
import { TrackerBusyError } from '../ask/github.js';
import type { TrackerApis } from '../ask/index.js';
import { watchRepo } from '../jobs/poll.js';
import { keysConcerned } from '../store/concerned.js';
import { feedById, openItems, placeOfKey, saveHeard } from '../store/feeds.js';
import { fixById } from '../store/fixes.js';
import { type Asked, applyNews } from '../store/news.js';
import type { TrackerNews } from '../trackers/news.js';
import { askAbout } from './hooks.js';

interface Found {
  news: { news: TrackerNews; asked: Asked }[];
  keys: string[];
  etags?: Record<string, string>;
  heardUntil?: number;
}

/** A little further back than the last that was heard: lists are not written in the order of their times. */
const MARGIN_MS = 120_000;
const NOTHING: Found = { news: [], keys: [] };

/** How an item stands that was linked just now; nothing where its tracker cannot be asked. */
export function onLook(body: Record<string, unknown>, now: () => number, apis: TrackerApis): Handling {
  const { fixId } = z.object({ fixId: z.number() }).parse(body);
  const handling = asking(now, async (read) => {
    const fix = await read((tx) => fixById(tx, fixId));
    if (!fix?.trackerKey) return NOTHING;
    const isGithub = fix.tracker === 'github' && apis.github?.serves(fix.trackerKey.split('#')[0] ?? '');
    const one = isGithub
      ? await apis.github?.item(fix.trackerKey)
      : fix.tracker === 'linear'
        ? await apis.linear?.item(fix.trackerKey, fix.itemName ?? '')
        : undefined;
    return one ? withKeys(read, [{ news: one, asked: { contained: null } }]) : NOTHING;
  });
  return {
    ...handling,
    run: async (tx, found) => {
      await handling.run(tx, found);
      const fix = await fixById(tx, fixId);
      const place = placeOfKey(fix?.trackerKey ?? '');
      const isAsked = fix?.tracker === 'linear' ? apis.linear !== undefined : apis.github?.serves(place);
      if (isAsked) await watchRepo(tx, place, now());
    },
  };
}

/** What changed in a repository since it was last heard of. */
export function onPoll(body: Record<string, unknown>, now: () => number, apis: TrackerApis): Handling {
  const { feedId } = z.object({ feedId: z.number() }).parse(body);
  const handling = asking(now, async (read) => {
    const feed = await read((tx) => feedById(tx, feedId));
    if (feed?.repo.startsWith('linear:')) return lookAtEach(feed.repo, read, apis);
    if (!feed || !apis.github?.serves(feed.repo)) return NOTHING;
    const { news, etags } = await apis.github.changes(feed.repo, feed.heardUntil - MARGIN_MS, feed.etags);
    const asked = [];
    for (const one of news) asked.push({ news: one, asked: await askAbout(one, read, apis) });
    const heardUntil = Math.max(feed.heardUntil, ...news.map((one) => one.at));
    return { ...(await withKeys(read, asked)), etags, heardUntil };
  });
  return {
    ...handling,
    run: async (tx, found) => {
      await handling.run(tx, found);
      const { etags, heardUntil } = (found.asked as Found | undefined) ?? NOTHING;
      if (etags && heardUntil !== undefined) await saveHeard(tx, feedId, { etags, heardUntil });
    },
  };
}

/** Linear tries a delivery three times and may then stop: each item that somebody waits for is asked. */
async function lookAtEach(place: string, read: Read, apis: TrackerApis): Promise<Found> {
  const found: Found['news'] = [];
  for (const { key, name } of await read((tx) => openItems(tx, place))) {
    const news = await apis.linear?.item(key, name);
    if (news) found.push({ news, asked: { contained: null } });
  }
  return withKeys(read, found);
}

type Read = Parameters<NonNullable<Handling['ask']>>[0];

async function withKeys(read: Read, news: Found['news']): Promise<Found> {
  const keys = new Set<string>();
  for (const one of news) for (const key of await read((tx) => keysConcerned(tx, one.news))) keys.add(key);
  return { news, keys: [...keys] };
}

/** What cannot be asked now is asked the next time; nothing that came in waits for it. */
function asking(now: () => number, ask: (read: Read) => Promise<Found>): Handling {
  let keys: string[] = [];
  return {
    ask: async (read) => {
      try {
        const found = await ask(read);
        keys = found.keys;
        return found;
      } catch (err) {
        if (err instanceof TrackerBusyError) return NOTHING;
        throw err;
      }
    },
    keys: async () => keys,
    run: async (tx, found) => {
      for (const one of ((found.asked as Found | undefined) ?? NOTHING).news)
        await applyNews(tx, one.news, one.asked, now());
    },
  };
}
