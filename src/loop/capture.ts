import { captureAtOnce, showLinesOf } from '../issues/jobs/capture.js';
import { moveWords } from '../issues/store/changes.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';

/** What follows for capture from what a customer wrote. */

/** In a channel where Baton logs by itself, a contact becomes an issue as it comes. */
export async function logAtOnce(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.contactId != null) await captureAtOnce(tx, event.contactId, event.at);
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
