import { channelsOf } from './accounts/store.js';
import { onSignal, onSignalCleared } from './alerts/jobs.js';
import { alertById, endAlert, openAlertOf } from './alerts/store.js';
import { carryFix, issuesOfFix } from './fixes/store.js';
import { endWatch, onFollowupDelivered, watchIssues } from './followups/jobs.js';
import { followupById } from './followups/store.js';
import { onCallDelivered } from './issues/jobs/escalation.js';
import { onFlagDelivered } from './issues/jobs/flag.js';
import { onPromiseAsked } from './issues/jobs/promise.js';
import { issueById } from './issues/store/read.js';
import { tellOwner } from './issues/tell-owner.js';
import { logAtOnce, moveWhatWasSaid, showLines } from './loop/capture.js';
import { oweLateNews, oweTheNews } from './loop/news.js';
import {
  showCall,
  showCallsOfIssue,
  showFlag,
  showFollowupsOfAccount,
  tellFlagSender,
  tellFlagWatchers,
} from './loop/requests.js';
import { personById, personBySlackId } from './people/store.js';
import { placeCard, touchCards } from './queue/cards.js';
import { setting } from './settings/store.js';
import { evaluateSoon } from './signals/jobs.js';
import type { EventKind, LoggedEvent } from './store/log.js';
import type { Tx } from './store/transact.js';

type EventOf<K extends EventKind> = Extract<LoggedEvent, { kind: K }>;
type Follower<K extends EventKind> = (tx: Tx, event: EventOf<K>) => Promise<void>;

/**
 * The product on one screen: what happened, and what follows from it in later rooms, in the same transaction.
 * Every kind of event stands here, also one that nothing follows from.
 */
const LOOP: { [K in EventKind]: readonly Follower<K>[] } = {
  'channel.moved': [moveWhatWasSaid],
  'contact.opened': [logAtOnce, lookAtAccount, showIssue],
  'contact.joined': [logAtOnce, showIssue],
  'contact.replied': [],
  'contact.seen': [],
  'contact.waited': [],
  'contact.dismissed': [],
  'message.edited': [showIssue, showLines],
  'message.deleted': [showIssue, showLines, showAlertOfAccount, showFollowupsOfAccount],
  'issue.opened': [placeIssue],
  'issue.source_added': [showIssue],
  'issue.source_removed': [showIssue],
  'issue.taken': [showIssue, tellFlagWatchers],
  'issue.given': [showIssue, tellFlagWatchers, tellNewOwner],
  'issue.waiting': [showIssue, tellFlagWatchers],
  'issue.resumed': [showIssue, tellFlagWatchers],
  'issue.resolved': [showIssue, tellFlagWatchers, showCallsOfIssue, lookAtAccount, showAlertOfAccount],
  'issue.reopened': [
    showIssue,
    tellFlagWatchers,
    showCallsOfIssue,
    stopWatching,
    lookAtAccount,
    showAlertOfAccount,
    tellOwnerAgain,
  ],
  'issue.closed': [showIssue, tellFlagWatchers, showCallsOfIssue, lookAtAccount, showAlertOfAccount],
  'issue.changed': [showIssue, showAlertOfAccount],
  'issue.folded': [showIssue, bringFixAlong, showAlertOfAccount],
  'issue.absorbed': [showIssue, showCallsOfIssue, lookAtAccount],
  'loop.closed': [showIssue, tellFlagWatchers],
  'escalation.opened': [showIssue, lookAtAccount],
  'escalation.answered': [showIssue, showCall],
  'escalation.climbed': [showIssue, showCall],
  'escalation.taken_back': [showIssue, showCall, lookAtAccount],
  'flag.offered': [showFlag],
  'flag.accepted': [showFlag, tellFlagSender],
  'flag.returned': [showFlag, tellFlagSender],
  'flag.declined': [showFlag, tellFlagSender],
  'flag.climbed': [showFlag],
  'promise.noted': [showIssue, showFollowupsOfAccount],
  'promise.kept': [showIssue, showFollowupsOfAccount],
  'promise.broken': [showIssue, showFollowupsOfAccount],
  'fix.linked': [showIssue, oweLateNews],
  'fix.carried': [showIssue],
  'fix.live': [oweTheNews],
  'followup.opened': [deliverFollowup, showFollowup],
  'followup.told': [showFollowup, watchAfterTold, endClaimedAlert],
  'followup.nudged': [],
  'signal.fired': [raiseAlert],
  'signal.changed': [showAlert],
  'signal.cleared': [settleAlert, showAlert],
  'alert.opened': [],
  'alert.grew': [showAlert],
  'alert.claimed': [showAlert],
  'alert.ended': [showAlert],
  'digest.sent': [],
};

/** Does what follows from an event. */
export async function follow(tx: Tx, event: LoggedEvent): Promise<void> {
  for (const follower of LOOP[event.kind] as readonly Follower<EventKind>[]) await follower(tx, event);
}

/** What starts when a message was delivered: `followup:7` starts the follow-up's reminder. */
export async function delivered(tx: Tx, what: string, at: number): Promise<void> {
  const [kind, id] = what.split(':');
  if (kind === 'followup') await onFollowupDelivered(tx, Number(id), at);
  if (kind === 'escalation') await onCallDelivered(tx, Number(id), at);
  if (kind === 'flag') await onFlagDelivered(tx, Number(id), at);
  if (kind === 'promise') await onPromiseAsked(tx, Number(id), at);
}

async function lookAtAccount(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.accountId != null) await evaluateSoon(tx, event.accountId, event.at);
}

async function showIssue(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.issueId != null) await touchCards(tx, 'issue', event.issueId, event.at);
}

/** An issue's card lives in the triage channel and in the account's internal channels, one each. */
async function placeIssue(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.issueId == null || event.accountId == null) return;
  const triage = await setting(tx, 'triageChannel');
  const internal = await channelsOf(tx, event.accountId, 'internal');
  const targets = [...(triage ? [triage] : []), ...internal.map((channel) => channel.channel)];
  for (const target of new Set(targets)) {
    await placeCard(
      tx,
      {
        kind: 'issue',
        subjectId: event.issueId,
        target,
        accounts: [event.accountId],
        fallbackUserId: event.actor ?? null,
      },
      event.at,
    );
  }
  await showAlertOfAccount(tx, event);
}

async function showAlertOfAccount(tx: Tx, event: LoggedEvent): Promise<void> {
  const alert = event.accountId == null ? undefined : await openAlertOf(tx, event.accountId);
  if (alert) await touchCards(tx, 'alert', alert.id, event.at);
}

async function showAlert(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId != null) await touchCards(tx, 'alert', event.alertId, event.at);
}

async function raiseAlert(tx: Tx, event: EventOf<'signal.fired'>): Promise<void> {
  const { signalId, severity } = event.data;
  await onSignal(tx, { accountId: event.accountId ?? 0, signalId, severity }, event.at);
}

async function settleAlert(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.accountId != null) await onSignalCleared(tx, event.accountId, event.at);
}

async function tellNewOwner(tx: Tx, event: EventOf<'issue.given'>): Promise<void> {
  await tellOwner(tx, event, 'given');
}

async function tellOwnerAgain(tx: Tx, event: EventOf<'issue.reopened'>): Promise<void> {
  await tellOwner(tx, event, 'reopened');
}

async function stopWatching(tx: Tx, event: EventOf<'issue.reopened'>): Promise<void> {
  if (event.issueId != null) await endWatch(tx, event.issueId);
}

/** What was to be told about the folded issue is to be told about the one that goes on for it. */
async function bringFixAlong(tx: Tx, event: EventOf<'issue.folded'>): Promise<void> {
  const from = event.issueId == null ? undefined : await issueById(tx, event.issueId);
  const into = await issueById(tx, event.data.intoId);
  if (from && into) await carryFix(tx, from, into, event.at);
}

/** One direct message to whoever owes the customer the word; its clock starts when it is delivered. */
async function deliverFollowup(tx: Tx, event: LoggedEvent): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  const owner = followup && (await personById(tx, followup.ownerId));
  if (!followup || !owner) return;
  await placeCard(
    tx,
    {
      kind: 'followup',
      subjectId: followup.id,
      target: owner.slackId,
      accounts: [followup.accountId],
      onDelivered: `followup:${followup.id}`,
    },
    event.at,
  );
}

/** A follow-up shows in its own messages, on the issues it is about and on its alert. */
async function showFollowup(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.followupId == null) return;
  for (const kind of ['followup', 'nudge']) await touchCards(tx, kind, event.followupId, event.at);
  if (event.alertId != null) await touchCards(tx, 'alert', event.alertId, event.at);
  if (event.fixId == null) return;
  for (const issue of await issuesOfFix(tx, event.fixId)) {
    if (issue.accountId === event.accountId) await touchCards(tx, 'issue', issue.id, event.at);
  }
}

async function watchAfterTold(tx: Tx, event: EventOf<'followup.told'>): Promise<void> {
  if (event.fixId != null && event.accountId != null)
    await watchIssues(tx, event.fixId, event.accountId, event.at);
}

/** A claimed alert ends by its follow-up. */
async function endClaimedAlert(tx: Tx, event: EventOf<'followup.told'>): Promise<void> {
  const alert = event.alertId == null ? undefined : await alertById(tx, event.alertId);
  const by = event.actor ? await personBySlackId(tx, event.actor) : undefined;
  if (alert)
    await endAlert(tx, alert, {
      by: by ?? null,
      reason: `followed up${by ? ` by ${by.name}` : ''}`,
      now: event.at,
      source: event.source,
    });
}
