import { createServer } from 'node:net';
import { createEmulator, type Emulator } from 'emulate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS } from '../../src/time/index.js';
import { startWorld, TUESDAY_9, type World } from '../support/baton.js';
import { sqliteDatabase, type TestDatabase } from '../support/databases.js';
import { access, SECRETS, sendHook } from '../support/hooks.js';
import { countOf, eventsOf, rowsOf } from '../support/rows.js';

const HALF_HOUR_MS = 30 * 60_000 + 1;

/** A port that nothing listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A GitHub or a Linear of its own, whose items have the addresses that the real one's have. */
async function tracker(
  service: 'github' | 'linear',
  baseUrl: string,
  seed: Record<string, unknown>,
): Promise<{ emulator: Emulator; url: string }> {
  const port = await freePort();
  const emulator = await createEmulator({ service, port, baseUrl, seed });
  return { emulator, url: `http://127.0.0.1:${port}` };
}

describe('trackers that sign for real', () => {
  let database: TestDatabase;
  let world: World;
  let emulator: Emulator;
  beforeEach(() => {
    database = sqliteDatabase();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await world.stop();
    await emulator.close();
    await database.dispose();
  });

  const stateIs = async (state: string) => {
    await world.settle();
    return (await rowsOf(world.store, 'fixes'))[0]?.state === state;
  };
  const becomes = (state: string) =>
    world.slack.waitFor(() => stateIs(state), `the fix to be ${state}`, 15_000);

  /** B-1 of Acme and B-2 of Globex wait for the item at this address. */
  async function link(address: string): Promise<void> {
    const { slack } = world;
    await slack.command('priya', 'acme-internal', '/issue', 'log Export drops rows');
    await slack.command('priya', 'globex-internal', '/issue', 'log Rows are missing');
    for (const number of [1, 2])
      await slack.command('priya', 'triage', '/issue', `link B-${number} ${address}`);
    await world.settle();
  }

  /** Everybody who waited is owed a word, is told after a reminder by one press each, and the loop closes after seven quiet days. */
  async function tellEverybody(): Promise<void> {
    const opened = await rowsOf(world.store, 'followups');
    expect(opened.map((one) => one.state)).toEqual(['open', 'open']);
    // Nobody tells them: it passes to the success manager, who is reminded, once.
    await world.travel(6 * DAY_MS);
    expect(await eventsOf(world.store, 'followup.moved')).toHaveLength(2);
    expect(await eventsOf(world.store, 'followup.nudged')).toHaveLength(2);
    const ana = world.slack.dm(world.id('ana')).id;
    const reminders = world.slack
      .messages(ana)
      .filter((one) => one.text.includes('have not heard from you yet'));
    expect(reminders.map((one) => one.text)).toEqual(['2 customers have not heard from you yet']);
    const owed = await rowsOf(world.store, 'followups');
    for (const one of owed) {
      const owner = (await rowsOf(world.store, 'people')).find((person) => person.id === one.ownerId);
      const handle = owner?.handle ?? '';
      const dm = world.slack.dm(world.id(handle)).id;
      const card = world.slack
        .messages(dm)
        .find((message) => JSON.stringify(message.blocks ?? []).includes(`"value":"${one.id}"`));
      await world.slack.press(handle, dm, card?.ts ?? 'no card', 'followup.told', { value: String(one.id) });
    }
    await world.settle();
    expect((await rowsOf(world.store, 'followups')).map((one) => one.state)).toEqual(['told', 'told']);
    await world.travel(8 * DAY_MS);
    expect((await rowsOf(world.store, 'issues')).map((issue) => issue.state)).toEqual(['closed', 'closed']);
    expect(await eventsOf(world.store, 'loop.closed')).toHaveLength(2);
  }

  async function githubWorld(token?: string, isHeard = true) {
    const started = await tracker('github', 'https://github.com', {
      tokens: { 'token-of-admin': { login: 'admin', scopes: ['repo'] } },
      github: { users: [{ login: 'admin' }], repos: [{ owner: 'admin', name: 'app', auto_init: true }] },
    });
    emulator = started.emulator;
    const github = { secret: SECRETS.github, token, apiUrl: started.url };
    world = await startWorld(database, { trackers: access({ github }) });
    const api = async (method: string, path: string, body?: unknown): Promise<Record<string, never>> => {
      const response = await fetch(`${started.url}/repos/admin/app${path}`, {
        method,
        headers: { authorization: 'Bearer token-of-admin', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Record<string, never>;
    };
    if (isHeard)
      await api('POST', '/hooks', {
        name: 'web',
        events: ['*'],
        config: {
          url: `http://127.0.0.1:${world.baton.port}/hooks/github`,
          secret: SECRETS.github,
          content_type: 'json',
        },
      });
    await api('POST', '/issues', { title: 'Export drops rows', body: 'Rows are gone' });
    await link('https://github.com/admin/app/issues/1');
    return api;
  }

  type Api = Awaited<ReturnType<typeof githubWorld>>;

  /** A branch with one commit, a pull request of it that closes #1, and its merge. @returns the merge commit */
  async function mergePull(api: Api): Promise<string> {
    const main = (await api('GET', '/git/ref/heads/main')) as { object?: { sha: string } };
    await api('POST', '/git/refs', { ref: 'refs/heads/keep-rows', sha: main.object?.sha });
    const content = Buffer.from('rows').toString('base64');
    await api('PUT', '/contents/export.txt', { message: 'Keep rows', content, branch: 'keep-rows' });
    const pull = await api('POST', '/pulls', {
      ...{ title: 'Keep every row', head: 'keep-rows', base: 'main', body: 'Closes #1' },
    });
    await becomes('in_progress');
    const merged = await api('PUT', `/pulls/${pull.number}/merge`, {});
    await becomes('merged');
    expect(await countOf(world.store, 'followups')).toBe(0);
    return String(merged.sha);
  }

  it('GitHub: merged, a release that names it, told, closed', async () => {
    const api = await githubWorld();
    await mergePull(api);
    await api('POST', '/releases', { tag_name: 'v4.11', name: '4.11', body: 'Other things', draft: false });
    await world.settle();
    expect(await stateIs('merged')).toBe(true);
    await api('POST', '/releases', { tag_name: 'v4.12', name: '4.12', body: 'Exports keep rows (#1)' });
    await becomes('live');
    expect((await rowsOf(world.store, 'fixes'))[0]).toMatchObject({ version: '4.12' });
    await tellEverybody();
  });

  it('GitHub: with a token, a release that names nothing is asked what it contains', async () => {
    const api = await githubWorld('token-of-admin');
    const before = (await api('GET', '/git/ref/heads/main')) as { object?: { sha: string } };
    await mergePull(api);
    const old = { tag_name: 'v4.11', target_commitish: before.object?.sha, body: 'Other things' };
    await api('POST', '/git/refs', { ref: 'refs/tags/v4.11', sha: before.object?.sha });
    await api('POST', '/releases', old);
    await world.settle();
    expect(await stateIs('merged')).toBe(true);
    const after = (await api('GET', '/git/ref/heads/main')) as { object?: { sha: string } };
    await api('POST', '/git/refs', { ref: 'refs/tags/v4.12', sha: after.object?.sha });
    await api('POST', '/releases', { tag_name: 'v4.12', name: '4.12', body: 'Many things' });
    await becomes('live');
    expect(await countOf(world.store, 'followups')).toBe(2);
  });

  it('GitHub: with a token, a production deployment that contains it', async () => {
    const api = await githubWorld('token-of-admin');
    await mergePull(api);
    const content = Buffer.from('later').toString('base64');
    const later = (await api('PUT', '/contents/later.txt', {
      message: 'Later',
      content,
      branch: 'main',
    })) as {
      commit?: { sha: string };
    };
    // The emulator knows no deployments: this is what GitHub sends of one, signed as it signs.
    const answer = await sendHook(
      world.baton.port,
      'github',
      {
        action: 'created',
        repository: { full_name: 'admin/app', html_url: 'https://github.com/admin/app' },
        deployment: { sha: later.commit?.sha, environment: 'production' },
        deployment_status: { state: 'success', updated_at: '2026-11-03T12:00:00Z' },
      },
      { event: 'deployment_status' },
    );
    expect(answer.status).toBe(202);
    await becomes('live');
    expect(await countOf(world.store, 'followups')).toBe(2);
  });

  it('GitHub: what nobody heard is asked for every half hour, and has its effect once', async () => {
    const api = await githubWorld('token-of-admin', false);
    await world.travel(HALF_HOUR_MS);
    expect(await stateIs('planned')).toBe(true);
    await api('PATCH', '/issues/1', { state: 'closed', state_reason: 'completed' });
    await world.settle();
    expect(await stateIs('planned')).toBe(true);
    await world.travel(HALF_HOUR_MS);
    await becomes('merged');
    expect(await countOf(world.store, 'followups')).toBe(0);
    await api('POST', '/releases', { tag_name: 'v4.12', name: '4.12', body: 'Exports keep rows (#1)' });
    await world.travel(2 * HALF_HOUR_MS);
    await becomes('live');
    await world.travel(4 * HALF_HOUR_MS);
    expect(await countOf(world.store, 'followups')).toBe(2);
    expect(await eventsOf(world.store, 'fix.merged', 'fix.live')).toHaveLength(2);
    // Nobody waits for anything there any more: it is not asked again.
    const asked = await rowsOf(world.store, 'due');
    expect(asked.filter((row) => row.kind === 'fix.poll' && row.dueAt !== null)).toEqual([]);
  });

  /** ENG-1, for which both wait. @returns what moves it to the first state of a type */
  async function linearWorld(isHeard = true) {
    // The emulator stamps what it sends by the host's date; Baton goes by the clock that it is given.
    vi.useFakeTimers({ toFake: ['Date'], now: TUESDAY_9 });
    const started = await tracker('linear', 'https://linear.app', {
      linear: { teams: [{ key: 'ENG', name: 'Engineering' }] },
    });
    emulator = started.emulator;
    const apiUrl = `${started.url}/graphql`;
    const linear = { secret: SECRETS.linear, apiKey: 'lin_test_admin', apiUrl };
    world = await startWorld(database, { trackers: access({ linear }) });
    const ask = async (query: string, variables: unknown = {}) => {
      const response = await fetch(apiUrl, {
        method: 'POST',
        headers: { authorization: 'lin_test_admin', 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return ((await response.json()) as { data: never }).data as Record<string, never>;
    };
    const { teams } = (await ask('{teams{nodes{id key states{nodes{id type}}}}}')) as unknown as {
      teams: { nodes: { id: string; key: string; states: { nodes: { id: string; type: string }[] } }[] };
    };
    const team = teams.nodes.find((one) => one.key === 'ENG');
    const stateOf = (type: string) => team?.states.nodes.find((one) => one.type === type)?.id;
    if (isHeard)
      await ask('mutation($i:WebhookCreateInput!){webhookCreate(input:$i){success}}', {
        i: {
          url: `http://127.0.0.1:${world.baton.port}/hooks/linear`,
          ...{ secret: SECRETS.linear, resourceTypes: ['Issue'], allPublicTeams: true },
        },
      });
    const { issueCreate } = (await ask(
      'mutation($i:IssueCreateInput!){issueCreate(input:$i){issue{id identifier}}}',
      { i: { teamId: team?.id, title: 'Export drops rows' } },
    )) as unknown as { issueCreate: { issue: { id: string; identifier: string } } };
    const { id, identifier } = issueCreate.issue;
    await link(`https://linear.app/acme/issue/${identifier}`);
    const move = (type: string) =>
      ask('mutation($id:String!,$i:IssueUpdateInput!){issueUpdate(id:$id,input:$i){success}}', {
        ...{ id, i: { stateId: stateOf(type) } },
      });
    return move;
  }

  it('Linear: started, completed (its state asked by id), said to be live, told, closed', async () => {
    const move = await linearWorld();
    await move('started');
    await becomes('in_progress');
    await move('completed');
    await becomes('merged');
    expect(await countOf(world.store, 'followups')).toBe(0);
    await world.slack.command('eli', 'triage', '/baton', 'fix live B-1');
    await becomes('live');
    await tellEverybody();
  });

  it('Linear: what nobody heard is asked for every half hour', async () => {
    const move = await linearWorld(false);
    await move('completed');
    await world.settle();
    expect(await stateIs('merged')).toBe(false);
    vi.setSystemTime(TUESDAY_9 + HALF_HOUR_MS);
    await world.travel(HALF_HOUR_MS);
    await becomes('merged');
    await world.travel(3 * HALF_HOUR_MS);
    expect(await eventsOf(world.store, 'fix.merged')).toHaveLength(1);
  });
});
