import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GithubApi, TrackerBusyError } from '../../../src/fixes/ask/github.js';

const REPO = 'github:acme/app';
const SINCE = Date.UTC(2026, 10, 3);
const iso = (minutes: number) => new Date(SINCE + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
const issue = (number: number, minutes: number) => ({
  ...{ number, title: `Issue ${number}`, state: 'closed', state_reason: 'completed' },
  ...{ html_url: `https://github.com/acme/app/issues/${number}`, updated_at: iso(minutes) },
});
const pull = (number: number, minutes: number) => ({
  ...issue(number, minutes),
  ...{ merged_at: iso(minutes), merge_commit_sha: `sha${number}`, head: { ref: 'branch' } },
});
const deployment = (id: number, environment: string, minutes: number) => ({
  ...{ id, sha: `${id}`.repeat(8), environment, created_at: iso(minutes - 5), updated_at: iso(minutes) },
});

/** A GitHub that pages, knows ETags, and counts what it is asked. */
describe('what is asked of GitHub', () => {
  let server: Server;
  let asked: string[];
  let lists: Record<string, unknown[]>;
  let answer: ((req: IncomingMessage) => { status: number; headers?: Record<string, string> }) | undefined;
  let api: GithubApi;
  const start = async (token?: string) => {
    const { port } = server.address() as { port: number };
    api = new GithubApi({ token, apiUrl: `http://127.0.0.1:${port}` });
  };
  beforeEach(async () => {
    asked = [];
    lists = {};
    answer = undefined;
    server = createServer((req, res) => {
      const url = new URL(req.url ?? '/', 'http://github');
      const path = url.pathname.replace('/repos/acme/app/', '');
      asked.push(`${path}${url.searchParams.has('page') ? `?page=${url.searchParams.get('page')}` : ''}`);
      const refusal = answer?.(req);
      if (refusal) return res.writeHead(refusal.status, refusal.headers).end('{}');
      const etag = `"${path} ${JSON.stringify(lists[path] ?? []).length}"`;
      if (req.headers['if-none-match'] === etag) return res.writeHead(304).end();
      const size = Number(url.searchParams.get('per_page'));
      const from = (Number(url.searchParams.get('page') ?? 1) - 1) * size;
      res.writeHead(200, { etag });
      return res.end(JSON.stringify((lists[path] ?? []).slice(from, from + size)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await start('token');
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const numbers = async () =>
    (await api.changes(REPO, SINCE, {})).news.map((one) => (one.kind === 'item' ? one.name : one.kind));

  it('of a long silence every page that changed since is read, oldest first, and none before it', async () => {
    const newestFirst = Array.from({ length: 240 }, (_, i) => 240 - i);
    lists.issues = newestFirst.map((n) => issue(n, n));
    lists.pulls = newestFirst.map((n) => pull(1000 + n, n - 120));
    const heard = await numbers();
    expect(heard).toHaveLength(240 + 121);
    expect(heard[0]).toBe('app#1120');
    expect(heard.at(-1)).toBe('app#240');
    // Of the pull requests the second page ends before the silence began.
    expect(asked.filter((one) => one.startsWith('issues'))).toEqual([
      'issues',
      'issues?page=2',
      'issues?page=3',
    ]);
    expect(asked.filter((one) => one.startsWith('pulls'))).toEqual(['pulls', 'pulls?page=2']);
  });

  it('what did not change costs one question a list', async () => {
    lists.pulls = [pull(1, 1)];
    const first = await api.changes(REPO, SINCE, {});
    expect(first.news).toHaveLength(1);
    asked.length = 0;
    const second = await api.changes(REPO, SINCE, first.etags);
    expect(second.news).toEqual([]);
    expect(second.etags).toEqual(first.etags);
    expect(asked).toEqual(['issues', 'pulls', 'releases', 'deployments']);
  });

  it('with a token deployments are asked for, too: those to production that succeeded since', async () => {
    lists.deployments = [
      deployment(4, 'production', 4),
      deployment(3, 'staging', 3),
      deployment(2, 'production', 2),
      deployment(1, 'production', -1),
    ];
    const status = (state: string, minutes: number) => [{ state, updated_at: iso(minutes) }];
    lists['deployments/4/statuses'] = status('failure', 4);
    lists['deployments/2/statuses'] = status('success', 2);
    const { news } = await api.changes(REPO, SINCE, {});
    expect(news).toMatchObject([{ kind: 'deployment', ref: '22222222', at: SINCE + 120_000 }]);
    expect(asked.filter((one) => one.includes('statuses'))).toEqual([
      'deployments/4/statuses',
      'deployments/2/statuses',
    ]);
    asked.length = 0;
    await start();
    await api.changes(REPO, SINCE, {});
    expect(asked).not.toContain('deployments');
  });

  it.each([
    ['the limit of the hour', { status: 403, headers: { 'x-ratelimit-remaining': '0' } }],
    ['a limit that no header counts', { status: 403, headers: { 'retry-after': '60' } }],
    ['too many requests', { status: 429 }],
    ['a failure of its own', { status: 502 }],
  ])('%s means: ask later', async (_what, refusal) => {
    answer = () => refusal;
    await expect(api.contains(REPO, 'v1', 'abc')).rejects.toThrow(TrackerBusyError);
    await expect(api.changes(REPO, SINCE, {})).rejects.toThrow(TrackerBusyError);
  });

  it('what it may not see or does not know is no answer', async () => {
    for (const status of [401, 403, 404]) {
      answer = () => ({ status });
      expect(await api.contains(REPO, 'v1', 'abc')).toBeUndefined();
    }
  });
});
