import { onChannelIdChanged } from '../accounts/listeners.js';
import { alertJobs } from '../alerts/jobs.js';
import { alertSurfaces } from '../alerts/listeners.js';
import { fixCommand, issueReading, readingPresses } from '../cards/listeners.js';
import { digestJobs } from '../digests/jobs.js';
import { fixSurfaces } from '../fixes/listeners.js';
import { followupJobs } from '../followups/jobs.js';
import { followupSurfaces } from '../followups/listeners.js';
import { captureJobs } from '../issues/jobs/capture.js';
import { escalationJobs } from '../issues/jobs/escalation.js';
import { flagJobs } from '../issues/jobs/flag.js';
import { promiseJobs } from '../issues/jobs/promise.js';
import { onMessage } from '../issues/listeners/incoming.js';
import { issueSurfaces } from '../issues/listeners/index.js';
import { onMention } from '../issues/listeners/mention.js';
import { onReaction } from '../issues/listeners/reactions.js';
import { requestCommands } from '../issues/listeners/requests.js';
import type { Person } from '../people/rules.js';
import type { DueHandler } from '../queue/due.js';
import type { Route } from '../queue/inbox.js';
import { signalJobs } from '../signals/jobs.js';
import type { Surfaces } from '../slack/dispatch.js';
import { subcommands } from '../slack/subcommands.js';
import type { BusinessClock } from '../time/index.js';

/** Every timed thing, by the kind of its due row. */
export const JOBS: Readonly<Record<string, DueHandler>> = {
  ...captureJobs,
  ...escalationJobs,
  ...flagJobs,
  ...promiseJobs,
  ...signalJobs,
  ...alertJobs,
  ...followupJobs,
  ...digestJobs,
};

const ISSUES = issueSurfaces(issueReading);

/** Every command, button, shortcut and modal, and who answers it. */
export const SURFACES: Surfaces<Person> = {
  commands: {
    ...ISSUES.commands,
    '/baton': subcommands<Person>('/baton', { fix: fixCommand, ...requestCommands }, 'help.see'),
  },
  presses: {
    ...ISSUES.presses,
    ...readingPresses,
    ...alertSurfaces.presses,
    ...followupSurfaces.presses,
    'issue.open': openedLink(),
  },
  shortcuts: ISSUES.shortcuts,
  submits: { ...ISSUES.submits, ...fixSurfaces.submits },
};

/** A button that opens an address sends a press all the same; it wants nothing but its ack. */
function openedLink() {
  return { may: 'issue.see', run: async () => undefined };
}

/** Every event, and who listens. */
export function eventRoutes(clock: BusinessClock, housekeeping: Route): Route {
  const listeners: Record<string, (body: Record<string, unknown>) => ReturnType<Route>> = {
    message: (body) => onMessage(body, clock),
    app_mention: (body) => onMention(body, clock),
    reaction_added: (body) => onReaction(body, clock),
    channel_id_changed: (body) => onChannelIdChanged(body, clock),
  };
  return (kind, body) => listeners[kind]?.(body) ?? housekeeping(kind, body);
}
