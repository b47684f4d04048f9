import type { EntityWebhookPayloadWithIssueData } from '@linear/sdk/webhooks';
import examples from '@octokit/webhooks-examples';
import { describe, expect, it } from 'vitest';
import { readGithubEvent } from '../../../src/fixes/trackers/github.js';
import { jiraSentAt, readJiraEvent } from '../../../src/fixes/trackers/jira.js';
import { linearSentAt, readLinearEvent } from '../../../src/fixes/trackers/linear.js';
import { namesIn, ourIssuesIn, type TrackerNews } from '../../../src/fixes/trackers/news.js';

/** Payloads as GitHub sends them, by the official collection. */
const of = (event: string) =>
  (examples as unknown as { name: string; examples: Record<string, unknown>[] }[]).find(
    (one) => one.name === event,
  )?.examples ?? [];

const newsOf = (event: string, body: Record<string, unknown>): TrackerNews | undefined => {
  const reading = readGithubEvent(event, body);
  return 'news' in reading ? reading.news : undefined;
};

const REPO = { full_name: 'Acme/App', html_url: 'https://github.com/Acme/App' };
const pull = (more: Record<string, unknown>) => ({
  action: 'closed',
  repository: REPO,
  pull_request: {
    number: 34,
    title: 'Keep every row',
    body: null,
    state: 'closed',
    merged: true,
    merged_at: '2026-11-03T10:00:00Z',
    merge_commit_sha: 'abc1234',
    html_url: 'https://github.com/Acme/App/pull/34',
    updated_at: '2026-11-03T10:00:01Z',
    head: { ref: 'sam/eng-311-keep-rows' },
    ...more,
  },
});

describe('what GitHub sends', () => {
  for (const event of ['issues', 'pull_request', 'release', 'deployment_status'])
    it(`reads every ${event} of the official examples, or says why it is of no use`, () => {
      const bodies = of(event);
      expect(bodies.length).toBeGreaterThan(3);
      for (const body of bodies) {
        const reading = readGithubEvent(event, body);
        expect('news' in reading || reading.ignore.length > 0).toBe(true);
      }
      expect(bodies.some((body) => newsOf(event, body))).toBe(true);
    });

  it('an event that Baton does not use is named', () => {
    expect(readGithubEvent('star', { action: 'created' })).toEqual({
      ignore: 'Baton does not use the event star',
    });
    expect(readGithubEvent('constructor', { action: 'x' })).toMatchObject({ ignore: expect.any(String) });
  });

  it('a merged pull request says what it closes, what it speaks of and which commit it became', () => {
    const body = 'Fixes #12, closes acme/other#7 and resolves https://github.com/acme/app/issues/9. See #5.';
    expect(newsOf('pull_request', pull({ body }))).toMatchObject({
      key: 'github:acme/app#34',
      means: 'merge',
      closes: ['github:acme/app#12', 'github:acme/other#7', 'github:acme/app#9'],
      mentions: ['ENG-311'],
      commit: { repo: 'github:acme/app', sha: 'abc1234', mergedAt: Date.UTC(2026, 10, 3, 10) },
    });
  });

  it('closed without being merged is to be done again; closed as not planned is called off', () => {
    expect(newsOf('pull_request', pull({ merged: false, merged_at: null }))).toMatchObject({
      means: 'plan',
      state: 'closed unmerged',
    });
    const issue = (state_reason: string) => ({
      action: 'closed',
      repository: REPO,
      issue: {
        ...{
          number: 12,
          title: 't',
          state: 'closed',
          state_reason,
          html_url: 'https://github.com/Acme/App/issues/12',
        },
        updated_at: '2026-11-03T10:00:00Z',
      },
    });
    expect(newsOf('issues', issue('completed'))).toMatchObject({ means: 'merge' });
    expect(newsOf('issues', issue('not_planned'))).toMatchObject({ means: 'decline' });
    expect(newsOf('issues', issue('duplicate'))).toMatchObject({ means: 'decline' });
  });

  it('a draft or a prerelease is no release; a published one names what it brings', () => {
    const release = (more: Record<string, unknown>) => ({
      action: 'published',
      repository: REPO,
      release: {
        ...{ tag_name: 'v4.12', name: null, draft: false, prerelease: false },
        body: '- exports (#34), ENG-311 by @sam in https://github.com/acme/app/pull/40',
        published_at: '2026-11-03T12:00:00Z',
        ...more,
      },
    });
    expect(newsOf('release', release({ prerelease: true }))).toBeUndefined();
    expect(newsOf('release', release({ draft: true }))).toBeUndefined();
    expect(newsOf('release', release({}))).toMatchObject({
      kind: 'release',
      version: 'v4.12',
      names: ['github:acme/app#34', 'github:acme/app#40'],
      mentions: ['ENG-311'],
    });
  });

  it('a deployment is to production by its mark or its name, whatever GitHub defaults to', () => {
    const deployed = (environment: string, production_environment?: boolean) => ({
      action: 'created',
      repository: REPO,
      deployment: { sha: 'a'.repeat(40), environment, production_environment },
      deployment_status: { state: 'success', environment, updated_at: '2026-11-03T12:00:00Z' },
    });
    const isLive = (...args: Parameters<typeof deployed>) =>
      newsOf('deployment_status', deployed(...args)) !== undefined;
    for (const [name, mark] of [
      ['production', true],
      ['Production', undefined],
      // GitHub marks only what is called `production` by itself.
      ['prod', false],
      ['eu-west', true],
    ] as const)
      expect(isLive(name, mark), name).toBe(true);
    for (const [name, mark] of [
      ['staging', undefined],
      ['pre-production', false],
      ['production-preview', false],
    ] as const)
      expect(isLive(name, mark), name).toBe(false);
  });

  it('another host is another tracker', () => {
    const body = pull({});
    const elsewhere = { ...body, repository: { ...REPO, html_url: 'https://github.acme.example/Acme/App' } };
    expect(newsOf('pull_request', elsewhere)).toMatchObject({ key: 'github.acme.example:acme/app#34' });
  });
});

/** An issue as Linear's own library describes the event: the compiler holds its shape. */
const linearIssue = (
  state: { type: string; name: string },
  data: Partial<EntityWebhookPayloadWithIssueData['data']> = {},
): EntityWebhookPayloadWithIssueData => ({
  action: 'update',
  type: 'Issue',
  createdAt: new Date('2026-11-03T10:00:01Z'),
  organizationId: 'org-1',
  url: 'https://linear.app/acme/issue/ENG-311/keep-every-row',
  webhookId: 'hook-1',
  webhookTimestamp: 1_793_700_000_000,
  data: {
    id: 'issue-1',
    identifier: 'ENG-311',
    number: 311,
    title: 'Keep every row',
    description: 'Rows are gone\n\nBaton: B-42',
    url: 'https://linear.app/acme/issue/ENG-311/keep-every-row',
    createdAt: '2026-11-01T10:00:00.000Z',
    updatedAt: '2026-11-03T10:00:00.000Z',
    state: { id: 'state-1', color: '#ffffff', ...state },
    stateId: 'state-1',
    teamId: 'team-1',
    priority: 1,
    priorityLabel: 'Urgent',
    prioritySortOrder: 1,
    sortOrder: 1,
    labelIds: [],
    labels: [],
    previousIdentifiers: [],
    reactionData: {},
    releases: [],
    subscriberIds: [],
    ...data,
  },
});

describe('what Linear sends', () => {
  const newsOfIssue = (event: EntityWebhookPayloadWithIssueData) => {
    // As it comes over the wire.
    const reading = readLinearEvent('Issue', JSON.parse(JSON.stringify(event)));
    return 'news' in reading ? reading.news : undefined;
  };

  it('each type of state that Linear has means something, and another nothing', () => {
    const means = (type: string) => newsOfIssue(linearIssue({ type, name: 'Any' }));
    const expected = {
      ...{ triage: 'plan', backlog: 'plan', unstarted: 'plan', started: 'start' },
      ...{ completed: 'merge', canceled: 'decline', duplicate: 'decline', constructor: null, new: null },
    };
    for (const [type, meaning] of Object.entries(expected))
      expect(means(type), type).toMatchObject({ state: type, means: meaning });
  });

  it('an issue has the key of its address, and those that it had in another team', () => {
    const moved = linearIssue(
      { type: 'completed', name: 'Done' },
      {
        ...{ identifier: 'OPS-7', previousIdentifiers: ['ENG-311'] },
        url: 'https://linear.app/acme/issue/OPS-7/keep-every-row',
      },
    );
    expect(newsOfIssue(moved)).toMatchObject({
      ...{ key: 'linear:acme/OPS-7', formerKeys: ['linear:acme/ENG-311'], name: 'OPS-7' },
      at: Date.UTC(2026, 10, 3, 10),
    });
  });

  it('says when it was sent, names the issues of ours that it was begun for, and is used for nothing else', () => {
    const event = linearIssue({ type: 'triage', name: 'Triage' });
    expect(linearSentAt({ ...event })).toBe(1_793_700_000_000);
    expect(newsOfIssue({ ...event, action: 'create' })).toMatchObject({ from: [42] });
    expect(newsOfIssue({ ...event, action: 'remove' })).toBeUndefined();
    expect(readLinearEvent('Comment', { action: 'create' })).toHaveProperty('ignore');
  });
});

/** As Atlassian documents `jira:issue_updated`; there is no official package. */
const jiraIssue = (fields: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  timestamp: 1_793_700_000_000,
  webhookEvent: 'jira:issue_updated',
  issue_event_type_name: 'issue_generic',
  user: { self: 'https://acme.atlassian.net/rest/api/2/user?accountId=1', displayName: 'Eli' },
  issue: {
    id: '10002',
    self: 'https://acme.atlassian.net/rest/api/2/issue/10002',
    key: 'EXP-7',
    fields: {
      summary: 'Export drops rows',
      description: null,
      status: { name: 'Done', statusCategory: { id: 3, key: 'done', name: 'Done' } },
      resolution: null,
      fixVersions: [],
      ...fields,
    },
  },
  changelog: { id: '1', items: [{ field: 'status', fromString: 'To Do', toString: 'Done' }] },
  ...more,
});

describe('what Jira sends', () => {
  const newsOfJira = (body: Record<string, unknown>) => {
    const reading = readJiraEvent('', body);
    return 'news' in reading ? reading.news : reading;
  };
  const status = (key: string) => ({ status: { name: 'Any', statusCategory: { key } } });

  it('goes by the category of a status, whatever it is called; undefined means nothing', () => {
    const expected = {
      new: 'plan',
      indeterminate: 'start',
      done: 'merge',
      undefined: null,
      constructor: null,
    };
    for (const [key, means] of Object.entries(expected))
      expect(newsOfJira(jiraIssue(status(key))), key).toMatchObject({ state: key, means });
    expect(newsOfJira(jiraIssue({}))).toMatchObject({
      ...{ key: 'jira:acme.atlassian.net/EXP-7', name: 'EXP-7', at: 1_793_700_000_000 },
      url: 'https://acme.atlassian.net/browse/EXP-7',
    });
  });

  it('done as what will not be mended is called off; done as mended is not', () => {
    for (const name of ["Won't Do", 'Won’t fix', 'Cannot Reproduce', 'Duplicate', 'Declined'])
      expect(newsOfJira(jiraIssue({ resolution: { name } })), name).toMatchObject({ means: 'decline' });
    for (const name of ['Done', 'Fixed', 'Resolved'])
      expect(newsOfJira(jiraIssue({ resolution: { name } })), name).toMatchObject({ means: 'merge' });
  });

  it('knows the versions that it is planned for, also of a Jira that lives under a path', () => {
    const fixVersions = [
      { id: '10100', name: '4.12', released: true },
      { id: 10101, name: '4.13', released: false },
    ];
    expect(newsOfJira(jiraIssue({ fixVersions }))).toMatchObject({
      versions: ['10100', '10101'],
      isReleased: true,
    });
    const self = 'https://jira.acme.com/tracker/rest/api/2/version/10100';
    const released = {
      timestamp: 5,
      webhookEvent: 'jira:version_released',
      version: { id: 10100, name: '4.12', self },
    };
    expect(newsOfJira(released)).toMatchObject({
      site: 'jira:jira.acme.com/tracker',
      versionId: '10100',
      at: 5,
    });
  });

  it('says when it happened, and is used for nothing else', () => {
    expect(jiraSentAt(jiraIssue({}))).toBe(1_793_700_000_000);
    expect(jiraSentAt({ timestamp: 'now' })).toBeNull();
    for (const webhookEvent of ['jira:issue_deleted', 'comment_created', 'jira:version_unreleased'])
      expect(newsOfJira(jiraIssue({}, { webhookEvent }))).toHaveProperty('ignore');
    expect(() => readJiraEvent('', { webhookEvent: 'jira:issue_updated', timestamp: 1 })).toThrow();
  });
});

describe('names in a text', () => {
  it('are found once each, and nothing that only looks like one', () => {
    expect(namesIn('ENG-311, ENG-311 and eng-5; UTF-8 is one, A1-2 too')).toEqual([
      'ENG-311',
      'UTF-8',
      'A1-2',
    ]);
    expect(ourIssuesIn('Baton: B-42 and B-7; Baton:B-9')).toEqual([42, 9]);
  });
});
