import { and, eq } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import { plus } from '../../store/sql.js';
import type { Tx } from '../../store/transact.js';
import { placeMessage } from '../rules/contact.js';
import { addMessage, channelMemory, contactById, messageAt, unansweredIn } from './read.js';

export interface Incoming {
  channel: string;
  ts: string;
  threadTs: string | null;
  author: string;
  text: string;
  files: { name: string; permalink: string | null }[];
  /** Business time, UTC ms. */
  at: number;
}

/** Takes in a customer's message: it opens a contact, joins one, or is none. Known messages change nothing. */
export async function recordCustomerMessage(tx: Tx, accountId: number, m: Incoming): Promise<void> {
  const memory = await channelMemory(tx, m.channel, m.threadTs, m.at);
  const isNew = await addMessage(tx, { ...m, accountId, isCustomer: true });
  if (!isNew) return;
  const decision = placeMessage({ ...m, hasFile: m.files.length > 0 }, memory);
  if ('none' in decision) return;
  const contactId =
    'join' in decision ? await joinContact(tx, decision.join, m) : await openContact(tx, accountId, m);
  const { messages } = tx.t;
  await tx.db
    .update(messages)
    .set({ contactId })
    .where(and(eq(messages.channel, m.channel), eq(messages.ts, m.ts)));
  const contact = await contactById(tx, contactId);
  await emit(tx, {
    kind: 'join' in decision ? 'contact.joined' : 'contact.opened',
    at: m.at,
    accountId,
    contactId,
    issueId: contact?.issueId ?? null,
    actor: m.author,
    source: 'message',
    data: { channel: m.channel, ts: m.ts },
  });
}

async function joinContact(tx: Tx, contactId: number, m: Incoming): Promise<number> {
  const { contacts } = tx.t;
  await tx.db
    .update(contacts)
    .set({ lastAt: m.at, messages: plus(contacts.messages, 1) })
    .where(eq(contacts.id, contactId));
  return contactId;
}

async function openContact(tx: Tx, accountId: number, m: Incoming): Promise<number> {
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
    .returning({ id: tx.t.contacts.id });
  if (!row) throw new Error('the contact was not written');
  return row.id;
}

/** Takes in a message of ours in a customer channel: it answers what waited in that thread, or in the channel. */
export async function recordOurMessage(
  tx: Tx,
  accountId: number,
  m: Incoming,
  func: 'support' | 'success' | null,
): Promise<void> {
  const isNew = await addMessage(tx, { ...m, accountId, isCustomer: false });
  if (!isNew) return;
  for (const contact of await unansweredIn(tx, m.channel, m.threadTs)) {
    if (contact.startedAt > m.at) continue;
    await tx.db.update(tx.t.contacts).set({ firstReplyAt: m.at }).where(eq(tx.t.contacts.id, contact.id));
    await emit(tx, {
      kind: 'contact.replied',
      at: m.at,
      accountId,
      contactId: contact.id,
      issueId: contact.issueId,
      actor: m.author,
      func,
      source: 'message',
      data: { channel: m.channel, ts: m.ts },
    });
  }
}

/** An edit changes the stored words; one that is older than what is stored changes nothing. */
export async function recordEdit(
  tx: Tx,
  edit: { channel: string; ts: string; text: string; editedTs: string },
): Promise<void> {
  const known = await messageAt(tx, edit.channel, edit.ts);
  if (!known || known.isDeleted || known.text === edit.text || (known.editedTs ?? '') >= edit.editedTs)
    return;
  await tx.db
    .update(tx.t.messages)
    .set({ text: edit.text, editedTs: edit.editedTs })
    .where(eq(tx.t.messages.id, known.id));
}

/** A message deleted in Slack is deleted here: its words and file names go, that it was written stays. */
export async function recordDeletion(tx: Tx, channel: string, ts: string): Promise<void> {
  const { messages } = tx.t;
  await tx.db
    .update(messages)
    .set({ text: '', files: [], isDeleted: true })
    .where(and(eq(messages.channel, channel), eq(messages.ts, ts)));
}
