export type Tracker = 'github' | 'linear' | 'jira';

/** What a tracker's word for a state means for a fix; `decline` is asked, never done. */
export type Meaning = 'plan' | 'start' | 'merge' | 'decline';

/** A change that goes to where customers are: a pull request that was merged. */
export interface Commit {
  /** `github:acme/app`, as in keys. */
  repo: string;
  number: number;
  sha: string;
  /** By the tracker's clock, UTC ms. */
  mergedAt: number;
}

/** How an item of a tracker stands. */
export interface ItemNews {
  kind: 'item';
  tracker: Tracker;
  /** As in addresses; null when the tracker does not say in which workspace it lies: the name must do. */
  key: string | null;
  /** Keys that it had before: an issue of Linear that moved to another team. */
  formerKeys?: string[];
  /** `ENG-311`, `app#12`. */
  name: string;
  title: string;
  url: string | null;
  /** When it became so, by the tracker's clock, UTC ms. */
  at: number;
  /** The tracker's own word; null when only the id of it came, and must be asked. */
  state: string | null;
  means: Meaning | null;
  /** What must be asked when `state` is null. */
  ask?: string;
  /** Keys of items that a pull request says it closes. */
  closes?: string[];
  /** Names of items of other trackers that a pull request speaks of: `ENG-311`. */
  mentions?: string[];
  commit?: Commit;
  /** Ids of the releases that it is planned for, and whether one of them is out. */
  versions?: string[];
  isReleased?: boolean;
  /** Issues of ours that it links back to, when it was opened from one: `42`. */
  from?: number[];
}

/** Something was made available to customers. */
export interface ReleaseNews {
  kind: 'release' | 'deployment';
  tracker: 'github';
  /** `github:acme/app`. */
  repo: string;
  /** Tag of the release or commit of the deployment: what is asked whether it contains a commit. */
  ref: string;
  /** As people say it: `4.12`; null for a deployment. */
  version: string | null;
  at: number;
  /** Keys of items that it names, in this repository or by address. */
  names: string[];
  /** Names of other trackers' items that it names: `ENG-311`. */
  mentions: string[];
}

/** A version of Jira was released. */
export interface VersionNews {
  kind: 'version';
  tracker: 'jira';
  /** `jira:acme.atlassian.net`, as in keys. */
  site: string;
  versionId: string;
  version: string;
  at: number;
}

export type TrackerNews = ItemNews | ReleaseNews | VersionNews;

/** What a tracker sent: news of use to us, or why it is of none. */
export type Reading = { news: TrackerNews } | { ignore: string };

/** Names of Linear and Jira items in a text, `ENG-311`, each once. */
export function namesIn(text: string): string[] {
  const found = text.match(/\b[A-Z][A-Z0-9_]{0,19}-\d{1,9}\b/g) ?? [];
  return [...new Set(found)].slice(0, 100);
}

/** B-numbers that a text names, as *New in GitHub* writes them: `Baton: B-42`. */
export function ourIssuesIn(text: string): number[] {
  const found = [...text.matchAll(/\bBaton: ?B-(\d{1,9})\b/g)].map((match) => Number(match[1]));
  return [...new Set(found)].slice(0, 10);
}
