import type { ReadTx } from '../store/transact.js';
import { factsAsOf } from './rules/as-of.js';
import { customerWaiting } from './rules/customer-waiting.js';
import { readHistory } from './store/history.js';

/** The rule that says so. */
export const WAITING_RULE = customerWaiting.id;

/** Contacts of an account in which the customer has the last word, with an open issue or a question; `now`: business time. */
export async function waitingContacts(tx: ReadTx, accountId: number, now: number): Promise<number[]> {
  const facts = factsAsOf(await readHistory(tx, accountId, { from: now, until: now }), now);
  return facts.waits.filter((wait) => wait.hasOpenIssue || wait.isQuestion).map((wait) => wait.contactId);
}
