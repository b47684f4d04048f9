import { accountById, channelOf, nameOf } from '../accounts/store.js';
import { fixName } from '../fixes/rules.js';
import { fixOfIssue } from '../fixes/store.js';
import { WATCH_MS } from '../followups/rules.js';
import { followupOfFix } from '../followups/store.js';
import { type IssueCardView, issueCard } from '../issues/messages/card.js';
import { type Issue, issueName, statusLine } from '../issues/rules/issue.js';
import { contactsOfIssue, messageAt, openEscalations, sourcesOf } from '../issues/store/read.js';
import { groupByKey, personById, personBySlackId } from '../people/store.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { dayOnly } from '../time/index.js';

/** Where an issue stands, in one derived line. */
export async function issueLine(tx: ReadTx, issue: Issue, now: number): Promise<string> {
  const account = await accountById(tx, issue.accountId);
  const fix = await fixOfIssue(tx, issue.id);
  const followup = fix && (await followupOfFix(tx, fix.id, issue.accountId));
  const owner = issue.ownerId === null ? undefined : await personById(tx, issue.ownerId);
  const zone = await setting(tx, 'zone');
  const toldAt = followup?.state === 'told' ? followup.endedAt : null;
  return statusLine({
    state: issue.state,
    accountName: account?.name ?? 'the account',
    ownerName: owner?.name ?? null,
    fix: fix ? { name: fixName(fix), state: fix.state } : null,
    told: toldAt == null ? null : { watchedUntil: dayOnly(toldAt + WATCH_MS, zone, now) },
    isLoopClosed: issue.loopClosedAt !== null,
  });
}

/** Reads all that an issue's card shows and draws it. */
export async function renderIssue(tx: ReadTx, issue: Issue, now: number): Promise<Message> {
  const account = await accountById(tx, issue.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const fix = await fixOfIssue(tx, issue.id);
  const contacts = await contactsOfIssue(tx, issue.id);
  return issueCard({
    name: issueName(issue.number),
    number: issue.number,
    account: account?.name ?? '',
    title: issue.title,
    priority: issue.priority,
    line: await issueLine(tx, issue, now),
    isOwned: issue.ownerId !== null,
    isOver: issue.state === 'closed' || issue.state === 'merged' || issue.state === 'resolved',
    asked: contacts.length,
    csm: csm?.name ?? null,
    fix: fix?.url ? fixName(fix) : null,
    escalations: await escalationsOf(tx, issue),
    ...(await sourceOf(tx, issue)),
  });
}

async function escalationsOf(tx: ReadTx, issue: Issue) {
  const rows = await openEscalations(tx, issue.id);
  return Promise.all(
    rows.map(async (row) => ({
      group: (await groupByKey(tx, row.groupKey))?.name ?? row.groupKey,
      answeredBy:
        row.answeredBy === null ? null : ((await personBySlackId(tx, row.answeredBy))?.name ?? 'Somebody'),
    })),
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
