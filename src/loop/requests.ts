import { issueLine } from '../cards/issue.js';
import { followIssue } from '../issues/jobs/escalation.js';
import { tellSender, tellWatchers } from '../issues/jobs/flag.js';
import { flagById } from '../issues/store/flags.js';
import { issueById } from '../issues/store/read.js';
import { touchCards } from '../queue/cards.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';

/** What follows from what people ask of each other: escalations, flags and promises. */

/** A call for help shows who came, that it climbed, or that it was taken back. */
export async function showCall(
  tx: Tx,
  event: LoggedEvent & { data: { escalationId: number } },
): Promise<void> {
  await touchCards(tx, 'escalation', event.data.escalationId, event.at);
}

/** Where the issue of a call stands decides whether anybody is needed. */
export async function showCallsOfIssue(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.issueId != null) await followIssue(tx, event.issueId, event.at);
}

export async function showFlag(tx: Tx, event: LoggedEvent & { data: { flagId: number } }): Promise<void> {
  for (const kind of ['flag', 'flag_sender']) await touchCards(tx, kind, event.data.flagId, event.at);
}

/** The sender hears what support said. */
export async function tellFlagSender(
  tx: Tx,
  event: LoggedEvent & { data: { flagId: number } },
): Promise<void> {
  const flag = await flagById(tx, event.data.flagId);
  if (flag) await tellSender(tx, flag, event.at);
}

/** Whoever flagged what became this issue watches where it stands. */
export async function tellFlagWatchers(tx: Tx, event: LoggedEvent): Promise<void> {
  const issue = event.issueId == null ? undefined : await issueById(tx, event.issueId);
  if (!issue) return;
  const change = { eventId: event.id, actor: event.actor ?? null, now: event.at };
  await tellWatchers(tx, issue, () => issueLine(tx, issue, event.at), change);
}
