import { accountById } from '../accounts/store.js';
import { instantInWords, stillRunning } from '../issues/jobs/service-levels.js';
import { type LateAnswer, lateAnswers, levelInWords } from '../issues/messages/service-levels.js';
import { type Issue, issueName } from '../issues/rules/issue.js';
import { levelLineById, newestLevelLine } from '../issues/store/level-lines.js';
import { issueById } from '../issues/store/read.js';
import { personById } from '../people/store.js';
import { findCard } from '../queue/cards.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';

/** Draws the line in the triage channel of the answers that are about to be late. */
export async function renderLevels(tx: ReadTx, lineId: number, now: number): Promise<Message | undefined> {
  const line = await levelLineById(tx, lineId);
  if (!line) return undefined;
  const running = await stillRunning(tx, line.items);
  const open: LateAnswer[] = [];
  for (const { item, issue, dueAt } of running.sort((a, b) => a.dueAt - b.dueAt)) {
    const owner = issue.ownerId === null ? undefined : await personById(tx, issue.ownerId);
    open.push({
      ...(await named(tx, issue)),
      title: issue.title,
      promise: levelInWords(item.clock, await instantInWords(tx, dueAt, now), dueAt <= now),
      owner: owner?.name ?? null,
      url: await cardUrl(tx, issue),
    });
  }
  const waits = new Set(running.map((one) => one.issue.id));
  const done = [];
  for (const id of new Set(line.items.map((item) => item.issueId))) {
    const issue = waits.has(id) ? undefined : await issueById(tx, id);
    if (issue) done.push(await named(tx, issue));
  }
  return lateAnswers({ open, done, isOld: (await newestLevelLine(tx))?.id !== line.id });
}

async function named(tx: ReadTx, issue: Issue) {
  return { name: issueName(issue.number), account: (await accountById(tx, issue.accountId))?.name ?? '' };
}

async function cardUrl(tx: ReadTx, issue: Issue): Promise<string | null> {
  const triage = await setting(tx, 'triageChannel');
  const card = triage === null ? undefined : await findCard(tx, 'issue', issue.id, triage);
  return card?.channel && card.ts
    ? permalink(await setting(tx, 'workspaceUrl'), card.channel, card.ts)
    : null;
}
