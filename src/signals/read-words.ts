import { messageAt } from '../issues/store/read.js';
import { setting } from '../settings/store.js';
import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { PHRASE_LISTS } from './phrases/lists.js';
import { withOwn } from './rules/own-phrases.js';
import { matchPhrases, type PhraseList } from './rules/phrases.js';
import { wordsStoodAt } from './store/events.js';

declare module '../store/log.js' {
  interface EventKinds {
    /** Phrases of the list stand in a customer's message: their ids, never the words. Empty once they were edited away. */
    'words.matched': { channel: string; ts: string; phrases: string[]; categories: string[] };
  }
}

/** The lists as they hold: those that Baton comes with, as admins changed them in company.yml. */
export async function phraseLists(tx: ReadTx): Promise<PhraseList[]> {
  return withOwn(PHRASE_LISTS, await setting(tx, 'phrases'));
}

/** Looks for telling phrases in what a customer wrote or edited; what stood and stands no more is taken back. */
export async function readWords(
  tx: Tx,
  said: { accountId: number; contactId: number | null; channel: string; ts: string },
  now: number,
): Promise<void> {
  const message = await messageAt(tx, said.channel, said.ts);
  if (!message?.isCustomer) return;
  const text = message.isDeleted ? '' : message.text;
  const { phrases, categories } = matchPhrases(text, await phraseLists(tx));
  const stood = await wordsStoodAt(tx, said.accountId, said, now);
  if (phrases.join() === stood.join()) return;
  await emit(tx, {
    kind: 'words.matched',
    at: now,
    accountId: said.accountId,
    contactId: said.contactId,
    source: 'message',
    data: { channel: said.channel, ts: said.ts, phrases, categories },
  });
}
