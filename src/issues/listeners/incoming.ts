import { channelOf, whoIs } from '../../accounts/store.js';
import { actingFunction } from '../../people/rules.js';
import type { Handling } from '../../queue/inbox.js';
import { readIncoming } from '../../slack/blocks/index.js';
import { type MessageEvent, readMessageEvent } from '../../slack/events.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type BusinessClock, HOUR_MS } from '../../time/index.js';
import { recordDeletion, recordEdit } from '../store/changes.js';
import {
  type Incoming,
  reconsiderEdited,
  recordCustomerMessage,
  recordOurMessage,
} from '../store/contacts.js';

/** An edit may come before its message, but not by more than this; later, the message is one of before Baton's time. */
const UNORDERED_MS = HOUR_MS;

/** A message in a channel of an account: a contact of the customer, or a reply of ours. Elsewhere nothing is kept. */
export function onMessage(body: unknown, clock: BusinessClock): Handling | undefined {
  const event = readMessageEvent(body);
  if (!event) return undefined;
  return {
    lookups: async (tx) => {
      if (event.kind === 'deleted') return {};
      const channel = await channelOf(tx, event.channel);
      return channel ? { users: [event.user] } : {};
    },
    keys: (tx) => accountKeys(tx, event.channel),
    run: (tx) => take(tx, event, clock),
  };
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
    return recordDeletion(tx, { channel, ts, accountId, now, sentAt: clock.of(ts) });
  }
  const { threadTs, user, files } = event;
  const incoming: Incoming = {
    ...{ channel, ts, threadTs, files, author: user },
    text: readIncoming(event.text),
    at: clock.of(ts),
  };
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
  // Where an account's person writes in another account's channel, the channel decides.
  return recordCustomerMessage(tx, accountId, incoming);
}
