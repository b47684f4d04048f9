import { DAY_MS } from '../../time/index.js';
import type { IssueFact, WaitFact } from './facts.js';
import type { ContactRow, EventRow, History, MessageRow } from './history.js';

/** Older than this, an unanswered word is no waiting any more: nobody expects an answer. */
export const WAITS_MS = 14 * DAY_MS;
const BUSY: ReadonlySet<string> = new Set(['new', 'open']);

interface Around {
  events: readonly EventRow[];
  issues: readonly IssueFact[];
  names: ReadonlyMap<number, string>;
}

/**
 * Contacts in which the customer had the last word at an instant, oldest first. An answer of ours in the thread or in
 * the channel, a reaction of ours, and *No issue* / *No reply needed* end the waiting; logging it does not.
 */
export function waitsAsOf(history: History, around: Around, at: number): WaitFact[] {
  const seen = lastSeen(around.events);
  const issues = new Map(around.issues.map((issue) => [issue.id, issue]));
  const ofContact = messagesByContact(history.messages, at);
  const inThread = ourThreads(history.messages, at);
  const inChannel = answeredInChannel(history, at);
  const found: WaitFact[] = [];
  for (const contact of history.contacts) {
    const words = ofContact.get(contact.id);
    if (!words) continue;
    const answered = Math.max(
      ...[answeredAt(contact, at), seen.get(contact.id) ?? 0],
      inThread.get(threadOf({ ...contact, ts: contact.firstTs })) ?? 0,
    );
    const below = inChannel.get(contact.id) ?? 0;
    // What was written below the first word has a thread of its own, in which it is answered.
    const beside = (word: MessageRow) => inThread.get(threadOf(word)) ?? 0;
    const open = words.filter(
      (word) =>
        word.at > Math.max(answered, beside(word)) &&
        !word.isCourtesy &&
        (word.threadTs !== null || word.at > below),
    );
    const first = open[0];
    const last = open.at(-1);
    if (!first || !last || first.at <= at - WAITS_MS) continue;
    const issue = contact.issueId === null ? undefined : issues.get(contact.issueId);
    found.push({
      contactId: contact.id,
      since: first.at,
      isFirst: Math.max(answered, below, ...words.map(beside)) === 0,
      isQuestion: open.some((word) => word.isQuestion),
      hasOpenIssue: issue !== undefined && BUSY.has(issue.state),
      issueName: contact.issueId === null ? null : (around.names.get(contact.issueId) ?? null),
      channel: last.channel,
      ts: last.ts,
    });
  }
  return found.sort((a, b) => a.since - b.since || a.contactId - b.contactId);
}

/** When somebody of ours last reacted to a contact or called it nothing to answer. */
function lastSeen(events: readonly EventRow[]): Map<number, number> {
  const seen = new Map<number, number>();
  for (const { kind, contactId, at } of events)
    if (contactId !== null && (kind === 'contact.seen' || kind === 'contact.dismissed'))
      seen.set(contactId, at);
  return seen;
}

function messagesByContact(messages: readonly MessageRow[], at: number): Map<number, MessageRow[]> {
  const found = new Map<number, MessageRow[]>();
  for (const message of messages) {
    if (!message.isCustomer || message.contactId === null || message.at > at) continue;
    const of = found.get(message.contactId);
    if (of) of.push(message);
    else found.set(message.contactId, [message]);
  }
  return found;
}

/** When one of us last wrote in a thread, by channel and thread. */
function ourThreads(messages: readonly MessageRow[], at: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const message of messages) {
    if (message.isCustomer || message.at > at || message.threadTs === null) continue;
    const key = threadOf(message);
    found.set(key, Math.max(found.get(key) ?? 0, message.at));
  }
  return found;
}

/**
 * When one of us last answered below, in the channel, what was said there of a contact whose row does not wait: an issue
 * holds it, or it goes on soon after our answer. The row does not tell that answer; of one that waits it does. As there,
 * an answer in the channel answers the newest of what waits in it.
 */
function answeredInChannel({ contacts, messages }: History, at: number): Map<number, number> {
  const isOver = new Map(
    contacts.map(({ id, issueId, settled }) => [id, issueId !== null || settled !== null]),
  );
  const newest = new Map<string, number>();
  const found = new Map<number, number>();
  for (const { channel, threadTs, contactId, isCustomer, isCourtesy, at: saidAt } of messages) {
    if (saidAt > at || threadTs !== null) continue;
    if (isCustomer && contactId !== null && !isCourtesy) newest.set(channel, contactId);
    const contact = isCustomer ? undefined : newest.get(channel);
    if (contact === undefined) continue;
    newest.delete(channel);
    if (isOver.get(contact)) found.set(contact, saidAt);
  }
  return found;
}

/** The thread that something stands in, or begins. */
const threadOf = (it: { channel: string; threadTs: string | null; ts: string }) =>
  `${it.channel}:${it.threadTs ?? it.ts}`;

/** When a contact was last answered in the channel, as far as its row says it and it was known by then. */
function answeredAt(contact: ContactRow, at: number): number {
  const ends = [contact.firstReplyAt];
  const { settled } = contact;
  if (settled === 'answered' || settled === 'seen' || settled === 'no_reply') ends.push(contact.settledAt);
  return Math.max(0, ...ends.filter((end): end is number => end !== null && end <= at));
}
