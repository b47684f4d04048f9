import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { onEveryDatabase, onRealPostgres } from '../support/databases.js';
import { access, sendHook } from '../support/hooks.js';
import { countOf, eventsOf, rowsOf } from '../support/rows.js';

const REPOSITORY = { full_name: 'acme/app', html_url: 'https://github.com/acme/app' };
const at = (world: World, plusS = 0) =>
  new Date(world.clock.business.now() + plusS * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

const issueClosed = (world: World, number = 12, more: Record<string, unknown> = {}) => ({
  action: 'closed',
  repository: REPOSITORY,
  issue: {
    number,
    title: 'Export drops rows',
    body: 'rows are gone',
    state: 'closed',
    state_reason: 'completed',
    html_url: `https://github.com/acme/app/issues/${number}`,
    updated_at: at(world),
    ...more,
  },
});

const linearIssue = (world: World, type: string, more: Record<string, unknown> = {}) => ({
  action: 'update',
  type: 'Issue',
  webhookTimestamp: world.clock.machine.now(),
  data: {
    identifier: 'ENG-311',
    title: 'Export drops rows',
    url: 'https://linear.app/acme/issue/ENG-311/export-drops-rows',
    state: { type, name: 'Done' },
    updatedAt: at(world),
  },
  ...more,
});

onEveryDatabase('webhooks of trackers', (database) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld(database, { trackers: access() });
    const { slack } = world;
    for (const [number, url] of [
      ['1', 'https://github.com/acme/app/issues/12'],
      ['2', 'https://linear.app/acme/issue/ENG-311'],
      ['3', 'https://acme.atlassian.net/browse/EXP-7'],
    ]) {
      await slack.command('priya', 'acme-internal', '/issue', `log Export drops rows ${number}`);
      await slack.command('priya', 'triage', '/issue', `link B-${number} ${url}`);
    }
  });
  afterEach(() => world.stop());

  const send = (...args: Parameters<typeof sendHook> extends [number, ...infer Rest] ? Rest : never) =>
    sendHook(world.baton.port, ...args);
  const state = async (id: number) => (await rowsOf(world.store, 'fixes'))[id - 1]?.state;
  const stored = async () =>
    (await rowsOf(world.store, 'inbox')).filter((row) => row.kind.startsWith('hook.')).length;

  it('says that a fix is merged, and nobody hears of it; the same delivery again has no effect', async () => {
    const body = issueClosed(world);
    for (const again of [1, 2, 3]) {
      expect(await send('github', body, { event: 'issues', id: 'one' }), String(again)).toMatchObject({
        status: 202,
      });
    }
    await world.settle();
    expect(await stored()).toBe(1);
    expect(await state(1)).toBe('merged');
    expect(await eventsOf(world.store, 'fix.merged')).toHaveLength(1);
    expect(await countOf(world.store, 'followups')).toBe(0);
  });

  it('an old event under a new delivery id changes nothing any more', async () => {
    const open = { ...issueClosed(world, 12, { state: 'open', state_reason: null }), action: 'opened' };
    const closed = issueClosed(world, 12, { updated_at: at(world, 60) });
    await send('github', closed, { event: 'issues' });
    await send('github', open, { event: 'issues' });
    await world.settle();
    expect(await state(1)).toBe('merged');
    expect(await eventsOf(world.store, 'fix.planned')).toEqual([]);
  });

  it('refuses with the right status, keeps nothing, and shows no trace of where it failed', async () => {
    const body = issueClosed(world);
    const good = { event: 'issues' };
    const stale = linearIssue(world, 'completed', {
      webhookTimestamp: world.clock.machine.now() - 6 * 60_000,
    });
    const answers = [
      [401, await send('github', body, { ...good, secret: 'another secret' })],
      [401, await send('github', body, { ...good, without: ['x-hub-signature-256'] })],
      [401, await send('linear', stale, { event: 'Issue' })],
      [
        401,
        await send('linear', linearIssue(world, 'completed', { webhookTimestamp: undefined }), {
          event: 'Issue',
        }),
      ],
      [401, await send('jira', { timestamp: world.clock.machine.now() - 2 * 3_600_000, webhookEvent: 'x' })],
      [400, await send('github', 'no json at all', good)],
      [400, await send('github', '[1, 2]', good)],
      [400, await send('github', { action: 'closed', repository: REPOSITORY, issue: { number: 'x' } }, good)],
      [400, await send('github', body, { ...good, without: ['x-github-delivery'] })],
      [413, await send('github', { ...body, padding: 'x'.repeat(300_000) }, good)],
      [415, await send('github', body, { ...good, type: 'text/plain' })],
      [
        404,
        await sendHook(world.baton.port, 'github', body, good)
          .then(() => world.baton)
          .then(async () => {
            const response = await fetch(`http://127.0.0.1:${world.baton.port}/hooks/gitlab`, {
              method: 'POST',
            });
            return { status: response.status, said: { text: await response.text() } };
          }),
      ],
    ] as const;
    for (const [status, answer] of answers) {
      expect(answer.status, JSON.stringify(answer.said)).toBe(status);
      expect(JSON.stringify(answer.said)).not.toMatch(/\bat \w|node_modules|\.ts:|ZodError/);
    }
    // The one that was sent rightly on the way to the unknown path.
    expect(await stored()).toBe(1);
  });

  it('takes what it does not use with a word why, and keeps nothing of it', async () => {
    const push = { ref: 'refs/heads/main', repository: REPOSITORY };
    expect(await send('github', push, { event: 'push' })).toMatchObject({
      status: 200,
      said: { ignored: 'Baton does not use the event push' },
    });
    expect(await send('github', { zen: 'hello' }, { event: 'ping' })).toMatchObject({ status: 200 });
    expect(await stored()).toBe(0);
  });

  it('an issue of a repository that nobody linked changes nothing', async () => {
    const foreign = issueClosed(world, 99);
    expect(await send('github', foreign, { event: 'issues' })).toMatchObject({ status: 202 });
    await world.settle();
    expect((await rowsOf(world.store, 'fixes')).map((fix) => fix.state)).toEqual([
      'planned',
      'planned',
      'planned',
    ]);
    expect((await rowsOf(world.store, 'inbox')).filter((row) => row.state === 'parked')).toEqual([]);
  });

  it('takes the form that GitHub sends unless told otherwise', async () => {
    const form = new URLSearchParams({ payload: JSON.stringify(issueClosed(world)) }).toString();
    const type = 'application/x-www-form-urlencoded';
    expect(await send('github', form, { event: 'issues', type })).toMatchObject({ status: 202 });
    await world.settle();
    expect(await state(1)).toBe('merged');
  });

  it('Linear: started, completed; an edit of what is completed says nothing new', async () => {
    await send('linear', linearIssue(world, 'started'), { event: 'Issue' });
    await world.settle();
    expect(await state(2)).toBe('in_progress');
    await send('linear', linearIssue(world, 'completed'), { event: 'Issue' });
    await send('linear', linearIssue(world, 'completed', { url: 'edited' }), { event: 'Issue' });
    await world.settle();
    expect(await state(2)).toBe('merged');
    expect(await eventsOf(world.store, 'fix.merged')).toHaveLength(1);
  });

  it('Linear: an issue that moved to another team is still the same', async () => {
    const url = 'https://linear.app/acme/issue/OPS-7/export-drops-rows';
    const { data, ...event } = linearIssue(world, 'completed');
    const moved = { ...data, identifier: 'OPS-7', url, previousIdentifiers: ['ENG-311'] };
    await send('linear', { ...event, data: moved }, { event: 'Issue' });
    await world.settle();
    expect(await state(2)).toBe('merged');
  });

  it('Linear: canceled is asked, not done', async () => {
    await send('linear', linearIssue(world, 'canceled'), { event: 'Issue' });
    await world.settle();
    expect(await state(2)).toBe('planned');
    expect(await eventsOf(world.store, 'fix.called_off')).toHaveLength(1);
    expect(await countOf(world.store, 'followups')).toBe(0);
  });

  const jiraIssue = (category: string, more: Record<string, unknown> = {}) => ({
    timestamp: world.clock.machine.now(),
    webhookEvent: 'jira:issue_updated',
    issue: {
      key: 'EXP-7',
      self: 'https://acme.atlassian.net/rest/api/2/issue/10002',
      fields: {
        summary: 'Export drops rows',
        status: { name: 'Any', statusCategory: { key: category } },
        resolution: null,
        fixVersions: [{ id: '10100', name: '4.12', released: false }],
        ...more,
      },
    },
  });

  it('Jira: done is merged, its version released is live, and the account is owed a word', async () => {
    await send('jira', jiraIssue('indeterminate'));
    await send('jira', jiraIssue('done'));
    await world.settle();
    expect(await state(3)).toBe('merged');
    expect(await countOf(world.store, 'followups')).toBe(0);
    const released = {
      timestamp: world.clock.machine.now(),
      webhookEvent: 'jira:version_released',
      version: { id: 10100, name: '4.12', self: 'https://acme.atlassian.net/rest/api/2/version/10100' },
    };
    await send('jira', released);
    await world.settle();
    expect((await rowsOf(world.store, 'fixes'))[2]).toMatchObject({ state: 'live', version: '4.12' });
    expect(await countOf(world.store, 'followups')).toBe(1);
  });

  it('a release that names it makes it live, also when it comes before the merge', async () => {
    const release = {
      action: 'published',
      repository: REPOSITORY,
      release: {
        tag_name: 'v4.12',
        name: '4.12',
        body: '- exports are whole again (#12)',
        draft: false,
        prerelease: false,
        published_at: at(world, 30),
      },
    };
    await send('github', release, { event: 'release' });
    await world.settle();
    expect(await state(1)).toBe('planned');
    await send('github', issueClosed(world), { event: 'issues' });
    await world.settle();
    expect((await rowsOf(world.store, 'fixes'))[0]).toMatchObject({ state: 'live', version: '4.12' });
    expect(await countOf(world.store, 'followups')).toBe(1);
  });

  it('live for some by a person, a release brings it to the others, and not again to one that it does not help', async () => {
    const { slack } = world;
    for (const [number, account] of [
      ['4', 'globex'],
      ['5', 'initech'],
    ]) {
      await slack.command('priya', `${account}-internal`, '/issue', 'log Export is short');
      await slack.command(
        ...(['priya', 'triage', '/issue'] as const),
        `link B-${number} https://github.com/acme/app/issues/12`,
      );
    }
    await slack.command('eli', 'triage', '/baton', 'fix live B-1 for Acme, Globex');
    await world.settle();
    const accounts = async () => (await rowsOf(world.store, 'followups')).map((one) => one.accountId);
    expect(await accounts()).toHaveLength(2);
    const [first] = await rowsOf(world.store, 'followups');
    const dm = slack.dm(world.id('sam')).id;
    const card = slack
      .messages(dm)
      .find((message) => JSON.stringify(message.blocks ?? []).includes(`"value":"${first?.id}"`));
    await slack.press('sam', dm, card?.ts ?? '', 'followup.told');
    await world.settle();
    await slack.press('sam', dm, card?.ts ?? '', 'followup.outcome:still_broken');
    await world.settle();
    const release = (tag: string, body: string, s: number) => ({
      ...{ action: 'published', repository: REPOSITORY },
      release: {
        ...{ tag_name: tag, name: tag, body, draft: false, prerelease: false },
        published_at: at(world, s),
      },
    });
    // Named before it is merged, it is with nobody yet.
    await send('github', release('4.12', 'Exports (#12)', 30), { event: 'release' });
    await world.settle();
    expect(await accounts()).toHaveLength(2);
    await send('github', issueClosed(world), { event: 'issues' });
    await send('github', release('4.13', 'Exports (#12)', 60), { event: 'release' });
    await world.settle();
    const initech = (await rowsOf(world.store, 'accounts')).find((one) => one.slug === 'initech');
    expect((await accounts()).slice(2)).toEqual([initech?.id]);
    await send('github', release('4.14', 'Exports, again (#12)', 90), { event: 'release' });
    await world.settle();
    expect(await accounts()).toHaveLength(3);
  });

  it('a production deployment of the very commit makes it live; elsewhere, failed or of another commit it does not', async () => {
    const pull = {
      action: 'closed',
      repository: REPOSITORY,
      pull_request: {
        number: 34,
        title: 'Keep every row',
        body: 'Fixes #12',
        state: 'closed',
        merged: true,
        merged_at: at(world),
        merge_commit_sha: 'a'.repeat(40),
        html_url: 'https://github.com/acme/app/pull/34',
        updated_at: at(world),
        head: { ref: 'keep-rows' },
      },
    };
    const deployed = (environment: string, outcome: string, sha: string) => ({
      action: 'created',
      repository: REPOSITORY,
      deployment: { sha, environment },
      deployment_status: { state: outcome, environment, updated_at: at(world, 60) },
    });
    await send('github', pull, { event: 'pull_request' });
    await world.settle();
    expect(await state(1)).toBe('merged');
    const sha = 'a'.repeat(40);
    for (const body of [
      deployed('staging', 'success', sha),
      deployed('production', 'failure', sha),
      deployed('production', 'success', 'b'.repeat(40)),
    ])
      await send('github', body, { event: 'deployment_status' });
    await world.settle();
    expect(await state(1)).toBe('merged');
    await send('github', deployed('production', 'success', sha), { event: 'deployment_status' });
    await world.settle();
    expect(await state(1)).toBe('live');
  });
});

onRealPostgres('webhooks of trackers, two processes', (database) => {
  it('the same delivery to both at once, again and again: one row, one effect', async () => {
    const world = await startWorld(database, { trackers: access() });
    const other = await world.another();
    await world.slack.command('priya', 'acme-internal', '/issue', 'log Export drops rows');
    await world.slack.command('priya', 'triage', '/issue', 'link B-1 https://github.com/acme/app/issues/12');
    await world.settle();
    const release = {
      ...{ action: 'published', repository: REPOSITORY },
      release: {
        ...{ tag_name: 'v4.12', name: '4.12', body: 'Keeps rows (#12)', draft: false, prerelease: false },
        published_at: at(world, 60),
      },
    };
    const both = [world.baton.port, other.port];
    for (const [body, event] of [
      [issueClosed(world), 'issues'],
      [release, 'release'],
    ] as const) {
      const sent = [...both, ...both].map((port) => sendHook(port, 'github', body, { event, id: event }));
      for (const answer of await Promise.all(sent)) expect(answer.status).toBe(202);
      await world.settle();
    }
    await world.slack.waitFor(async () => {
      await world.settle();
      return (await rowsOf(world.store, 'fixes'))[0]?.state === 'live';
    }, 'the fix to be live');
    const rows = (await rowsOf(world.store, 'inbox')).filter((row) => row.kind.startsWith('hook.'));
    expect(rows.map((row) => row.state)).toEqual(['done', 'done']);
    expect(await eventsOf(world.store, 'fix.merged')).toHaveLength(1);
    expect(await eventsOf(world.store, 'fix.live')).toHaveLength(1);
    expect(await countOf(world.store, 'followups')).toBe(1);
    await other.stop();
    await world.stop();
  });
});
