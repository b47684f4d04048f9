import { channelsOf } from './accounts/store.js';
import { collectContact } from './alerts/collect.js';
import { touchAlert } from './alerts/post.js';
import { openAlertOf } from './alerts/store.js';
import { watchItem } from './fixes/jobs/poll.js';
import { endQuestion, planDeclineQuestion, planLiveQuestion } from './fixes/jobs/question.js';
import { planUnlinked } from './fixes/jobs/unlinked.js';
import { rescheduleLevels, scheduleLevels } from './issues/jobs/service-levels.js';
import { tellOwner } from './issues/tell-owner.js';
import { ACCOUNT_LOOP } from './loop/accounts.js';
import { logAtOnce, moveWhatWasSaid, showAgain, showLines } from './loop/capture.js';
import { moveWithFollowup, noteProgress, sleepWithFollowup, watchClaim } from './loop/claims.js';
import {
  askToLink,
  bringFixAlong,
  comeBackFor,
  placeFix,
  settleOffer,
  showFix,
  showFixCard,
  waitAgain,
} from './loop/fixes.js';
import {
  endClaimedAlert,
  handOver,
  handOverAll,
  planAnew,
  showFollowup,
  showFollowupsOfAccount,
  showOffer,
  showToOwner,
  stopWatching,
  tellWhoHadIt,
  watchAfterTold,
} from './loop/followups.js';
import { INCIDENT_LOOP } from './loop/incidents.js';
import { moveMornings, moveTheirMorning } from './loop/morning.js';
import { oweLateNews, oweTheNews, oweTheRefusal } from './loop/news.js';
import { offerProof } from './loop/proof.js';
import { showCall, showCallsOfIssue, showFlag, tellFlagSender, tellFlagWatchers } from './loop/requests.js';
import {
  oweForEscalation,
  oweForPromise,
  oweForRating,
  sayItBroke,
  withdrawNews,
  withdrawRefusal,
} from './loop/restore.js';
import {
  growAlert,
  growIfMore,
  lookAtAccount,
  lookAtTeam,
  lookAtWords,
  quietAlert,
  raiseAlert,
  raiseFired,
  settleAlert,
} from './loop/signals.js';
import { endAlertHeardOf, joinStory, nameStory, takeOver } from './loop/stories.js';
import { completeTheTelling, logTheTelling } from './loop/told.js';
import { placeCard, touchCards } from './queue/cards.js';
import { setting } from './settings/store.js';
import type { EventKind, LoggedEvent } from './store/log.js';
import type { Tx } from './store/transact.js';

type EventOf<K extends EventKind> = Extract<LoggedEvent, { kind: K }>;
type Follower<K extends EventKind> = (tx: Tx, event: EventOf<K>) => Promise<void>;

/**
 * The product on one screen: what happened, and what follows from it in later rooms, in the same transaction.
 * Every kind of event stands here, also one that nothing follows from.
 */
const LOOP: { [K in EventKind]: readonly Follower<K>[] } = {
  ...ACCOUNT_LOOP,
  'channel.moved': [moveWhatWasSaid],
  'person.away': [handOver, moveTheirMorning],
  'person.back': [moveTheirMorning],
  'person.left': [handOverAll],
  'person.returned': [moveTheirMorning],
  'hours.changed': [moveMornings, countAnew],
  'touch.logged': [noteProgress, showAlertOfAccount],
  'contact.opened': [collectContact, logAtOnce, lookAtWords, lookAtAccount, lookAtTeam, showIssue],
  'contact.joined': [collectContact, logAtOnce, lookAtWords, lookAtAccount, showIssue],
  'contact.replied': [showIssue, lookAtAccount],
  'contact.answered': [showIssue],
  'level.warned': [],
  'level.missed': [],
  'contact.seen': [lookAtAccount],
  'contact.waited': [lookAtAccount],
  'contact.dismissed': [lookAtAccount],
  'message.sent': [offerProof, noteProgress, lookAtAccount],
  'message.edited': [showIssue, showCallsOfIssue, showLines, lookAtWords, showAlertOfAccount],
  'words.matched': [lookAtAccount],
  'message.deleted': [
    showIssue,
    showCallsOfIssue,
    showLines,
    lookAtWords,
    lookAtAccount,
    showAlertOfAccount,
    showFollowupsOfAccount,
  ],
  'issue.opened': [placeIssue, lookAtAccount, lookAtTeam],
  'issue.source_added': [showIssue, lookAtAccount],
  'issue.source_removed': [showIssue, lookAtAccount],
  'issue.taken': [showIssue, tellFlagWatchers],
  'issue.given': [showIssue, tellFlagWatchers, tellNewOwner],
  'issue.waiting': [showIssue, tellFlagWatchers, lookAtAccount],
  'issue.resumed': [showIssue, tellFlagWatchers, lookAtAccount, showAgain],
  'issue.resolved': [
    showIssue,
    tellFlagWatchers,
    showCallsOfIssue,
    oweForEscalation,
    lookAtAccount,
    showAlertOfAccount,
  ],
  'issue.reopened': [
    showIssue,
    tellFlagWatchers,
    showCallsOfIssue,
    stopWatching,
    withdrawNews,
    lookAtAccount,
    showAlertOfAccount,
    tellOwnerAgain,
    showAgain,
    planUnlinked,
  ],
  'issue.closed': [showIssue, tellFlagWatchers, showCallsOfIssue, lookAtAccount, showAlertOfAccount],
  'issue.changed': [showIssue, showCallsOfIssue, lookAtAccount, showAlertOfAccount],
  'issue.folded': [showIssue, bringFixAlong, showAlertOfAccount],
  'issue.absorbed': [showIssue, showCallsOfIssue, lookAtAccount],
  'rating.received': [oweForRating, lookAtAccount],
  'loop.closed': [showIssue, tellFlagWatchers],
  'escalation.opened': [showIssue, lookAtAccount, planUnlinked],
  'escalation.answered': [showIssue, showCall],
  'escalation.climbed': [showIssue, showCall],
  'escalation.taken_back': [showIssue, showCall, lookAtAccount],
  'flag.offered': [showFlag, lookAtAccount],
  'flag.accepted': [showFlag, tellFlagSender],
  'flag.returned': [showFlag, tellFlagSender],
  'flag.declined': [showFlag, tellFlagSender],
  'flag.climbed': [showFlag],
  'promise.noted': [showIssue, showFollowupsOfAccount, lookAtAccount],
  'promise.kept': [showIssue, showFollowupsOfAccount, lookAtAccount],
  'promise.broken': [showIssue, oweForPromise, showFollowupsOfAccount, lookAtAccount],
  'fix.linked': [showIssue, oweLateNews, watchItem, showFixCard, settleOffer],
  'fix.offered': [askToLink],
  'fix.carried': [showIssue],
  'fix.planned': [endQuestion, withdrawRefusal, showFix],
  'fix.started': [endQuestion, withdrawRefusal, showFix],
  'fix.merged': [planLiveQuestion, withdrawRefusal, showFix],
  'fix.called_off': [planDeclineQuestion, showFix],
  'fix.live': [oweTheNews, endQuestion, placeFix, showFix],
  'fix.declined': [oweTheRefusal, endQuestion, placeFix, showFix],
  'fix.still_broken': [comeBackFor, showFix],
  'fix.broke_again': [waitAgain, showFix],
  'followup.opened': [nameStory, showToOwner, showFollowup, lookAtAccount],
  'followup.grew': [nameStory, takeOver, planAnew, showFollowup],
  'followup.moved': [tellWhoHadIt, showToOwner, moveWithFollowup, showFollowup],
  'followup.offered': [showOffer, showFollowup],
  'followup.offer_ended': [showFollowup],
  'followup.snoozed': [planAnew, sleepWithFollowup, showFollowup],
  'followup.nudged': [showFollowup],
  'followup.listed': [showFollowup],
  'followup.told': [showFollowup, watchAfterTold, logTheTelling, endClaimedAlert, endAlertHeardOf],
  'followup.outcome': [completeTheTelling, sayItBroke, showFollowup],
  'followup.not_needed': [showFollowup, endClaimedAlert],
  'followup.news_gone': [planAnew, showFollowup],
  'signal.fired': [raiseFired],
  'signal.raised': [raiseAlert],
  'signal.changed': [growIfMore, showAlert],
  'signal.rose': [growAlert, showAlert],
  'signal.cleared': [settleAlert, showAlert],
  'alert.opened': [joinStory],
  'alert.grew': [joinStory, showAlert],
  'alert.rose': [showAlert],
  'alert.called': [showAlert],
  'alert.listed': [showAlert],
  'alert.claimed': [quietAlert, watchClaim, showAlert],
  'alert.snoozed': [showAlert],
  'alert.noted': [noteProgress, showAlert],
  'alert.offered': [showAlert],
  'alert.lapsed': [growAlert, showAlert],
  'alert.moved': [showAlert],
  'alert.ended': [quietAlert, watchClaim, showAlert],
  ...INCIDENT_LOOP,
  'digest.sent': [],
  'morning.sent': [],
};

export { delivered } from './loop/delivered.js';

/** Does what follows from an event. */
export async function follow(tx: Tx, event: LoggedEvent): Promise<void> {
  // Whoever looks at Home sees it within seconds.
  tx.wake('homes');
  for (const follower of LOOP[event.kind] as readonly Follower<EventKind>[]) await follower(tx, event);
}

async function showIssue(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.issueId == null) return;
  for (const kind of ['issue', 'issue_again']) await touchCards(tx, kind, event.issueId, event.at);
  await scheduleLevels(tx, event.issueId, event.at);
}

async function countAnew(tx: Tx, event: LoggedEvent): Promise<void> {
  await rescheduleLevels(tx, event.at);
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
  if (alert) await touchAlert(tx, alert.id, event.at);
}

async function showAlert(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId != null) await touchAlert(tx, event.alertId, event.at);
}

async function tellNewOwner(tx: Tx, event: EventOf<'issue.given'>): Promise<void> {
  await tellOwner(tx, event, 'given');
}

async function tellOwnerAgain(tx: Tx, event: EventOf<'issue.reopened'>): Promise<void> {
  await tellOwner(tx, event, 'reopened');
}
