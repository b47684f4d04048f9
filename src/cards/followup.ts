import { accountById, nameOf } from '../accounts/store.js';
import { type FollowupView, followupCard } from '../followups/messages/card.js';
import { offerCard } from '../followups/messages/moved.js';
import { nudgeCard, nudgeRound } from '../followups/messages/nudge.js';
import { dueInWords, type Followup } from '../followups/rules.js';
import { newsOf, newsTitle } from '../followups/store/news.js';
import { roundById } from '../followups/store/nudges.js';
import { followupById } from '../followups/store.js';
import { type Issue, issueName } from '../issues/rules/issue.js';
import { promisesTo } from '../issues/store/promises.js';
import { messageAt } from '../issues/store/read.js';
import type { Person } from '../people/rules.js';
import { personById, personBySlackId } from '../people/store.js';
import { findCard } from '../queue/cards.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock, HOUR_MS, span } from '../time/index.js';
import { backupOf, nextInWords, notesOf, reasonLines } from './followup-lines.js';
import { promisedOf } from './promised.js';

/** @param target whose message it is: the card says what that reader is to do */
export async function renderFollowup(
  tx: ReadTx,
  followup: Followup,
  now: number,
  target?: string,
): Promise<Message> {
  return followupCard(await viewOf(tx, followup, now, target));
}

export async function renderNudge(
  tx: ReadTx,
  followup: Followup,
  now: number,
  target?: string,
): Promise<Message> {
  const view = await viewOf(tx, followup, now, target);
  return nudgeCard({
    ...view,
    backup: await backupOf(tx, followup, now),
    next: await nextInWords(tx, followup, now),
  });
}

/** To whom it was offered. */
export async function renderOffer(
  tx: ReadTx,
  followup: Followup,
  now: number,
  target?: string,
): Promise<Message> {
  const view = await viewOf(tx, followup, now, target);
  const reader = target === undefined ? undefined : await personBySlackId(tx, target);
  const asker = await personById(tx, followup.offeredById ?? followup.ownerId);
  return offerCard({
    ...view,
    from: asker?.name ?? 'A colleague',
    settled: await settledOffer(tx, followup, reader),
  });
}

async function settledOffer(
  tx: ReadTx,
  followup: Followup,
  reader: Person | undefined,
): Promise<string | null> {
  if (followup.state === 'told') return 'told';
  if (followup.state === 'not_needed') return 'not needed any more';
  if (reader && followup.ownerId === reader.id) return 'you have it';
  const isAsked = followup.offeredToId !== null && (!reader || followup.offeredToId === reader.id);
  if (isAsked) return null;
  return `${(await personById(tx, followup.ownerId))?.name ?? 'somebody'} has it`;
}

/** Several in one message to one person. */
export async function renderRound(tx: ReadTx, roundId: number, now: number): Promise<Message | undefined> {
  const round = await roundById(tx, roundId);
  const person = round && (await personById(tx, round.personId));
  if (!round || !person) return undefined;
  const items = [];
  for (const id of round.followupIds) {
    const followup = await followupById(tx, id);
    const account = followup && (await accountById(tx, followup.accountId));
    if (!followup || !account) continue;
    items.push({
      id,
      account: account.name,
      kind: followup.kind,
      title: await newsTitle(tx, followup),
      dueText: dueInWords(followup.dueAt, person.hours.zone, now),
      settled: await settledFor(tx, followup, person),
    });
  }
  return nudgeRound({ items });
}

async function settledFor(tx: ReadTx, followup: Followup, person: Person): Promise<string | null> {
  if (followup.state === 'told') return `told by ${await endedBy(tx, followup)}`;
  if (followup.state === 'not_needed') return 'not needed';
  if (followup.ownerId === person.id) return null;
  return `${(await personById(tx, followup.ownerId))?.name ?? 'somebody'} has it`;
}

async function viewOf(tx: ReadTx, followup: Followup, now: number, target?: string): Promise<FollowupView> {
  const account = await accountById(tx, followup.accountId);
  const owner = await personById(tx, followup.ownerId);
  const reader = target === undefined ? owner : await personBySlackId(tx, target);
  const zone = (reader ?? owner)?.hours.zone ?? (await setting(tx, 'zone'));
  const news = await newsOf(tx, followup);
  const isFix = followup.kind === 'tell_fix';
  return {
    id: followup.id,
    account: account?.name ?? '',
    kind: followup.kind,
    title: news.title,
    dueText: dueInWords(followup.dueAt, zone, now),
    owner: reader && owner && reader.id !== owner.id ? owner.name : null,
    liveText: isFix && news.liveAt !== null ? liveInWords(news, zone, now) : null,
    declinedText: followup.kind === 'tell_declined' ? news.declined : null,
    waitedText: isFix ? waitedInWords(news.since, news.liveAt) : null,
    waiting: news.waiting,
    promised: await promisedOf(tx, await promisesTo(tx, followup.accountId), now),
    reasons: await reasonLines(tx, followup, zone, now),
    goal: account?.goal ?? null,
    notes: await notesOf(tx, followup, zone, now),
    offer: await offerOf(tx, followup),
    isCritical: followup.severity === 'critical',
    issue: await issueOf(tx, news.issues),
    told: await toldOf(tx, followup, zone, now),
    notNeeded:
      followup.state === 'not_needed' && followup.endedAt !== null
        ? {
            by: followup.endedBy === null ? null : await endedBy(tx, followup),
            at: dayAndClock(followup.endedAt, zone, now),
            reason: followup.reason ?? '',
          }
        : null,
  };
}

function liveInWords(
  news: { liveAt: number | null; version: string | null },
  zone: string,
  now: number,
): string {
  const version = news.version === null ? '' : ` (${news.version})`;
  return `${dayAndClock(news.liveAt ?? now, zone, now)}${version}`;
}

/** Only a wait that was one is worth a line. */
function waitedInWords(since: number | null, until: number | null): string | null {
  return since === null || until === null || until - since < HOUR_MS ? null : span(until - since);
}

async function toldOf(
  tx: ReadTx,
  followup: Followup,
  zone: string,
  now: number,
): Promise<FollowupView['told']> {
  if (followup.state !== 'told' || followup.endedAt === null) return null;
  return {
    by: await endedBy(tx, followup),
    at: dayAndClock(followup.endedAt, zone, now),
    proofUrl: followup.proof === 'word' ? null : followup.proof,
    how: followup.how,
    outcome: followup.outcome,
  };
}

async function endedBy(tx: ReadTx, followup: Followup): Promise<string> {
  return followup.endedBy === null ? 'somebody' : nameOf(tx, followup.endedBy);
}

async function offerOf(tx: ReadTx, followup: Followup): Promise<FollowupView['offer']> {
  const { offer } = followup;
  const said = offer && (await messageAt(tx, offer.channel, offer.ts));
  if (!offer || !said || said.isDeleted) return null;
  const base = await setting(tx, 'workspaceUrl');
  return {
    author: await nameOf(tx, offer.author),
    words: said.text,
    url: permalink(base, offer.channel, offer.ts, said.threadTs),
  };
}

/** The issue's card in the triage channel, once it stands there. */
async function issueOf(tx: ReadTx, issues: readonly Issue[]): Promise<FollowupView['issue']> {
  const [issue] = issues;
  const triage = await setting(tx, 'triageChannel');
  const card = issue && triage !== null ? await findCard(tx, 'issue', issue.id, triage) : undefined;
  if (!issue || !card?.channel || !card.ts) return null;
  const url = permalink(await setting(tx, 'workspaceUrl'), card.channel, card.ts);
  return { name: issueName(issue.number), url };
}
