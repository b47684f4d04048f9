import { and, eq } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type Issue, titleFrom } from '../rules/issue.js';
import { contactById, issueById, issueOfSource, type MessageRow, messageAt } from './read.js';
import { settleContact } from './waiting.js';

/** What stands where the words of a deleted message stood. */
const DELETED = { theirs: '(deleted by the customer)', ours: '(deleted)' } as const;

export interface Edit {
  channel: string;
  ts: string;
  text: string;
  files: { name: string; permalink: string | null }[];
  /** The version: an edit that is older than what is stored changes nothing. */
  editedTs: string;
  /** Business time, UTC ms. */
  now: number;
}

/** An edit changes the stored words, and a title that was taken from them. @returns false for an unknown message. */
export async function recordEdit(tx: Tx, edit: Edit): Promise<boolean> {
  const known = await messageAt(tx, edit.channel, edit.ts);
  if (!known) return false;
  if (known.isDeleted || (known.editedTs ?? '') >= edit.editedTs) return true;
  if (known.text === edit.text && JSON.stringify(known.files) === JSON.stringify(edit.files)) return true;
  await tx.db
    .update(tx.t.messages)
    .set({ text: edit.text, files: edit.files, editedTs: edit.editedTs })
    .where(eq(tx.t.messages.id, known.id));
  const title = titleFrom(edit.text);
  const issue = await retell(tx, known, title === '' ? null : { title, detail: edit.text });
  await emit(tx, { ...about(known, issue, edit.now), kind: 'message.edited' });
  return true;
}

/**
 * A message deleted in Slack is deleted here: its words go wherever they were taken to, that it was written stays. A
 * deletion that comes before its message leaves a mark, so that the message is not taken in after all.
 */
export async function recordDeletion(
  tx: Tx,
  at: { channel: string; ts: string; accountId: number | null; now: number; sentAt: number },
): Promise<void> {
  const known = await messageAt(tx, at.channel, at.ts);
  if (!known) {
    if (at.accountId !== null) await leaveMark(tx, { ...at, accountId: at.accountId });
    return;
  }
  if (known.isDeleted) return;
  await tx.db
    .update(tx.t.messages)
    .set({ text: '', files: [], isDeleted: true })
    .where(eq(tx.t.messages.id, known.id));
  const words = known.isCustomer ? DELETED.theirs : DELETED.ours;
  const issue = await retell(tx, known, { title: words, detail: null });
  await forgetWords(tx, known, issue, words);
  await emit(tx, { ...about(known, issue, at.now), kind: 'message.deleted' });
  await settleEmptied(tx, known, at.now);
}

async function leaveMark(
  tx: Tx,
  at: { channel: string; ts: string; accountId: number; sentAt: number },
): Promise<void> {
  const row = { accountId: at.accountId, channel: at.channel, ts: at.ts, author: '', isCustomer: true };
  await tx.db
    .insert(tx.t.messages)
    .values({ ...row, text: '', files: [], at: at.sentAt, isDeleted: true })
    .onConflictDoNothing({ target: [tx.t.messages.channel, tx.t.messages.ts] });
}

/** A title or detail that is the message's own words goes with them; what one of us typed stays. */
async function retell(
  tx: Tx,
  old: MessageRow,
  now: { title: string; detail: string | null } | null,
): Promise<Issue | undefined> {
  const issue = await issueOfWords(tx, old);
  if (!issue || !now || old.text === '') return issue;
  const set = {
    ...(issue.title === titleFrom(old.text) ? { title: now.title } : {}),
    ...(issue.detail !== null && issue.detail.trim() === old.text.trim() ? { detail: now.detail } : {}),
  };
  if (Object.keys(set).length > 0)
    await tx.db.update(tx.t.issues).set(set).where(eq(tx.t.issues.id, issue.id));
  return issue;
}

async function issueOfWords(tx: ReadTx, message: MessageRow): Promise<Issue | undefined> {
  const direct = await issueOfSource(tx, message.channel, message.ts);
  if (direct || message.contactId === null) return direct;
  const contact = await contactById(tx, message.contactId);
  return contact?.issueId == null ? undefined : issueById(tx, contact.issueId);
}

/** The words also stand in the history of a title that was changed, and in a flag that was sent from the message. */
async function forgetWords(tx: Tx, old: MessageRow, issue: Issue | undefined, words: string): Promise<void> {
  const { log, flags } = tx.t;
  await tx.db
    .update(flags)
    .set({ detail: words })
    .where(and(eq(flags.channel, old.channel), eq(flags.ts, old.ts), eq(flags.detail, old.text)));
  const title = titleFrom(old.text);
  if (!issue || title === '') return;
  const changes = and(eq(log.issueId, issue.id), eq(log.kind, 'issue.changed'));
  await tx.db
    .update(log)
    .set({ before: words })
    .where(and(changes, eq(log.before, title)));
  await tx.db
    .update(log)
    .set({ after: words })
    .where(and(changes, eq(log.after, title)));
}

/** A contact of which nothing is left to read is not offered any more. */
async function settleEmptied(tx: Tx, deleted: MessageRow, now: number): Promise<void> {
  const contact = deleted.contactId === null ? undefined : await contactById(tx, deleted.contactId);
  if (!contact || contact.waitsSince === null) return;
  const left = await wordsOf(tx, contact.id);
  if (left.length === 0)
    await settleContact(tx, contact, { settled: 'deleted', by: deleted.author, at: now });
}

/** What still stands of a contact, in the order in which it was written. */
export async function wordsOf(tx: ReadTx, contactId: number): Promise<MessageRow[]> {
  const { messages } = tx.t;
  const rows: MessageRow[] = await tx.db
    .select()
    .from(messages)
    .where(and(eq(messages.contactId, contactId), eq(messages.isDeleted, false)));
  return rows.sort((a, b) => a.at - b.at || a.id - b.id);
}

/** All that was said in a channel is found under its new id. */
export async function moveWords(tx: Tx, from: string, to: string): Promise<void> {
  const { messages, contacts, issueSources, flags, promises } = tx.t;
  for (const table of [messages, contacts, issueSources, flags, promises])
    await tx.db.update(table).set({ channel: to }).where(eq(table.channel, from));
}

function about(message: MessageRow, issue: Issue | undefined, now: number) {
  return {
    at: now,
    accountId: message.accountId,
    contactId: message.contactId,
    issueId: issue?.id ?? null,
    actor: message.author,
    source: 'message',
    data: { channel: message.channel, ts: message.ts },
  };
}
