import { channelOf } from '../accounts/store.js';
import { renderFixOffer } from '../cards/fix-offer.js';
import { accountsOfFix } from '../fixes/store/accounts.js';
import { fixById, issuesOfFix, issuesOfFixAt } from '../fixes/store/fixes.js';
import { carryFix } from '../fixes/store/link.js';
import { endOffer } from '../fixes/store/offers.js';
import { withdrawLive } from '../fixes/store/state.js';
import { takeBackNews } from '../followups/store/end.js';
import { followupOfFix } from '../followups/store.js';
import { reopenIssue } from '../issues/store/life.js';
import { issueById } from '../issues/store/read.js';
import { may } from '../people/may.js';
import { personBySlackId } from '../people/store.js';
import { cardAt, findCard, placeCard, touchCards } from '../queue/cards.js';
import { whisper } from '../queue/enqueue.js';
import { setting } from '../settings/store.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';

/** What follows from how a fix stands, for the issues that wait for it. */

/** One more waits for it: its card shows that, and nothing changed for those who wait already. */
export async function showFixCard(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.fixId != null) await touchCards(tx, 'fix', event.fixId, event.at);
}

/** Every issue that waits for the fix shows how it stands. */
export async function showFix(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.fixId == null) return;
  await showFixCard(tx, event);
  for (const issue of await issuesOfFix(tx, event.fixId)) await touchCards(tx, 'issue', issue.id, event.at);
}

/** The card of a fix that customers are to hear of stands in the triage channel: who tells whom, until all are told. */
export async function placeFix(tx: Tx, event: LoggedEvent): Promise<void> {
  const triage = await setting(tx, 'triageChannel');
  if (event.fixId == null || !triage) return;
  const accounts = (await accountsOfFix(tx, event.fixId)).map((account) => account.accountId);
  await placeCard(tx, { kind: 'fix', subjectId: event.fixId, target: triage, accounts }, event.at);
}

/**
 * An address of a tracker stands where an issue is spoken of: one line asks whether to link it. Where customers read,
 * only whoever wrote it sees it, if they may link; else it stands in the thread of the issue's card.
 */
export async function askToLink(
  tx: Tx,
  event: LoggedEvent & { data: { offerId: number; thread: { channel: string; threadTs: string } | null } },
): Promise<void> {
  const { offerId, thread } = event.data;
  if (event.issueId == null || event.accountId == null) return;
  const by = event.actor == null ? undefined : await personBySlackId(tx, event.actor);
  const isCustomers = thread !== null && (await channelOf(tx, thread.channel))?.kind === 'customer';
  if (isCustomers && by && may(by, 'fix.link')) {
    const offer = await renderFixOffer(tx, offerId);
    if (offer) await whisper(tx, { userId: by.slackId, ...thread }, offer, event.at);
    return;
  }
  const triage = await setting(tx, 'triageChannel');
  const root = thread === null || isCustomers ? undefined : await cardAt(tx, thread.channel, thread.threadTs);
  const card = root ?? (triage === null ? undefined : await findCard(tx, 'issue', event.issueId, triage));
  if (!card) return;
  const place = { kind: 'fix_offer', subjectId: offerId, target: card.target, threadCardId: card.id };
  await placeCard(tx, { ...place, accounts: [event.accountId] }, event.at);
}

/** It was linked, by whichever way: it is not asked any more. */
export async function settleOffer(tx: Tx, event: LoggedEvent): Promise<void> {
  const fix = event.fixId == null ? undefined : await fixById(tx, event.fixId);
  if (!fix?.trackerKey || event.issueId == null) return;
  const of = { issueId: event.issueId, trackerKey: fix.trackerKey };
  const offer = await endOffer(tx, of, 'linked', event.actor ?? null);
  if (offer) await touchCards(tx, 'fix_offer', offer.id, event.at);
}

/** "Still broken" brings back the issues of that account, and of nobody else. */
export async function comeBackFor(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.fixId != null && event.accountId != null) await reopenIssuesOf(tx, event, event.accountId);
}

/**
 * The fix does not hold: whoever was not told that it is live is not to be told, and waits again. Whoever was told and
 * says nothing is left alone.
 */
export async function waitAgain(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.fixId == null) return;
  for (const account of await accountsOfFix(tx, event.fixId)) {
    if (account.liveAt === null) continue;
    const followup = await followupOfFix(tx, event.fixId, account.accountId);
    if (followup?.state === 'told') continue;
    await withdrawLive(tx, event.fixId, account.accountId);
    // What an incident hit has no issue of it that comes back.
    if (followup?.kind === 'tell_fix' && account.issueIds.length === 0) {
      const why = { reason: 'It broke again before they heard', now: event.at, source: event.source };
      await takeBackNews(tx, followup, why);
    }
    await reopenIssuesOf(tx, event, account.accountId);
  }
}

async function reopenIssuesOf(tx: Tx, event: LoggedEvent, accountId: number): Promise<void> {
  const { actor = null, at: now, source } = event;
  for (const issue of await issuesOfFixAt(tx, event.fixId ?? 0, accountId))
    if (issue.state === 'resolved' || issue.state === 'closed')
      await reopenIssue(tx, issue, { by: null, actor, now, source });
}

/** What was to be told about the folded issue is to be told about the one that goes on for it. */
export async function bringFixAlong(
  tx: Tx,
  event: LoggedEvent & { data: { intoId: number } },
): Promise<void> {
  const from = event.issueId == null ? undefined : await issueById(tx, event.issueId);
  const into = await issueById(tx, event.data.intoId);
  if (from && into) await carryFix(tx, from, into, event.at);
}
