import { fixName } from '../fixes/rules/fix.js';
import { fixById } from '../fixes/store/fixes.js';
import { mayBeProof } from '../followups/rules/proof.js';
import type { Followup } from '../followups/rules.js';
import { setOpen } from '../followups/store/hold.js';
import { newsOf } from '../followups/store/news.js';
import { openFollowupsOf } from '../followups/store.js';
import { messageAt, sourcesOf } from '../issues/store/read.js';
import { personById } from '../people/store.js';
import { touchCards } from '../queue/cards.js';
import { setting } from '../settings/store.js';
import type { LoggedEvent } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { wallOf } from '../time/index.js';

type Said = LoggedEvent & { data: { channel: string; ts: string } };

/**
 * One of us wrote to the customer: where that may be the word that was owed, whoever owes it is asked, by a line on the
 * message that is there, at most once a day.
 */
export async function offerProof(tx: Tx, event: Said): Promise<void> {
  const said = await messageAt(tx, event.data.channel, event.data.ts);
  if (!said || said.isDeleted || event.accountId == null) return;
  for (const followup of await openFollowupsOf(tx, event.accountId)) {
    const facts = await factsOf(tx, followup);
    const message = { channel: said.channel, ts: said.ts, author: said.author, at: said.at };
    if (!facts || !mayBeProof({ ...message, threadTs: said.threadTs, text: said.text }, facts)) continue;
    const owner = await personById(tx, followup.ownerId);
    const today = wallOf(event.at, owner?.hours.zone ?? (await setting(tx, 'zone'))).date;
    if (followup.offerDay === today) continue;
    await setOpen(tx, followup, { offer: message, offerDay: today });
    await touchCards(tx, 'followup', followup.id, event.at);
  }
}

/** Undefined for what is no news: a call is not shown by a message. */
async function factsOf(tx: ReadTx, followup: Followup) {
  if (followup.kind === 'restore') return undefined;
  const news = await newsOf(tx, followup);
  const fix = followup.fixId === null ? undefined : await fixById(tx, followup.fixId);
  const sources = (await Promise.all(news.issues.map((issue) => sourcesOf(tx, issue.id)))).flat();
  const threads = await Promise.all(
    sources.map(async ({ channel, ts }) => ({
      channel,
      threadTs: (await messageAt(tx, channel, ts))?.threadTs ?? ts,
    })),
  );
  const names = [fix?.url ? fixName(fix) : null, fix?.url ?? null, news.version];
  return {
    liveAt: (followup.kind === 'tell_fix' ? news.liveAt : null) ?? followup.createdAt,
    threads,
    titles: [news.title ?? '', ...news.issues.map((issue) => issue.title)].filter((title) => title !== ''),
    numbers: news.issues.map((issue) => issue.number),
    names: names.filter((name): name is string => name !== null),
  };
}
