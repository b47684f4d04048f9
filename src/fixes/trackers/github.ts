import { z } from 'zod';
import { type ItemNews, namesIn, ourIssuesIn, type Reading, type TrackerNews } from './news.js';

/** What GitHub says by webhook and by its API, read to what a fix needs of it. */

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const Repository = z.object({ full_name: z.string().max(300), html_url: z.url() });

const Issue = z.object({
  number: z.number().int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).nullish(),
  state_reason: z.string().nullish(),
  html_url: z.url(),
  updated_at: Instant,
  pull_request: z.object({}).loose().nullish(),
});

const PullRequest = z.object({
  number: z.number().int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  draft: z.boolean().nullish(),
  merged: z.boolean().nullish(),
  merged_at: Instant.nullish(),
  merge_commit_sha: z.string().nullish(),
  html_url: z.url(),
  updated_at: Instant,
  head: z.object({ ref: z.string() }).nullish(),
});

const Release = z.object({
  tag_name: z.string().min(1).max(250),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  published_at: Instant.nullish(),
});

const Deployment = z.object({
  sha: z.string().min(7).max(64),
  environment: z.string(),
  production_environment: z.boolean().nullish(),
});
const DeploymentStatus = z.object({
  state: z.string(),
  environment: z.string().nullish(),
  updated_at: Instant,
});

/** One event of `POST /hooks/github`. @throws ZodError when the body is not what the event looks like */
export function readGithubEvent(event: string, body: Record<string, unknown>): Reading {
  if (event === 'ping') return { ignore: 'hello' };
  const action = z.object({ action: z.string().optional() }).parse(body).action ?? '';
  const read = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  if (!read) return { ignore: `Baton does not use the event ${event.slice(0, 60)}` };
  return read(body, action, repoOf(Repository.parse(body.repository)));
}

const EVENTS: Readonly<
  Record<string, (body: Record<string, unknown>, action: string, repo: string) => Reading>
> = {
  issues: (body, action, repo) => {
    if (['deleted', 'transferred'].includes(action)) return { ignore: `an issue that was ${action}` };
    return { news: githubIssue(body.issue, repo) };
  },
  pull_request: (body, _action, repo) => ({ news: githubPullRequest(body.pull_request, repo) }),
  release: (body, _action, repo) => {
    const news = githubRelease(body.release, repo);
    return news ? { news } : { ignore: 'a draft or a prerelease' };
  },
  deployment_status: (body, _action, repo) => {
    const news = githubDeployment(body.deployment, body.deployment_status, repo);
    return news ? { news } : { ignore: 'a deployment that did not succeed, or to elsewhere than production' };
  },
};

/** `github:acme/app`; another host stands for itself, as in addresses. */
function repoOf(repository: z.infer<typeof Repository>): string {
  const host = new URL(repository.html_url).host.replace(/^www\./, '');
  return `${host === 'github.com' ? 'github' : host}:${repository.full_name.toLowerCase()}`;
}

const nameOf = (repo: string, number: number) => `${repo.split('/').at(-1)}#${number}`;

/** An issue, as events and the list of issues have it. @throws ZodError */
export function githubIssue(value: unknown, repo: string): ItemNews {
  const issue = Issue.parse(value);
  const why = issue.state === 'closed' ? (issue.state_reason ?? 'completed') : null;
  const isDeclined = why === 'not_planned' || why === 'duplicate';
  return {
    ...item(issue, repo),
    state: issue.state == null ? null : why === null ? 'open' : `closed as ${why}`,
    means: issue.state == null ? null : why === null ? 'plan' : isDeclined ? 'decline' : 'merge',
    from: ourIssuesIn(issue.body ?? ''),
  };
}

/** A pull request, as events and the list of pull requests have it. @throws ZodError */
export function githubPullRequest(value: unknown, repo: string): ItemNews {
  const pull = PullRequest.parse(value);
  const text = `${pull.title}\n${pull.body ?? ''}`;
  const isMerged = pull.merged ?? pull.merged_at != null;
  const mergedAt = pull.merged_at ?? pull.updated_at;
  const state = isMerged ? 'merged' : pull.state === 'closed' ? 'closed unmerged' : 'open';
  return {
    ...item(pull, repo),
    state,
    means: isMerged ? 'merge' : pull.state === 'closed' ? 'plan' : 'start',
    closes: closedBy(text, repo),
    mentions: namesIn(`${text}\n${(pull.head?.ref ?? '').toUpperCase()}`),
    ...(isMerged && pull.merge_commit_sha
      ? { commit: { repo, number: pull.number, sha: pull.merge_commit_sha, mergedAt } }
      : {}),
  };
}

function item(
  it: { number: number; title: string; html_url: string; updated_at: number },
  repo: string,
): Pick<ItemNews, 'kind' | 'tracker' | 'key' | 'name' | 'title' | 'url' | 'at'> {
  return {
    kind: 'item',
    tracker: 'github',
    key: `${repo}#${it.number}`,
    name: nameOf(repo, it.number),
    title: it.title.slice(0, 300),
    url: it.html_url,
    at: it.updated_at,
  };
}

/** A release that is published; undefined for a draft or a prerelease, which customers do not use. @throws ZodError */
export function githubRelease(value: unknown, repo: string): TrackerNews | undefined {
  const release = Release.parse(value);
  if (release.draft || release.prerelease || release.published_at == null) return undefined;
  const text = `${release.name ?? ''}\n${release.body ?? ''}`;
  return {
    kind: 'release',
    tracker: 'github',
    repo,
    ref: release.tag_name,
    version: (release.name?.trim() || release.tag_name).slice(0, 60),
    at: release.published_at,
    names: numbersIn(text, repo),
    mentions: namesIn(text),
  };
}

/** True for a deployment to where customers are; GitHub marks one so that is called `production`, unless told otherwise. */
export function isProduction(value: unknown): boolean {
  const { environment, production_environment: isMarked } = Deployment.parse(value);
  return isMarked === true || /^prod(uction)?$/i.test(environment);
}

/** A deployment that succeeded where customers are; undefined for any other. @throws ZodError */
export function githubDeployment(value: unknown, status: unknown, repo: string): TrackerNews | undefined {
  const { state, environment, updated_at: at } = DeploymentStatus.parse(status);
  const deployment = Deployment.parse(value);
  const where = { ...deployment, environment: environment ?? deployment.environment };
  if (state !== 'success' || !isProduction(where)) return undefined;
  return {
    ...{ kind: 'deployment', tracker: 'github', repo, ref: deployment.sha, version: null, at },
    ...{ names: [], mentions: [] },
  };
}

// GitHub's own closing keywords; docs.github.com, "Linking a pull request to an issue".
const CLOSING =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+((?:[\w.-]+\/[\w.-]+)?#\d{1,9}|https?:\/\/\S+)/gi;

/** Keys of the issues that a pull request closes, in its own repository or another of the same host. */
function closedBy(text: string, repo: string): string[] {
  return [...new Set([...text.matchAll(CLOSING)].flatMap((match) => keyOf(match[1] ?? '', repo) ?? []))];
}

const NAMED = /(?:[\w.-]+\/[\w.-]+)?#\d{1,9}\b|https?:\/\/[^\s)>\]]+\/(?:issues|pull)\/\d{1,9}/g;

/** Keys of the issues and pull requests that a text names. */
function numbersIn(text: string, repo: string): string[] {
  return [...new Set([...text.matchAll(NAMED)].flatMap((match) => keyOf(match[0], repo) ?? []))].slice(
    0,
    500,
  );
}

/** `#12`, `acme/app#12` or an address of the same host, as a key. */
function keyOf(reference: string, repo: string): string | undefined {
  const [host = ''] = repo.split(':');
  const short = /^([\w.-]+\/[\w.-]+)?#(\d{1,9})$/.exec(reference);
  if (short) return `${short[1] ? `${host}:${short[1].toLowerCase()}` : repo}#${Number(short[2])}`;
  const long = /^https?:\/\/([^/]+)\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/(\d{1,9})/.exec(reference);
  if (!long) return undefined;
  const named = (long[1] ?? '').replace(/^www\./, '');
  return `${named === 'github.com' ? 'github' : named}:${(long[2] ?? '').toLowerCase()}#${Number(long[3])}`;
}
