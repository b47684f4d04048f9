import { z } from 'zod';
import {
  githubDeployment,
  githubIssue,
  githubPullRequest,
  githubRelease,
  isProduction,
} from '../trackers/github.js';
import type { TrackerNews } from '../trackers/news.js';

/** What we ask of GitHub's API: whether a commit is in a release, how one item stands, what changed since. */

export interface GithubAccess {
  /** Without one, public repositories only, sixty questions an hour. */
  token: string | undefined;
  apiUrl: string;
}

/** The tracker cannot be asked now; asked again later. */
export class TrackerBusyError extends Error {
  override name = 'TrackerBusyError';
}

const WITHIN_MS = 8_000;
/** docs.github.com: a comparison says how the second of two commits stands to the first. */
const Comparison = z.object({ status: z.enum(['ahead', 'identical', 'behind', 'diverged']) });

export class GithubApi {
  constructor(private readonly access: GithubAccess) {}

  /** True for repositories of the host that this API belongs to: a token never goes anywhere else. */
  serves(repo: string): boolean {
    const host = repo.split(':')[0] ?? '';
    return host === 'github' || host === new URL(this.access.apiUrl).host;
  }

  /** Whether GitHub takes the token. @throws TrackerBusyError when it cannot be asked now */
  async knowsUs(): Promise<boolean> {
    return (await this.get('/rate_limit')).body !== undefined;
  }

  /** Whether `ref` (a tag or a commit) contains a commit; undefined when GitHub does not know one of them. */
  async contains(repo: string, ref: string, sha: string): Promise<boolean | undefined> {
    const path = `/repos/${pathOf(repo)}/compare/${encodeURIComponent(sha)}...${encodeURIComponent(ref)}?per_page=1`;
    const answer = await this.get(path);
    if (answer.body === undefined) return undefined;
    const parsed = Comparison.safeParse(answer.body);
    return parsed.success ? ['ahead', 'identical'].includes(parsed.data.status) : undefined;
  }

  /** How an issue or a pull request stands; undefined when it cannot be seen. */
  async item(key: string): Promise<TrackerNews | undefined> {
    const [repo = '', number = ''] = key.split('#');
    const issue = await this.get(`/repos/${pathOf(repo)}/issues/${number}`);
    const isPull = z.object({ pull_request: z.object({}).loose() }).safeParse(issue.body).success;
    if (issue.body !== undefined && !isPull) return readable(() => githubIssue(issue.body, repo));
    const pull = await this.get(`/repos/${pathOf(repo)}/pulls/${number}`);
    return pull.body === undefined ? undefined : readable(() => githubPullRequest(pull.body, repo));
  }

  /**
   * What changed in a repository since an instant (UTC ms), oldest first; what did not change since the last asking
   * (by its ETag) costs nothing of what GitHub allows.
   */
  async changes(
    repo: string,
    since: number,
    etags: Readonly<Record<string, string>>,
  ): Promise<{ news: TrackerNews[]; etags: Record<string, string> }> {
    const path = `/repos/${pathOf(repo)}`;
    const from = encodeURIComponent(new Date(since).toISOString());
    const news: TrackerNews[] = [];
    const next: Record<string, string> = { ...etags };
    for (const [name, query] of Object.entries(LISTS)) {
      if (name === 'deployments' && !this.access.token) continue;
      // A list that is asked from another instant on is another list: its ETag says nothing.
      const isOfAll = !query.includes('since=');
      const list = await this.list(`${path}/${name}?${query}${isOfAll ? '' : from}`, since, etags[name]);
      if (isOfAll && list.etag !== null) next[name] = list.etag;
      const read =
        name === 'deployments'
          ? await this.deployments(list.values, repo, since)
          : list.values.map((value) => readable(() => READ[name]?.(value, repo)));
      for (const one of read) if (one && one.at >= since) news.push(one);
    }
    return { news: news.sort((a, b) => a.at - b.at), etags: next };
  }

  /** The newest of a list, page by page until one ends before an instant; none when nothing changed by its ETag. */
  private async list(
    path: string,
    since: number,
    known: string | undefined,
  ): Promise<{ values: unknown[]; etag: string | null }> {
    const first = await this.get(path, path.includes('since=') ? undefined : known);
    const values = listOf(first.body);
    let page = values;
    for (let n = 2; page.length >= PER_PAGE && n <= PAGES_MAX && changedAt(page.at(-1)) >= since; n += 1) {
      page = listOf((await this.get(`${path}&page=${n}`)).body);
      values.push(...page);
    }
    return { values, etag: first.etag };
  }

  /** Deployments to where customers are, of those in a list that changed; how each went, the list does not say. */
  private async deployments(
    values: readonly unknown[],
    repo: string,
    since: number,
  ): Promise<(TrackerNews | undefined)[]> {
    const changed = values.filter((one) => changedAt(one) >= since && readable(() => isProduction(one)));
    const news: (TrackerNews | undefined)[] = [];
    for (const one of changed.slice(0, DEPLOYMENTS_MAX)) {
      const { id } = one as { id?: unknown };
      const [status] = listOf(
        (await this.get(`/repos/${pathOf(repo)}/deployments/${id}/statuses?per_page=1`)).body,
      );
      news.push(status === undefined ? undefined : readable(() => githubDeployment(one, status, repo)));
    }
    return news;
  }

  /** @returns no body when nothing changed or it cannot be seen. @throws TrackerBusyError when it cannot be asked now */
  private async get(path: string, etag?: string): Promise<{ body: unknown; etag: string | null }> {
    const { token, apiUrl } = this.access;
    let response: Response;
    try {
      response = await fetch(`${apiUrl.replace(/\/$/, '')}${path}`, {
        headers: {
          accept: 'application/vnd.github+json',
          'user-agent': 'baton',
          'x-github-api-version': '2022-11-28',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(etag ? { 'if-none-match': etag } : {}),
        },
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      if (response.status === 304) return { body: undefined, etag: etag ?? null };
      if (response.ok) return { body: await response.json(), etag: response.headers.get('etag') };
    } catch (err) {
      throw new TrackerBusyError(`GitHub could not be asked: ${err instanceof Error ? err.name : 'unknown'}`);
    }
    if (response.status >= 500 || response.status === 429 || isLimited(response))
      throw new TrackerBusyError(`GitHub answered ${response.status}`);
    return { body: undefined, etag: null };
  }
}

/** GitHub says 403 when a limit is used up, too: that of the hour, or one that it does not count in a header. */
function isLimited(response: Response): boolean {
  const { status, headers } = response;
  return status === 403 && (headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after'));
}

const PER_PAGE = 100;
/** What changed more than so many pages ago is not asked for: a person is asked instead. */
const PAGES_MAX = 10;

/** The lists of a repository that change, the newest first; where one ends in `since=` an instant follows. */
const LISTS: Readonly<Record<string, string>> = {
  issues: `state=all&sort=updated&direction=desc&per_page=${PER_PAGE}&since=`,
  pulls: `state=all&sort=updated&direction=desc&per_page=${PER_PAGE}`,
  releases: `per_page=${PER_PAGE}`,
  deployments: `per_page=${PER_PAGE}`,
};

/** How each deployment went is a question of its own: of the newest, and not without a token. */
const DEPLOYMENTS_MAX = 20;

const Dated = z.object({
  updated_at: z.iso.datetime({ offset: true }).nullish(),
  published_at: z.iso.datetime({ offset: true }).nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
});

/** When something in a list last changed, UTC ms; never, for what does not say. */
function changedAt(value: unknown): number {
  const at = Dated.safeParse(value).data;
  return Date.parse(at?.updated_at ?? at?.published_at ?? at?.created_at ?? '') || 0;
}

const listOf = (body: unknown): unknown[] => (Array.isArray(body) ? [...body] : []);

const pathOf = (repo: string) => repo.slice(repo.indexOf(':') + 1);

const READ: Readonly<Record<string, (value: unknown, repo: string) => TrackerNews | undefined>> = {
  // The list of issues holds pull requests, too, without what matters of them.
  issues: (value, repo) => {
    const issue = githubIssue(value, repo);
    return (value as { pull_request?: unknown }).pull_request == null ? issue : undefined;
  },
  pulls: githubPullRequest,
  releases: githubRelease,
};

/** Something in a list that is not what it should be is left out, not all of the list. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (err) {
    if (err instanceof z.ZodError) return undefined;
    throw err;
  }
}
