import { and, eq } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { isTakenFrom } from '../rules/edits.js';
import { DETAIL_MAX, type Issue, titleFrom } from '../rules/issue.js';
import { contactById, issueById, issueOfSource, type MessageRow, messageAt } from './read.js';

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

/** A message as it stood before: known to Baton, or only to Slack. */
export type Said = Pick<MessageRow, 'channel' | 'ts' | 'contactId' | 'text'>;

/** A title or detail that is the message's own words goes with them; what one of us typed stays. */
export async function retell(
  tx: Tx,
  old: Said,
  now: { title: string; detail: string | null } | null,
): Promise<Issue | undefined> {
  const issue = await issueOfWords(tx, old);
  if (!issue || !now || old.text === '') return issue;
  const set = {
    ...(issue.title === titleFrom(old.text) ? { title: now.title } : {}),
    ...(isTakenFrom(issue.detail ?? '', old.text, DETAIL_MAX) ? { detail: now.detail } : {}),
  };
  if (Object.keys(set).length > 0)
    await tx.db.update(tx.t.issues).set(set).where(eq(tx.t.issues.id, issue.id));
  return issue;
}

async function issueOfWords(tx: ReadTx, message: Said): Promise<Issue | undefined> {
  const direct = await issueOfSource(tx, message.channel, message.ts);
  if (direct || message.contactId === null) return direct;
  const contact = await contactById(tx, message.contactId);
  return contact?.issueId == null ? undefined : issueById(tx, contact.issueId);
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

/** What a contact waits with: what was written since it waits (again), else all of it; in the order of writing. */
export async function waitingWords(
  tx: ReadTx,
  contact: { id: number; waitsSince: number | null },
): Promise<MessageRow[]> {
  const words = await wordsOf(tx, contact.id);
  const since = words.filter(({ at }) => contact.waitsSince !== null && at >= contact.waitsSince);
  return since.length > 0 ? since : words;
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
