import { firstNames } from '../../people/store.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { dependsOnNames, isCourtesy } from '../rules/courtesy.js';
import { isGoodNews } from '../rules/good-news.js';
import { rootOf } from './folded.js';
import { reopenByCustomer } from './life.js';
import { issueOfThread } from './list.js';

/**
 * A customer wrote in a thread. If it is that of an issue which is over or waits on them, it is open again, unless
 * they only said thanks, or that it works. Whether the message counts as a contact does not matter here.
 */
export async function answeredInThread(
  tx: Tx,
  m: {
    channel: string;
    threadTs: string | null;
    author: string;
    text: string;
    files: readonly unknown[];
    at: number;
  },
): Promise<void> {
  if (m.threadTs === null || (m.files.length === 0 && (await isThanks(tx, m.text)))) return;
  const held = await issueOfThread(tx, m.channel, m.threadTs);
  if (!held) return;
  const change = { by: null, actor: m.author, now: m.at, source: 'message' };
  await reopenByCustomer(tx, await rootOf(tx, held), change);
}

async function isThanks(tx: ReadTx, text: string): Promise<boolean> {
  return isGoodNews(text) || (dependsOnNames(text) && isCourtesy(text, await firstNames(tx)));
}
