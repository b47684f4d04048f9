import { accountById, nameOf } from '../accounts/store.js';
import { type AgainView, issueAgain } from '../issues/messages/again.js';
import { type Issue, isOver, issueName } from '../issues/rules/issue.js';
import { wordsOf } from '../issues/store/changes.js';
import { contactsOfIssue, issueById } from '../issues/store/read.js';
import { personById } from '../people/store.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { issueLine } from './issue.js';

/** Draws the line below in the triage channel for an issue that a customer brought back and nobody has. */
export async function renderAgain(tx: ReadTx, issueId: number, now: number): Promise<Message | undefined> {
  const issue = await issueById(tx, issueId);
  if (!issue) return undefined;
  const owner = issue.ownerId === null ? undefined : await personById(tx, issue.ownerId);
  return issueAgain({
    name: issueName(issue.number),
    account: (await accountById(tx, issue.accountId))?.name ?? '',
    title: issue.title,
    line: await issueLine(tx, issue, now),
    needsSomebody: !isOver(issue.state) && !owner?.isActive,
    words: await lastWords(tx, issue),
  });
}

async function lastWords(tx: ReadTx, issue: Issue): Promise<AgainView['words']> {
  const said = await Promise.all((await contactsOfIssue(tx, issue.id)).map(({ id }) => wordsOf(tx, id)));
  const last = said
    .flat()
    .filter((one) => one.isCustomer && one.text.trim() !== '')
    .sort((a, b) => b.at - a.at || b.id - a.id)[0];
  if (!last) return null;
  const url = permalink(await setting(tx, 'workspaceUrl'), last.channel, last.ts, last.threadTs);
  return { author: await nameOf(tx, last.author), text: last.text, url };
}
