import { accountById, nameOf } from '../accounts/store.js';
import { askBadge } from '../people/badges.js';
import { personById, personBySlackId } from '../people/store.js';
import { findCard } from '../queue/cards.js';
import { post } from '../queue/enqueue.js';
import { setting } from '../settings/store.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { yoursNow } from './messages/life.js';
import { type Issue, issueName } from './rules/issue.js';
import { issueById } from './store/read.js';

/**
 * Whoever has an issue without having asked for it hears so once: it was given to them, or came back. Never the one
 * who did it. Beyond what their day has room for it stands in their nine o'clock message instead.
 */
export async function tellOwner(
  tx: Tx,
  event: { id: number; issueId?: number | null; actor?: string | null; at: number },
  why: 'given' | 'reopened',
): Promise<void> {
  const issue = event.issueId == null ? undefined : await issueById(tx, event.issueId);
  const owner = issue?.ownerId == null ? undefined : await personById(tx, issue.ownerId);
  if (!issue || !owner?.isActive || owner.slackId === event.actor) return;
  const badge = { kind: 'owner', about: `issue:${issue.id}`, step: event.id };
  const isCritical = issue.priority === 'urgent';
  if ((await askBadge(tx, { ...badge, personId: owner.id, at: event.at, isCritical })) === 'held') return;
  const account = await accountById(tx, issue.accountId);
  const isOurs = event.actor == null ? undefined : await isPerson(tx, event.actor);
  const message = yoursNow({
    name: issueName(issue.number),
    account: account?.name ?? '',
    title: issue.title,
    by: event.actor == null ? 'Baton' : await nameOf(tx, event.actor),
    why: why === 'given' ? 'given' : isOurs ? 'reopened' : 'customer wrote',
    url: await cardUrl(tx, issue),
  });
  await post(tx, owner.slackId, message, event.at, {
    key: `owner:${event.id}`,
    accounts: [issue.accountId],
  });
}

async function isPerson(tx: ReadTx, slackId: string): Promise<boolean> {
  return (await personBySlackId(tx, slackId)) !== undefined;
}

/** Where its card stands in the triage channel, once it does. */
async function cardUrl(tx: ReadTx, issue: Issue): Promise<string | null> {
  const triage = await setting(tx, 'triageChannel');
  const card = triage === null ? undefined : await findCard(tx, 'issue', issue.id, triage);
  if (!card?.channel || !card.ts) return null;
  return permalink(await setting(tx, 'workspaceUrl'), card.channel, card.ts);
}
