import { captureAtOnce, showLinesOf } from '../issues/jobs/capture.js';
import { moveWords } from '../issues/store/changes.js';
import { issueById } from '../issues/store/read.js';
import { personById } from '../people/store.js';
import { repostCard } from '../queue/cards.js';
import { setting } from '../settings/store.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';
import { wallOf } from '../time/index.js';

/** What follows for capture from what a customer wrote. */

/** In a channel where Baton logs by itself, a contact becomes an issue as it comes. */
export async function logAtOnce(
  tx: Tx,
  event: LoggedEvent & { data: { channel: string; ts: string } },
): Promise<void> {
  if (event.contactId != null) await captureAtOnce(tx, event.contactId, event.data.channel, event.at);
}

/** The lines in the triage channel that show the words are drawn anew. */
export async function showLines(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.accountId != null && event.contactId != null)
    await showLinesOf(tx, event.accountId, event.contactId, event.at);
}

/** A channel has another id: its threads and messages are found under that one. */
export async function moveWhatWasSaid(
  tx: Tx,
  event: LoggedEvent & { data: { from: string; to: string } },
): Promise<void> {
  await moveWords(tx, event.data.from, event.data.to);
}

/**
 * A customer brought back an issue that nobody has. On the day on which it was logged its card is still in sight and
 * shows it; later it stands far up in the triage channel, so a line comes up below, without a ping. Whoever has one is
 * told by a direct message instead.
 */
export async function showAgain(tx: Tx, event: LoggedEvent): Promise<void> {
  const issue = event.issueId == null ? undefined : await issueById(tx, event.issueId);
  const triage = await setting(tx, 'triageChannel');
  if (!issue || triage === null || event.source !== 'message') return;
  const owner = issue.ownerId === null ? undefined : await personById(tx, issue.ownerId);
  if (owner?.isActive) return;
  const zone = await setting(tx, 'zone');
  if (wallOf(issue.createdAt, zone).date === wallOf(event.at, zone).date) return;
  const place = { kind: 'issue_again', subjectId: issue.id, target: triage, accounts: [issue.accountId] };
  await repostCard(tx, place, event.at);
}
