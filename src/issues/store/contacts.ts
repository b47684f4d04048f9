import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { whoIs } from '../../accounts/store.js';
import { firstNames } from '../../people/store.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { answeredBy, waitsAgain, workingTimeOf } from '../rules/capture.js';
import { placeMessage } from '../rules/contact.js';
import { dependsOnNames } from '../rules/courtesy.js';
import { answeredInThread } from './answered.js';
import { channelMemory } from './memory.js';
import { assign, extend, insertContact, oursAfter, oursAfterInThread } from './prepared.js';
import { addMessage, type ContactRow, contactById, contactOfThread, messageAt } from './read.js';
import { goOnWithIssues } from './service-levels.js';
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

/**
 * The same of before Baton's time: it opens nothing again and wants nothing of anybody.
 * @returns false when it was heard already
 */
export async function recordOldMessage(
  tx: Tx,
  accountId: number,
  m: Incoming,
  isOurs: boolean,
): Promise<boolean> {
  if (!(await addMessage(tx, { ...m, accountId, isCustomer: !isOurs }))) return false;
  if (!isOurs) await place(tx, accountId, m);
  else
    for (const contact of await unansweredBy(tx, m))
      if (contact.startedAt <= m.at) await answer(tx, contact, m, null);
  return true;
}

/** An edit made something of what was no contact: "Good morning!" became "Good morning! Nobody can log in". */
export async function reconsiderEdited(tx: Tx, accountId: number, m: Incoming): Promise<void> {
  const known = await messageAt(tx, m.channel, m.ts);
  if (known?.isCustomer && !known.isDeleted && known.contactId === null) await place(tx, accountId, m);
}

async function place(tx: Tx, accountId: number, m: Incoming): Promise<void> {
  const names = dependsOnNames(m.text) ? await firstNames(tx) : new Set<string>();
  const memory = { ...(await channelMemory(tx, m.channel, m.threadTs, m.at)), names };
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

/** "@Jill, can you bring the list?": it begins with the name of another customer. */
async function isAmongThemselves(tx: ReadTx, text: string): Promise<boolean> {
  const addressed = /^\s*@([UW][A-Z0-9]+)/u.exec(text)?.[1];
  return addressed !== undefined && (await whoIs(tx, addressed)).kind === 'customer';
}

async function setContact(tx: Tx, m: Incoming, contactId: number): Promise<void> {
  await tx.prepared(assign, { channel: m.channel, ts: m.ts, contactId });
}

async function joinContact(tx: Tx, contactId: number, m: Incoming, asks: boolean): Promise<ContactRow> {
  const contact = await known(tx, contactId);
  await tx.prepared(extend, {
    id: contactId,
    // "Thanks!" does not draw the next matter into this one.
    lastAt: asks ? Math.max(contact.lastAt, m.at) : contact.lastAt,
    startedAt: Math.min(contact.startedAt, m.at),
  });
  if (asks && waitsAgain(contact, m.at)) await startWaiting(tx, contact, m.at);
  return contact;
}

async function known(tx: ReadTx, contactId: number): Promise<ContactRow> {
  const contact = await contactById(tx, contactId);
  if (!contact) throw new Error(`contact ${contactId} is gone`);
  return contact;
}

async function openContact(tx: Tx, accountId: number, m: Incoming): Promise<ContactRow> {
  const { channel, ts: firstTs, author, at } = m;
  const threadTs = m.threadTs ?? firstTs;
  const [row] = await tx.prepared(insertContact, { accountId, channel, firstTs, threadTs, author, at });
  if (!row) throw new Error('the contact was not written');
  await startWaiting(tx, row, at);
  return { ...row, waitsSince: at };
}

type Func = 'support' | 'success' | null;

/** Takes in a message of ours in a customer channel: it answers what waited in that thread, or in the channel. */
export async function recordOurMessage(tx: Tx, accountId: number, m: Incoming, func: Func): Promise<void> {
  const isNew = await addMessage(tx, { ...m, accountId, isCustomer: false });
  if (!isNew) return;
  for (const contact of await unansweredBy(tx, m)) {
    if (contact.startedAt <= m.at) await answer(tx, contact, m, func);
  }
  await goOnWithIssues(tx, m, func);
  await emit(tx, {
    kind: 'message.sent',
    at: m.at,
    accountId,
    actor: m.author,
    func,
    source: 'message',
    data: { channel: m.channel, ts: m.ts },
  });
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
  const { channel, threadTs, startedAt } = contact;
  const [ours] =
    threadTs === contact.firstTs
      ? await tx.prepared(oursAfter, { channel, startedAt })
      : await tx.prepared(oursAfterInThread, { channel, startedAt, threadTs });
  const isHere = ours && (ours.threadTs === null || ours.threadTs === contact.threadTs);
  if (isHere) await answer(tx, await known(tx, contact.id), ours, null);
}
