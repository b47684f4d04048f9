import { accountById, channelsOf } from './accounts/store.js';
import { onSignal, onSignalCleared } from './alerts/jobs.js';
import { alertById, endAlert, openAlertOf } from './alerts/store.js';
import { fixById, issuesOfFix } from './fixes/store.js';
import { onFollowupDelivered, watchIssues } from './followups/jobs.js';
import { followupDueAt, teller } from './followups/rules.js';
import { followupById, openFollowup } from './followups/store.js';
import type { Issue } from './issues/rules/issue.js';
import { resolveIssue } from './issues/store/issues.js';
import { openEscalations } from './issues/store/read.js';
import { workingHours } from './people/rules.js';
import { personById, personBySlackId } from './people/store.js';
import { placeCard, touchCards } from './queue/cards.js';
import { setting } from './settings/store.js';
import { evaluateSoon } from './signals/jobs.js';
import type { EventKind, LoggedEvent } from './store/log.js';
import type { Tx } from './store/transact.js';
import { wallOf } from './time/index.js';

type EventOf<K extends EventKind> = Extract<LoggedEvent, { kind: K }>;
type Follower<K extends EventKind> = (tx: Tx, event: EventOf<K>) => Promise<void>;

/**
 * The product on one screen: what happened, and what follows from it in later rooms, in the same transaction.
 * Every kind of event stands here, also one that nothing follows from.
 */
const LOOP: { [K in EventKind]: readonly Follower<K>[] } = {
  'contact.opened': [lookAtAccount, showIssue],
  'contact.joined': [showIssue],
  'contact.replied': [],
  'issue.opened': [placeIssue],
  'issue.source_added': [showIssue],
  'issue.taken': [showIssue],
  'issue.resolved': [showIssue, lookAtAccount, showAlertOfAccount],
  'loop.closed': [showIssue],
  'escalation.opened': [showIssue, lookAtAccount],
  'escalation.answered': [showIssue],
  'fix.linked': [showIssue],
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

/** A fix is live: its issues are solved, and every account that waited is owed the news, by one person. */
async function oweTheNews(tx: Tx, event: EventOf<'fix.live'>): Promise<void> {
  const fix = event.fixId == null ? undefined : await fixById(tx, event.fixId);
  if (!fix) return;
  const issues = await issuesOfFix(tx, fix.id);
  for (const issue of issues) {
    await resolveIssue(tx, issue, event.at, event.source, event.actor ?? null);
    await touchCards(tx, 'issue', issue.id, event.at);
  }
  const byAccount = new Map(issues.map((issue) => [issue.accountId, issue]));
  for (const [accountId, issue] of byAccount) await oweAccount(tx, event, accountId, issue);
}

async function oweAccount(tx: Tx, event: LoggedEvent, accountId: number, issue: Issue): Promise<void> {
  const ownerId = await tellerOf(tx, accountId, issue, event.at);
  const owner = ownerId === null ? undefined : await personById(tx, ownerId);
  if (!owner || event.fixId == null) return;
  await openFollowup(tx, {
    accountId,
    kind: 'tell_fix',
    fixId: event.fixId,
    ownerId: owner.id,
    dueAt: followupDueAt(event.at, workingHours(owner.hours)),
    now: event.at,
    source: event.source,
    actor: event.actor ?? null,
  });
}

async function tellerOf(tx: Tx, accountId: number, issue: Issue, now: number): Promise<number | null> {
  const account = await accountById(tx, accountId);
  if (!account) return null;
  const logger = await personBySlackId(tx, issue.createdBy);
  const escalations = await openEscalations(tx, issue.id);
  return teller({
    account,
    today: wallOf(now, await setting(tx, 'zone')).date,
    wasEscalatedToAuthority: escalations.some((escalation) => escalation.kind === 'authority'),
    hasOpenAlert: (await openAlertOf(tx, accountId)) !== undefined,
    issueOwnerId: issue.ownerId,
    loggedById: logger?.functions.includes('support') ? logger.id : null,
  });
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
