import { notePerson } from '../../accounts/store/matches.js';
import { channelOf, type Who, whoIs } from '../../accounts/store.js';
import { actingFunction } from '../../people/rules.js';
import type { Handling } from '../../queue/inbox.js';
import { surveyedChannel } from '../../queue/survey.js';
import { readIncoming } from '../../slack/blocks/index.js';
import { type MessageEvent, readMessageEvent } from '../../slack/events.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type BusinessClock, HOUR_MS } from '../../time/index.js';
import { recordEdit } from '../store/changes.js';
import {
  type Incoming,
  reconsiderEdited,
  recordCustomerMessage,
  recordOurMessage,
} from '../store/contacts.js';
import { recordDeletion } from '../store/deletion.js';

/** An edit may come before its message, but not by more than this; later, the message is one of before Baton's time. */
const UNORDERED_MS = HOUR_MS;

/**
 * A message in a channel of an account: a contact of the customer, or a reply of ours. Elsewhere nothing is kept of it;
 * but whoever writes from outside in a shared channel that has no account is put before somebody who decides.
 */
export function onMessage(body: unknown, clock: BusinessClock): Handling | undefined {
  const event = readMessageEvent(body);
  if (!event) return undefined;
  let keys: string[] | undefined;
  return {
    lookups: async (tx) => {
      if (event.kind === 'deleted') return {};
      keys = await accountKeys(tx, event.channel);
      const isRead = keys.length > 0 || (await isUnlinked(tx, event.channel));
      return isRead ? { users: [event.user] } : {};
    },
    keys: async (tx) => keys ?? accountKeys(tx, event.channel),
    run: (tx) => take(tx, event, clock),
  };
}

/** A channel with people of other companies that belongs to no account, and nobody said that it need not. */
async function isUnlinked(tx: ReadTx, channel: string): Promise<boolean> {
  const seen = await surveyedChannel(tx, channel);
  return seen?.isShared === true && !seen.isIgnored;
}

/** The key of the account that a channel belongs to, if it belongs to one. */
export async function accountKeys(tx: ReadTx, channel: string): Promise<string[]> {
  const known = await channelOf(tx, channel);
  return known ? [`account:${known.accountId}`] : [];
}

async function take(tx: Tx, event: MessageEvent, clock: BusinessClock): Promise<void> {
  const { channel, ts } = event;
  const now = clock.now();
  const known = await channelOf(tx, channel);
  const isKept = known?.kind === 'customer' && known.capture !== 'ignore';
  if (event.kind === 'deleted') {
    const accountId = isKept ? known.accountId : null;
    const text = event.text === null ? null : readIncoming(event.text);
    return recordDeletion(tx, { channel, ts, accountId, text, now, sentAt: clock.of(ts) });
  }
  const { threadTs, user, files } = event;
  const incoming: Incoming = {
    ...{ channel, ts, threadTs, files, author: user },
    text: readIncoming(event.text),
    at: clock.of(ts),
  };
  if (!known && event.kind === 'posted' && (await isUnlinked(tx, channel))) return noteStranger(tx, incoming);
  if (event.kind === 'posted') return isKept ? record(tx, known.accountId, incoming) : undefined;
  const { editedTs } = event;
  if (await recordEdit(tx, { ...incoming, editedTs, now })) {
    if (isKept) await reconsiderEdited(tx, known.accountId, incoming);
    return;
  }
  if (isKept && now - incoming.at <= UNORDERED_MS)
    await record(tx, known.accountId, { ...incoming, editedTs });
}

async function record(tx: Tx, accountId: number, incoming: Incoming): Promise<void> {
  const who = await whoIs(tx, incoming.author);
  if (who.kind === 'bot') return;
  if (who.kind === 'person') return recordOurMessage(tx, accountId, incoming, actingFunction(who.person));
  if (who.kind === 'member') return recordOurMessage(tx, accountId, incoming, null);
  await noteWho(tx, accountId, who, incoming);
  // Where an account's person writes in another account's channel, the channel decides.
  return recordCustomerMessage(tx, accountId, incoming);
}

/** Whoever is no known customer of the channel's account, or another's, is put before somebody who decides. */
async function noteWho(tx: Tx, accountId: number, who: Who, m: Incoming): Promise<void> {
  const seen = { slackId: m.author, channel: m.channel, at: m.at };
  if (who.kind === 'external') await notePerson(tx, { ...seen, kind: 'unmatched', accounts: [accountId] });
  if (who.kind === 'customer' && who.accountId !== accountId)
    await notePerson(tx, { ...seen, kind: 'conflict', accounts: [who.accountId, accountId] });
}

async function noteStranger(tx: Tx, m: Incoming): Promise<void> {
  if ((await whoIs(tx, m.author)).kind !== 'external') return;
  await notePerson(tx, { slackId: m.author, channel: m.channel, at: m.at, kind: 'unmatched', accounts: [] });
}
