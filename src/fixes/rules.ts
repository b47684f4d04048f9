/** The work behind one or more issues. *Merged* is not *live*: live is what the account can use. */
export type FixState = 'planned' | 'merged' | 'live' | 'declined';

export interface Fix {
  id: number;
  title: string;
  url: string | null;
  /** The same item however its address is written; null for one kept by hand. */
  trackerKey: string | null;
  state: FixState;
  liveAt: number | null;
  markedBy: string | null;
}

/** An item of a tracker, read from its address. */
export interface TrackerItem {
  tracker: 'github' | 'linear' | 'jira';
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

/** What a fix is called on screen: its tracker's name when there is a link, else its title. */
export function fixName(fix: Pick<Fix, 'title' | 'url'>): string {
  return (fix.url === null ? null : readTracker(fix.url)?.name) ?? fix.title;
}

/** How a fix stands, in words. */
export function fixStateInWords(state: FixState): string {
  return { planned: 'not live yet', merged: 'merged, not live', live: 'live', declined: 'declined' }[state];
}
