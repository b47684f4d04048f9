import { and, asc, eq, inArray, isNull, lt, min } from 'drizzle-orm';
import { channelOf, whoIs } from '../../accounts/store.js';
import { setting } from '../../settings/store.js';
import type { HistoryMessage } from '../../slack/api.js';
import { readIncoming } from '../../slack/blocks/index.js';
import { readMessageEvent } from '../../slack/events.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { offeredAt } from '../rules/capture.js';
import { recordOldMessage } from './contacts.js';
import { markWaited } from './read.js';
import { answeringHours, settleContact } from './waiting.js';

/*
 * The past of customer channels, from before Baton heard them: who wrote when, and when we answered, so that rules know
 * what is usual. It goes into the log and into contacts, but nothing follows from it: no card, no line, no signal.
 */

/** Which channels are to be read back, how far, and whether with the words. */
export interface PastWanted {
  days: number;
  isTextKept: boolean;
  /** Each with the ts from which on Baton heard it; null where it has heard nothing yet. */
  channels: { channel: string; heardFrom: string | null }[];
}

/** What is wanted, of channels whose words are kept at all; null when nothing is. */
export async function channelsToReadBack(tx: ReadTx): Promise<PastWanted | null> {
  const wanted = await setting(tx, 'backfill');
  if (wanted === null) return null;
  const { accountChannels: c, messages: m, backfills: b } = tx.t;
  const rows = await tx.db
    .select({ channel: c.channel, capture: c.capture })
    .from(c)
    .leftJoin(b, eq(b.channel, c.channel))
    .where(and(eq(c.kind, 'customer'), isNull(b.id)))
    .orderBy(asc(c.id));
  const channels: PastWanted['channels'] = [];
  for (const { channel, capture } of rows) {
    if (capture === 'ignore') continue;
    const [first] = await tx.db
      .select({ ts: min(m.ts) })
      .from(m)
      .where(eq(m.channel, channel));
    channels.push({ channel, heardFrom: first?.ts ?? null });
  }
  return { days: wanted.days, isTextKept: wanted.text, channels };
}

/**
 * Takes in old messages of a channel, oldest first. Callers hold the key of its account.
 * @param at business time of a Slack ts
 * @returns how many were of people
 */
export async function takeInPast(
  tx: Tx,
  channel: string,
  messages: readonly HistoryMessage[],
  at: (ts: string) => number,
  isTextKept: boolean,
): Promise<number> {
  const known = await channelOf(tx, channel);
  if (known?.kind !== 'customer' || known.capture === 'ignore') return 0;
  const quiet = withoutFollowers(tx);
  let taken = 0;
  const added: string[] = [];
  for (const { raw } of messages) {
    const event = readMessageEvent({ event: { type: 'message', channel, ...raw } });
    if (event?.kind !== 'posted') continue;
    const who = await whoIs(tx, event.user);
    if (who.kind === 'bot') continue;
    const isOurs = who.kind === 'person' || who.kind === 'member';
    const { ts, threadTs, user: author, files } = event;
    const text = readIncoming(event.text);
    const isNew = await recordOldMessage(
      quiet,
      known.accountId,
      { channel, ts, threadTs, author, text, files, at: at(ts) },
      isOurs,
    );
    taken += 1;
    // What was heard meanwhile keeps its words.
    if (isNew) added.push(ts);
  }
  if (!isTextKept) await forgetWords(tx, channel, added);
  return taken;
}

async function forgetWords(tx: Tx, channel: string, ts: readonly string[]): Promise<void> {
  if (ts.length === 0) return;
  const { messages: m } = tx.t;
  await tx.db
    .update(m)
    .set({ text: '', files: [] })
    .where(and(eq(m.channel, channel), inArray(m.ts, [...ts])));
}

/** What happened is logged as ever; nothing follows from it. */
function withoutFollowers(tx: Tx): Tx {
  return {
    db: tx.db,
    t: tx.t,
    prepared: (query, its) => tx.prepared(query, its),
    wake: (work) => tx.wake(work),
    follow: async () => undefined,
  };
}

/**
 * The past of a channel is complete: which of its contacts waited too long for an answer is known now. What nobody ever
 * answered is of before Baton's time, and nobody is reminded of it.
 * @param until business time; from then on Baton heard
 */
export async function finishPast(tx: Tx, channel: string, until: number): Promise<void> {
  const { contacts: c } = tx.t;
  const rows = await tx.db
    .select()
    .from(c)
    .where(and(eq(c.channel, channel), lt(c.startedAt, until), isNull(c.waitedAt)))
    .orderBy(asc(c.id));
  for (const contact of rows) {
    const late = offeredAt(contact.startedAt, await answeringHours(tx, contact.accountId));
    if (late < (contact.firstReplyAt ?? until)) await markWaited(tx, contact, late);
    if (contact.waitsSince !== null)
      await settleContact(tx, contact, { settled: 'seen', by: null, at: Math.max(contact.lastAt, until) });
  }
}
