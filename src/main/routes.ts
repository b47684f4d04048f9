import { accountJobs } from '../accounts/jobs.js';
import { accountCommand } from '../accounts/listeners/command.js';
import { healthCommand } from '../accounts/listeners/health.js';
import { unmatchedCommand } from '../accounts/listeners/unmatched.js';
import { onChannelIdChanged } from '../accounts/listeners.js';
import { alertJobs } from '../alerts/jobs.js';
import { incidentCommands, incidentSurfaces } from '../alerts/listeners/incident.js';
import { alertSurfaces } from '../alerts/listeners.js';
import { showAccount } from '../cards/account/index.js';
import { accountSurfaces, openAccount } from '../cards/account/listeners.js';
import { fixCommand } from '../cards/fix-command.js';
import { fixCardSurfaces } from '../cards/fix-listeners.js';
import { issueLine } from '../cards/issue.js';
import { issueReading, readingPresses } from '../cards/listeners.js';
import { standupCommand, standupJobs } from '../cards/standup.js';
import { morningJobs } from '../digests/morning.js';
import { NO_APIS, type TrackerApis } from '../fixes/ask/index.js';
import { pollJobs } from '../fixes/jobs/poll.js';
import { questionJobs } from '../fixes/jobs/question.js';
import { unlinkedJobs } from '../fixes/jobs/unlinked.js';
import { onTrackerNews } from '../fixes/listeners/hooks.js';
import { fixSurfaces } from '../fixes/listeners/index.js';
import { onLook, onPoll } from '../fixes/listeners/look.js';
import { onMessageNamingFix } from '../fixes/listeners/offer.js';
import { followupJobs } from '../followups/jobs/index.js';
import { followupCommands, followupSurfaces } from '../followups/listeners/index.js';
import { homeJobs } from '../home/jobs.js';
import { homeSurfaces } from '../home/listeners/index.js';
import { homeRenderer } from '../home/render.js';
import { captureJobs } from '../issues/jobs/capture.js';
import { escalationJobs } from '../issues/jobs/escalation.js';
import { flagJobs } from '../issues/jobs/flag.js';
import { promiseJobs } from '../issues/jobs/promise.js';
import { serviceLevelJobs } from '../issues/jobs/service-levels.js';
import { issueSurfaces } from '../issues/listeners/index.js';
import { onMention } from '../issues/listeners/mention.js';
import { onReaction } from '../issues/listeners/reactions.js';
import { requestCommands } from '../issues/listeners/requests.js';
import { peopleCommands } from '../people/listeners/away.js';
import { onUserChange } from '../people/listeners/left.js';
import { pauseCommands } from '../people/listeners/pause.js';
import { pauseJobs } from '../people/pause.js';
import type { Person } from '../people/rules.js';
import type { DueHandler } from '../queue/due.js';
import type { Route } from '../queue/inbox.js';
import { signalJobs } from '../signals/jobs.js';
import { signalCommands, signalSurfaces } from '../signals/listeners.js';
import type { Surfaces } from '../slack/dispatch.js';
import { subcommands } from '../slack/subcommands.js';
import type { BusinessClock } from '../time/index.js';

/** Every timed thing, by the kind of its due row. */
export const JOBS: Readonly<Record<string, DueHandler>> = {
  ...accountJobs,
  ...captureJobs,
  ...escalationJobs,
  ...flagJobs,
  ...promiseJobs,
  ...signalJobs,
  ...alertJobs,
  ...questionJobs,
  ...unlinkedJobs,
  ...pollJobs,
  ...followupJobs,
  ...standupJobs,
  ...morningJobs,
  ...serviceLevelJobs,
  ...homeJobs,
  ...pauseJobs,
};

/** What stands in somebody's Home. */
export const drawHome = homeRenderer({ lineOf: issueLine });

const ALERTS = alertSurfaces(openAccount);
const ISSUES = issueSurfaces(issueReading);

/** Every command, button, shortcut and modal, and who answers it. */
export const SURFACES: Surfaces<Person> = {
  commands: {
    ...ISSUES.commands,
    '/account': accountCommand(showAccount),
    '/baton': subcommands<Person>(
      '/baton',
      {
        fix: fixCommand,
        standup: standupCommand,
        ...followupCommands,
        ...requestCommands,
        ...peopleCommands,
        ...pauseCommands,
        ...incidentCommands,
        unmatched: unmatchedCommand,
        health: healthCommand,
        ...signalCommands,
      },
      'help.see',
    ),
  },
  presses: {
    ...ISSUES.presses,
    ...readingPresses,
    ...ALERTS.presses,
    ...incidentSurfaces.presses,
    ...signalSurfaces.presses,
    ...fixSurfaces.presses,
    ...followupSurfaces.presses,
    ...homeSurfaces.presses,
    ...accountSurfaces.presses,
    'issue.open': openedLink(),
  },
  shortcuts: { ...ISSUES.shortcuts, ...accountSurfaces.shortcuts },
  submits: {
    ...ISSUES.submits,
    ...ALERTS.submits,
    ...homeSurfaces.submits,
    ...accountSurfaces.submits,
    ...fixSurfaces.submits,
    ...fixCardSurfaces.submits,
    ...followupSurfaces.submits,
    ...signalSurfaces.submits,
    ...incidentSurfaces.submits,
  },
};

/** A button that opens an address sends a press all the same; it wants nothing but its ack. */
function openedLink() {
  return { may: 'issue.see', run: async () => undefined };
}

/** Every event, and who listens. */
export function eventRoutes(clock: BusinessClock, housekeeping: Route, apis: TrackerApis = NO_APIS): Route {
  const fromTracker = (body: Record<string, unknown>) => onTrackerNews(body, clock.now, apis);
  const listeners: Record<string, (body: Record<string, unknown>) => ReturnType<Route>> = {
    message: (body) => onMessageNamingFix(body, clock),
    app_mention: (body) => onMention(body, clock),
    reaction_added: (body) => onReaction(body, clock),
    user_change: (body) => onUserChange(housekeeping('user_change', body), body, clock.now),
    channel_id_changed: (body) => onChannelIdChanged(body, clock),
    'hook.github': fromTracker,
    'hook.linear': fromTracker,
    'hook.jira': fromTracker,
    'tracker.look': (body) => onLook(body, clock.now, apis),
    'tracker.poll': (body) => onPoll(body, clock.now, apis),
  };
  return (kind, body) => listeners[kind]?.(body) ?? housekeeping(kind, body);
}
