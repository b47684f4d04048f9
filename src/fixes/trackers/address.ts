import type { Tracker } from './news.js';

/** An item of a tracker, read from its address. */
export interface TrackerItem {
  tracker: Tracker;
  /** One per item: an issue and a pull request of GitHub share their numbers, a Linear address may end in its title. */
  key: string;
  /** What people call it: `app#12`, `ENG-311`. */
  name: string;
  /** Its address without what does not matter. */
  url: string;
}

/** What is understood, for an answer to something that is not. */
export const TRACKERS_UNDERSTOOD =
  'a GitHub issue or pull request (https://github.com/acme/app/issues/12), a Linear issue (https://linear.app/acme/issue/ENG-311) or a Jira issue (https://acme.atlassian.net/browse/ENG-311)';

const KEY = /^[A-Z][A-Z0-9_]{0,19}-\d{1,9}$/;
const ADDRESS_MAX = 500;

/** Reads the address of a tracker's item as people paste it, in `<…>` or not; null for anything else. */
export function readTracker(text: string): TrackerItem | null {
  const address = (/^<([^<>|]+)(?:\|[^<>]*)?>$/.exec(text.trim())?.[1] ?? text).trim();
  if (address.length > ADDRESS_MAX || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return null;
  return readGithub(url) ?? readLinear(url) ?? readJira(url);
}

/** More in one message is a list, not a word about an issue. */
const ITEMS_MAX = 3;

/** The items whose addresses stand in a text of people, each once; none where there are more than three. */
export function itemsIn(text: string): TrackerItem[] {
  const found = new Map<string, TrackerItem>();
  for (const [address] of text.matchAll(/https?:\/\/[^\s<>|"'`]+/gi)) {
    const item = readTracker(address.replace(/[).,;:!?\]]+$/, ''));
    if (item) found.set(item.key, item);
  }
  return found.size > ITEMS_MAX ? [] : [...found.values()];
}

function readGithub(url: URL): TrackerItem | null {
  const match = /^\/([\w.-]+)\/([\w.-]+)\/(issues|pull)\/(\d{1,9})(?:\/|$)/.exec(url.pathname);
  const isGithub = /^(?:www\.)?github\.com$|^github\.(?!com\.)/.test(url.hostname);
  if (!match || !isGithub) return null;
  const [, owner = '', repo = '', kind = '', number = ''] = match;
  const host = url.hostname.replace(/^www\./, '');
  const path = `${owner}/${repo}`.toLowerCase();
  return {
    tracker: 'github',
    key: `${host === 'github.com' ? 'github' : host}:${path}#${Number(number)}`,
    name: `${repo}#${Number(number)}`,
    url: `https://${host}/${owner}/${repo}/${kind}/${Number(number)}`,
  };
}

function readLinear(url: URL): TrackerItem | null {
  const match = /^\/([\w-]+)\/issue\/([A-Za-z][A-Za-z0-9]*-\d+)(?:\/|$)/.exec(url.pathname);
  if (!match || url.hostname !== 'linear.app') return null;
  const [, workspace = ''] = match;
  const name = (match[2] ?? '').toUpperCase();
  if (!KEY.test(name)) return null;
  return {
    tracker: 'linear',
    key: `linear:${workspace.toLowerCase()}/${name}`,
    name,
    url: `https://linear.app/${workspace}/issue/${name}`,
  };
}

function readJira(url: URL): TrackerItem | null {
  const path = /^(.*)\/browse\/([A-Za-z][A-Za-z0-9_]*-\d+)\/?$/.exec(url.pathname);
  const isCloud = url.hostname.endsWith('.atlassian.net');
  const chosen = isCloud ? url.searchParams.get('selectedIssue') : null;
  const name = (path?.[2] ?? chosen ?? '').toUpperCase();
  if (!KEY.test(name)) return null;
  const base = `${url.host}${path?.[1] ?? ''}`;
  return {
    tracker: 'jira',
    key: `jira:${base.toLowerCase()}/${name}`,
    name,
    url: `https://${base}/browse/${name}`,
  };
}
