import type { TrackerAccess } from '../fixes/ask/index.js';
import { readGithubEvent } from '../fixes/trackers/github.js';
import { jiraSentAt, readJiraEvent } from '../fixes/trackers/jira.js';
import { linearSentAt, readLinearEvent } from '../fixes/trackers/linear.js';
import type { Reading } from '../fixes/trackers/news.js';
import { type HookReading, type HookSource, hookRoutes } from '../http/hooks.js';
import type { HttpHandler } from '../http/server.js';
import type { Intake } from '../queue/intake.js';

/** Linear sends at once and stamps every sending; its own library refuses after a minute, we allow for clocks. */
const LINEAR_MAX_AGE_MS = 5 * 60_000;
/** Jira stamps the event, and may send it half an hour later. */
const JIRA_MAX_AGE_MS = 60 * 60_000;

/** `POST /hooks/github`, `/hooks/linear` and `/hooks/jira`, for the trackers that a secret was set for. */
export function trackerHooks(
  access: TrackerAccess | undefined,
  intake: Intake,
  now: () => number,
  count: (what: string) => void,
): Record<string, HttpHandler> {
  const put = (delivery: Parameters<Intake['put']>[0]) => intake.put(delivery);
  return hookRoutes(access ? sourcesOf(access) : [], { put, now, count });
}

function sourcesOf(access: TrackerAccess): HookSource[] {
  const sources: HookSource[] = [];
  const hub = { header: 'x-hub-signature-256', prefix: 'sha256=' };
  if (access.github.secret)
    sources.push({
      ...{ name: 'github', secret: access.github.secret, signature: hub },
      ...{ idHeader: 'x-github-delivery', eventHeader: 'x-github-event' },
      read: (event, body) => kept(readGithubEvent(event, body)),
    });
  if (access.linear.secret)
    sources.push({
      ...{ name: 'linear', secret: access.linear.secret },
      signature: { header: 'linear-signature', prefix: '' },
      ...{ idHeader: 'linear-delivery', eventHeader: 'linear-event' },
      freshness: { sentAt: linearSentAt, maxAgeMs: LINEAR_MAX_AGE_MS },
      read: (event, body) => kept(readLinearEvent(event, body)),
    });
  if (access.jira.secret)
    sources.push({
      ...{ name: 'jira', secret: access.jira.secret },
      signature: { header: 'x-hub-signature', prefix: 'sha256=' },
      idHeader: 'x-atlassian-webhook-identifier',
      freshness: { sentAt: jiraSentAt, maxAgeMs: JIRA_MAX_AGE_MS },
      read: (event, body) => kept(readJiraEvent(event, body)),
    });
  return sources;
}

function kept(reading: Reading): HookReading {
  return 'news' in reading ? { keep: { news: reading.news } } : reading;
}
