import { accountById, nameOf } from '../accounts/store.js';
import { fixById, issuesOfFix } from '../fixes/store.js';
import { type FollowupView, followupCard, nudgeCard } from '../followups/messages.js';
import { dueInWords, type Followup } from '../followups/rules.js';
import { promisesTo } from '../issues/store/promises.js';
import { contactsOfIssue } from '../issues/store/read.js';
import { personById, personBySlackId } from '../people/store.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock, HOUR_MS, span } from '../time/index.js';
import { promisedOf } from './promised.js';

export async function renderFollowup(tx: ReadTx, followup: Followup, now: number): Promise<Message> {
  return followupCard(await viewOf(tx, followup, now));
}

export async function renderNudge(tx: ReadTx, followup: Followup, now: number): Promise<Message> {
  const account = await accountById(tx, followup.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const whose = !csm
    ? 'the Monday list'
    : csm.id === followup.ownerId
      ? 'your Monday message'
      : `${csm.name}'s Monday message`;
  return nudgeCard({
    ...(await viewOf(tx, followup, now)),
    next: `This is the only reminder. Until it is done it stands in ${whose}.`,
  });
}

async function viewOf(tx: ReadTx, followup: Followup, now: number): Promise<FollowupView> {
  const account = await accountById(tx, followup.accountId);
  const owner = await personById(tx, followup.ownerId);
  const zone = owner?.hours.zone ?? 'UTC';
  const fix = followup.fixId === null ? undefined : await fixById(tx, followup.fixId);
  const waited = await waitingFor(tx, followup);
  return {
    id: followup.id,
    account: account?.name ?? '',
    title: fix?.title ?? null,
    dueText: dueInWords(followup.dueAt, zone, now),
    liveText: fix?.liveAt == null ? null : dayAndClock(fix.liveAt, zone, now),
    waitedText: waitedInWords(waited.since, fix?.liveAt ?? null),
    waiting: waited.names,
    promised: await promisedOf(tx, await promisesTo(tx, followup.accountId), now),
    why:
      followup.kind === 'tell_fix'
        ? 'They have not been told. Tell them in your own words, then press.'
        : 'You claimed the alert. Talk to them, then press.',
    told:
      followup.state === 'told' && followup.endedAt !== null
        ? { by: await endedBy(tx, followup), at: dayAndClock(followup.endedAt, zone, now) }
        : null,
  };
}

/** Only a wait that was one is worth a line. */
function waitedInWords(since: number | null, until: number | null): string | null {
  return since === null || until === null || until - since < HOUR_MS ? null : span(until - since);
}

async function endedBy(tx: ReadTx, followup: Followup): Promise<string> {
  const person = followup.endedBy === null ? undefined : await personBySlackId(tx, followup.endedBy);
  return person?.name ?? 'somebody';
}

/** Who of the account wrote about what the fix mends, and since when they wait. */
async function waitingFor(
  tx: ReadTx,
  followup: Followup,
): Promise<{ names: string[]; since: number | null }> {
  if (followup.fixId === null) return { names: [], since: null };
  const issues = (await issuesOfFix(tx, followup.fixId)).filter(
    (issue) => issue.accountId === followup.accountId,
  );
  const names = new Set<string>();
  let since: number | null = null;
  for (const issue of issues) {
    const contacts = await contactsOfIssue(tx, issue.id);
    for (const contact of contacts) names.add(await nameOf(tx, contact.author));
    const begin = contacts[0]?.startedAt ?? issue.createdAt;
    since = since === null ? begin : Math.min(since, begin);
  }
  return { names: [...names], since };
}
