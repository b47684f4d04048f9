import { accountById, channelOf, nameOf } from '../accounts/store.js';
import { type Fix, fixName, fixStateInWords, stateFor } from '../fixes/rules/fix.js';
import { accountOfFix } from '../fixes/store/accounts.js';
import { fixOfIssue } from '../fixes/store/fixes.js';
import { WATCH_MS } from '../followups/rules.js';
import { followupOfFix } from '../followups/store.js';
import { levelLine } from '../issues/jobs/service-levels.js';
import { type IssueCardView, issueCard } from '../issues/messages/card.js';
import { isAsked } from '../issues/rules/escalation.js';
import { type Issue, issueName, statusLine } from '../issues/rules/issue.js';
import { openEscalations } from '../issues/store/escalations.js';
import { foldedInto, rootOf } from '../issues/store/folded.js';
import { promisesOnIssue } from '../issues/store/promises.js';
import { contactsOfIssue, messageAt, sourcesOf } from '../issues/store/read.js';
import { groupByKey, personById, personBySlackId } from '../people/store.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { dayOnly } from '../time/index.js';
import { promisedOf } from './promised.js';

/** Where an issue stands, in one derived line. */
export async function issueLine(tx: ReadTx, issue: Issue, now: number): Promise<string> {
  const account = await accountById(tx, issue.accountId);
  const fix = await fixForIssue(tx, issue);
  const followup = fix && (await followupOfFix(tx, fix.id, issue.accountId));
  const owner = issue.ownerId === null ? undefined : await personById(tx, issue.ownerId);
  const zone = await setting(tx, 'zone');
  const toldAt = followup?.state === 'told' ? followup.endedAt : null;
  // They were told, it came back, and is over again: what they heard then says nothing of how it ended now.
  const isOldNews = toldAt !== null && issue.reopened > 0 && toldAt < (issue.resolvedAt ?? 0);
  // Somebody said why nobody has to tell them.
  const isSpared = fix?.state === 'live' && followup?.state === 'not_needed';
  const root = issue.mergedIntoId === null ? null : await rootOf(tx, issue);
  return statusLine({
    state: issue.state,
    accountName: account?.name ?? 'the account',
    ownerName: owner?.name ?? null,
    reopened: issue.reopened,
    fix: fix && !isOldNews && !isSpared ? { name: fixName(fix), state: fix.state } : null,
    told: toldAt === null || isOldNews ? null : { watchedUntil: dayOnly(toldAt + WATCH_MS, zone, now) },
    isLoopClosed: issue.loopClosedAt !== null,
    foldedInto: root === null ? null : issueName(root.number),
  });
}

/** The fix of an issue, as it stands for the issue's account. */
async function fixForIssue(tx: ReadTx, issue: Issue): Promise<Fix | undefined> {
  const fix = await fixOfIssue(tx, issue.id);
  return fix && { ...fix, state: stateFor(fix, await accountOfFix(tx, fix.id, issue.accountId)) };
}

/** Reads all that an issue's card shows and draws it. */
export async function renderIssue(tx: ReadTx, issue: Issue, now: number): Promise<Message> {
  const account = await accountById(tx, issue.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const fix = await fixForIssue(tx, issue);
  const contacts = await contactsOfIssue(tx, issue.id);
  const holds = await foldedInto(tx, issue.id);
  return issueCard({
    name: issueName(issue.number),
    number: issue.number,
    account: account?.name ?? '',
    title: issue.title,
    priority: issue.priority,
    category: issue.category,
    state: issue.state,
    line: await issueLine(tx, issue, now),
    promise: await levelLine(tx, issue, now),
    isOwned: issue.ownerId !== null,
    asked: contacts.length,
    csm: csm?.name ?? null,
    fix: fix?.url ? { name: fixName(fix), url: fix.url, state: fixStateInWords(fix.state) } : null,
    holds: holds.map((part) => issueName(part.number)),
    promised: await promisedOf(tx, await promisesOnIssue(tx, issue.id), now),
    escalations: await escalationsOf(tx, issue),
    ...(await sourceOf(tx, issue)),
  });
}

async function escalationsOf(tx: ReadTx, issue: Issue) {
  const rows = await openEscalations(tx, issue.id);
  return Promise.all(
    rows.map(async (row) => {
      const group = await groupByKey(tx, row.groupKey);
      const { answeredBy: by } = row;
      return {
        group: group?.name ?? row.groupKey,
        answeredBy: by === null ? null : ((await personBySlackId(tx, by))?.name ?? 'Somebody'),
        isOfGroup: by !== null && group !== undefined && isAsked(group, by),
      };
    }),
  );
}

async function sourceOf(
  tx: ReadTx,
  issue: Issue,
): Promise<Pick<IssueCardView, 'words' | 'openUrl' | 'channelName'>> {
  const [source] = await sourcesOf(tx, issue.id);
  if (!source) return { words: null, openUrl: null, channelName: null };
  const said = await messageAt(tx, source.channel, source.ts);
  const url = permalink(await setting(tx, 'workspaceUrl'), source.channel, source.ts, said?.threadTs);
  const words =
    said && !said.isDeleted && said.text !== ''
      ? { author: await nameOf(tx, said.author), text: said.text, url }
      : null;
  return { words, openUrl: url, channelName: (await channelOf(tx, source.channel))?.name ?? null };
}
