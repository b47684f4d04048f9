import { z } from 'zod';
import { readTracker } from './address.js';
import { type Meaning, ourIssuesIn, type Reading } from './news.js';

/** What Jira says by webhook, read to what a fix needs of it. */

const Id = z.union([z.string(), z.number()]).transform(String);

const IssueEvent = z.object({
  timestamp: z.number(),
  issue: z.object({
    key: z.string().regex(/^[A-Z][A-Z0-9_]{0,19}-\d{1,9}$/),
    self: z.url(),
    fields: z.object({
      summary: z.string(),
      description: z.unknown().optional(),
      status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }) }),
      resolution: z.object({ name: z.string() }).nullish(),
      fixVersions: z.array(z.object({ id: Id, released: z.boolean().nullish() })).nullish(),
    }),
  }),
});

const VersionEvent = z.object({
  timestamp: z.number(),
  version: z.object({ id: Id, name: z.string(), self: z.url() }),
});

const ISSUE_EVENTS = ['jira:issue_created', 'jira:issue_updated'];
const STANDS: Readonly<Record<string, Meaning>> = { new: 'plan', indeterminate: 'start', done: 'merge' };
/** Resolutions that mean that it will not be mended. */
const DECLINED = /\b(won['’]?t|will not|not|cannot|declined?|rejected|duplicate|invalid|obsolete)\b/i;

/** One event of `POST /hooks/jira`. @throws ZodError when the body is not what the event looks like */
export function readJiraEvent(_event: string, body: Record<string, unknown>): Reading {
  const { webhookEvent } = z.object({ webhookEvent: z.string() }).parse(body);
  if (webhookEvent === 'jira:version_released') return readVersion(body);
  if (!ISSUE_EVENTS.includes(webhookEvent))
    return { ignore: `Baton does not use the event ${webhookEvent.slice(0, 60)}` };
  const { timestamp, issue } = IssueEvent.parse(body);
  const { fields } = issue;
  const address = readTracker(`${siteOf(issue.self)}/browse/${issue.key}`);
  const category = fields.status.statusCategory.key;
  const isDeclined = category === 'done' && DECLINED.test(fields.resolution?.name ?? '');
  const versions = fields.fixVersions ?? [];
  return {
    news: {
      kind: 'item',
      tracker: 'jira',
      key: address?.key ?? null,
      name: issue.key,
      title: fields.summary.slice(0, 300),
      url: address?.url ?? null,
      at: timestamp,
      state: isDeclined ? `done as ${fields.resolution?.name.slice(0, 60)}` : category,
      means: isDeclined ? 'decline' : Object.hasOwn(STANDS, category) ? (STANDS[category] ?? null) : null,
      versions: versions.map((version) => version.id),
      isReleased: versions.some((version) => version.released === true),
      from: typeof fields.description === 'string' ? ourIssuesIn(fields.description) : [],
    },
  };
}

function readVersion(body: Record<string, unknown>): Reading {
  const { timestamp, version } = VersionEvent.parse(body);
  return {
    news: {
      kind: 'version',
      tracker: 'jira',
      site: `jira:${siteOf(version.self)
        .replace(/^https?:\/\//, '')
        .toLowerCase()}`,
      versionId: version.id,
      version: version.name.slice(0, 60),
      at: timestamp,
    },
  };
}

/** `https://acme.atlassian.net`, with the path that Jira lives under, of an address of its API. */
function siteOf(self: string): string {
  return self.replace(/\/rest\/api\/.*$/, '').replace(/\/+$/, '');
}

/** When it happened, UTC ms; null when Jira does not say. */
export function jiraSentAt(body: Record<string, unknown>): number | null {
  return typeof body.timestamp === 'number' && Number.isFinite(body.timestamp) ? body.timestamp : null;
}
