import { channelOf, whoIs } from '../../accounts/store.js';
import { actingFunction } from '../../people/rules.js';
import type { Handling } from '../../queue/inbox.js';
import { readIncoming } from '../../slack/blocks/index.js';
import { type MessageEvent, readMessageEvent } from '../../slack/events.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { BusinessClock } from '../../time/index.js';
import { recordCustomerMessage, recordDeletion, recordEdit, recordOurMessage } from '../store/contacts.js';

/** A message in a channel of an account: a contact of the customer, or a reply of ours. Elsewhere nothing is kept. */
export function onMessage(body: unknown, clock: BusinessClock): Handling | undefined {
  const event = readMessageEvent(body);
  if (!event) return undefined;
  return {
    lookups: async (tx) => {
      if (event.kind !== 'posted') return {};
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
  if (event.kind === 'deleted') return recordDeletion(tx, event.channel, event.ts);
  if (event.kind === 'edited') return recordEdit(tx, { ...event, text: readIncoming(event.text) });
  const channel = await channelOf(tx, event.channel);
  if (channel?.kind !== 'customer' || channel.capture === 'ignore') return;
  const who = await whoIs(tx, event.user);
  if (who.kind === 'bot') return;
  const incoming = {
    channel: event.channel,
    ts: event.ts,
    threadTs: event.threadTs,
    author: event.user,
    text: readIncoming(event.text),
    files: event.files,
    at: clock.of(event.ts),
  };
  if (who.kind === 'person')
    return recordOurMessage(tx, channel.accountId, incoming, actingFunction(who.person));
  if (who.kind === 'member') return recordOurMessage(tx, channel.accountId, incoming, null);
  // Where an account's person writes in another account's channel, the channel decides.
  return recordCustomerMessage(tx, channel.accountId, incoming);
}
