import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { whoIs } from '../../accounts/store.js';
import { activePeople } from '../../people/store.js';
import { emit } from '../../store/log.js';
import { plus } from '../../store/sql.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { answeredBy, waitsAgain, workingTimeOf } from '../rules/capture.js';
import { placeMessage } from '../rules/contact.js';
import { answeredInThread } from './answered.js';
import {
  addMessage,
  type ContactRow,
  channelMemory,
  contactById,
  contactOfThread,
  type MessageRow,
  messageAt,
} from './read.js';
import { answeringHours, settleContact, startWaiting } from './waiting.js';

export interface Incoming {
  channel: string;
  ts: string;
  threadTs: string | null;
  author: string;
  text: string;
  files: { name: string; permalink: string | null }[];
  /** Business time, UTC ms. */
  at: number;
  /** Its version, when what came first was an edit. */
  editedTs?: string;
}

/** Takes in a customer's message: it opens a contact, joins one, or is none. Known messages change nothing. */
export async function recordCustomerMessage(tx: Tx, accountId: number, m: Incoming): Promise<void> {
  const isNew = await addMessage(tx, { ...m, accountId, isCustomer: true });
  if (!isNew) return;
  await answeredInThread(tx, m);
  await place(tx, accountId, m);
}

/** An edit made something of what was no contact: "Good morning!" became "Good morning! Nobody can log in". */
export async function reconsiderEdited(tx: Tx, accountId: number, m: Incoming): Promise<void> {
  const known = await messageAt(tx, m.channel, m.ts);
  if (known?.isCustomer && !known.isDeleted && known.contactId === null) await place(tx, accountId, m);
}

async function place(tx: Tx, accountId: number, m: Incoming): Promise<void> {
  const memory = { ...(await channelMemory(tx, m.channel, m.threadTs, m.at)), names: await firstNames(tx) };
  const isToColleague = await isAmongThemselves(tx, m.text);
  const decision = placeMessage({ ...m, hasFile: m.files.length > 0, isToColleague }, memory);
  if ('none' in decision) return;
  const contact =
    'join' in decision
      ? await joinContact(tx, decision.join, m, decision.asks)
      : await openContact(tx, accountId, m);
  await setContact(tx, m, contact.id);
  await emit(tx, {
    kind: 'join' in decision ? 'contact.joined' : 'contact.opened',
    at: m.at,
    accountId,
    contactId: contact.id,
    issueId: contact.issueId,
    actor: m.author,
    source: 'message',
    data: { channel: m.channel, ts: m.ts },
  });
  if ('open' in decision) await answerLate(tx, contact);
}

async function firstNames(tx: ReadTx): Promise<Set<string>> {
  const people = await activePeople(tx);
  return new Set(people.map((person) => (person.name.split(/\s+/u)[0] ?? '').toLowerCase()));
}

/** "@Jill, can you bring the list?": it begins with the name of another customer. */
async function isAmongThemselves(tx: ReadTx, text: string): Promise<boolean> {
  const addressed = /^\s*@([UW][A-Z0-9]+)/u.exec(text)?.[1];
  return addressed !== undefined && (await whoIs(tx, addressed)).kind === 'customer';
}

async function setContact(tx: Tx, m: Incoming, contactId: number): Promise<void> {
  const { messages } = tx.t;
  await tx.db
    .update(messages)
    .set({ contactId })
    .where(and(eq(messages.channel, m.channel), eq(messages.ts, m.ts)));
}

async function joinContact(tx: Tx, contactId: number, m: Incoming, asks: boolean): Promise<ContactRow> {
  const contact = await known(tx, contactId);
  await tx.db
    .update(tx.t.contacts)
    .set({
      // "Thanks!" does not draw the next matter into this one.
      ...(asks ? { lastAt: Math.max(contact.lastAt, m.at) } : {}),
      startedAt: Math.min(contact.startedAt, m.at),
      messages: plus(tx.t.contacts.messages, 1),
    })
    .where(eq(tx.t.contacts.id, contactId));
  if (asks && waitsAgain(contact, m.at)) await startWaiting(tx, contact, m.at);
  return known(tx, contactId);
}

async function known(tx: ReadTx, contactId: number): Promise<ContactRow> {
  const contact = await contactById(tx, contactId);
  if (!contact) throw new Error(`contact ${contactId} is gone`);
  return contact;
}

async function openContact(tx: Tx, accountId: number, m: Incoming): Promise<ContactRow> {
  const [row] = await tx.db
    .insert(tx.t.contacts)
    .values({
      accountId,
      channel: m.channel,
      firstTs: m.ts,
      threadTs: m.threadTs ?? m.ts,
      author: m.author,
      startedAt: m.at,
      lastAt: m.at,
      messages: 1,
    })
    .returning();
  if (!row) throw new Error('the contact was not written');
  await startWaiting(tx, row, m.at);
  return known(tx, row.id);
}

type Func = 'support' | 'success' | null;

/** Takes in a message of ours in a customer channel: it answers what waited in that thread, or in the channel. */
export async function recordOurMessage(tx: Tx, accountId: number, m: Incoming, func: Func): Promise<void> {
  const isNew = await addMessage(tx, { ...m, accountId, isCustomer: false });
  if (!isNew) return;
  for (const contact of await unansweredBy(tx, m)) {
    if (contact.startedAt <= m.at) await answer(tx, contact, m, func);
  }
}

/** What a message of ours may answer: its thread's contact, or all that nobody answered in the channel. */
async function unansweredBy(tx: ReadTx, m: Incoming): Promise<ContactRow[]> {
  if (m.threadTs !== null) {
    const contact = await contactOfThread(tx, m.channel, m.threadTs);
    return contact ? [contact] : [];
  }
  const { contacts: c } = tx.t;
  const open = await tx.db
    .select()
    .from(c)
    .where(and(eq(c.channel, m.channel), isNull(c.firstReplyAt)))
    .orderBy(asc(c.startedAt));
  const again = await waitingAgain(tx, m.channel);
  return answeredBy(m.text, [...open, ...again]);
}

/** Contacts of a channel that were answered once and wait anew. */
async function waitingAgain(tx: ReadTx, channel: string): Promise<ContactRow[]> {
  const { contacts: c } = tx.t;
  return tx.db
    .select()
    .from(c)
    .where(and(eq(c.channel, channel), gt(c.waitsSince, 0), gt(c.firstReplyAt, 0)))
    .orderBy(asc(c.startedAt));
}

async function answer(
  tx: Tx,
  contact: ContactRow,
  m: Pick<Incoming, 'channel' | 'ts' | 'author' | 'at'>,
  func: Func,
) {
  if (contact.firstReplyAt === null) {
    const hours = await answeringHours(tx, contact.accountId);
    await tx.db
      .update(tx.t.contacts)
      .set({ firstReplyAt: m.at, replyWorkingMs: workingTimeOf(contact.startedAt, m.at, hours) })
      .where(eq(tx.t.contacts.id, contact.id));
    await emit(tx, {
      kind: 'contact.replied',
      at: m.at,
      accountId: contact.accountId,
      contactId: contact.id,
      issueId: contact.issueId,
      actor: m.author,
      func,
      source: 'message',
      data: { channel: m.channel, ts: m.ts },
    });
  }
  // Our last word covers what is said next; what a person called no issue stays that.
  if (contact.waitsSince !== null ? contact.waitsSince <= m.at : contact.issueId === null)
    await settleContact(tx, contact, {
      settled: contact.settled === 'chat' ? 'chat' : 'answered',
      by: m.author,
      at: m.at,
    });
}

/** Slack promises no order: an answer of ours may have come in before what it answers. */
async function answerLate(tx: Tx, contact: ContactRow): Promise<void> {
  const { messages: m } = tx.t;
  const [ours]: MessageRow[] = await tx.db
    .select()
    .from(m)
    .where(
      and(
        eq(m.channel, contact.channel),
        eq(m.isCustomer, false),
        gt(m.at, contact.startedAt),
        contact.threadTs === contact.firstTs ? undefined : eq(m.threadTs, contact.threadTs),
      ),
    )
    .orderBy(asc(m.at))
    .limit(1);
  const isHere = ours && (ours.threadTs === null || ours.threadTs === contact.threadTs);
  if (isHere) await answer(tx, await known(tx, contact.id), ours, null);
}

/** A reaction of ours on a customer's message: somebody has seen it, so it is not offered as an issue. */
export async function recordOurReaction(
  tx: Tx,
  on: { channel: string; ts: string; user: string; at: number },
): Promise<void> {
  const message = await messageAt(tx, on.channel, on.ts);
  const contact =
    message?.isCustomer && message.contactId !== null ? await contactById(tx, message.contactId) : undefined;
  if (!contact || contact.waitsSince === null) return;
  await settleContact(tx, contact, { settled: 'seen', by: on.user, at: on.at });
  await emit(tx, {
    kind: 'contact.seen',
    at: on.at,
    accountId: contact.accountId,
    contactId: contact.id,
    issueId: contact.issueId,
    actor: on.user,
    source: 'reaction',
    data: { channel: on.channel, ts: on.ts },
  });
}
