import { and, eq } from 'drizzle-orm';
import { touchCards } from '../../queue/cards.js';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import { isTakenFrom } from '../rules/edits.js';
import { DETAIL_MAX as FLAG_MAX } from '../rules/flag.js';
import { type Issue, titleFrom } from '../rules/issue.js';
import { WHAT_MAX } from '../rules/promise.js';
import { retell, type Said, wordsOf } from './changes.js';
import { contactById, type MessageRow, messageAt } from './read.js';
import { settleContact } from './waiting.js';

/** What stands where the words of a deleted message stood. */
const DELETED = { theirs: '(deleted by the customer)', ours: '(deleted)' } as const;

export interface Deletion {
  channel: string;
  ts: string;
  /** The account whose messages are kept there; null where none are. */
  accountId: number | null;
  /** What stood there, as far as Slack says. */
  text: string | null;
  /** Business time, UTC ms: now, and when the message was written. */
  now: number;
  sentAt: number;
}

/**
 * A message deleted in Slack is deleted here: its words go wherever they were taken to, that it was written stays. A
 * deletion that comes before its message leaves a mark, so that the message is not taken in after all; where messages are
 * not kept, an issue, a flag or a promise may still have taken its words.
 */
export async function recordDeletion(tx: Tx, at: Deletion): Promise<void> {
  const known = await messageAt(tx, at.channel, at.ts);
  if (known?.isDeleted) return;
  if (!known) {
    if (at.accountId !== null) await leaveMark(tx, { ...at, accountId: at.accountId });
    return forget(tx, { ...at, contactId: null, text: at.text ?? '' }, DELETED.ours, at.now, null);
  }
  await tx.db
    .update(tx.t.messages)
    .set({ text: '', files: [], isDeleted: true })
    .where(eq(tx.t.messages.id, known.id));
  await forget(tx, known, known.isCustomer ? DELETED.theirs : DELETED.ours, at.now, known);
  await settleEmptied(tx, known, at.now);
}

/** Takes the words back from wherever they stand, and says that they are gone. */
async function forget(
  tx: Tx,
  old: Said,
  words: string,
  now: number,
  known: MessageRow | null,
): Promise<void> {
  const issue = await retell(tx, old, { title: words, detail: null });
  await forgetTitles(tx, old, issue, words);
  await forgetRequests(tx, old, words, now);
  if (!known && !issue) return;
  await emit(tx, {
    kind: 'message.deleted',
    at: now,
    accountId: known?.accountId ?? issue?.accountId ?? null,
    contactId: old.contactId,
    issueId: issue?.id ?? null,
    actor: known?.author ?? null,
    source: 'message',
    data: { channel: old.channel, ts: old.ts },
  });
}

async function leaveMark(tx: Tx, at: Deletion & { accountId: number }): Promise<void> {
  const row = { accountId: at.accountId, channel: at.channel, ts: at.ts, author: '', isCustomer: true };
  await tx.db
    .insert(tx.t.messages)
    .values({ ...row, text: '', files: [], at: at.sentAt, isDeleted: true })
    .onConflictDoNothing({ target: [tx.t.messages.channel, tx.t.messages.ts] });
}

/** The words also stand in the history of a title that was changed. */
async function forgetTitles(tx: Tx, old: Said, issue: Issue | undefined, words: string): Promise<void> {
  const title = titleFrom(old.text);
  if (!issue || title === '') return;
  const { log } = tx.t;
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

/** The words may have begun a flag or a promise: those forms hold what the message says. */
async function forgetRequests(tx: Tx, old: Said, words: string, now: number): Promise<void> {
  const { flags: f, promises: p } = tx.t;
  const sent = await tx.db
    .select({ id: f.id, detail: f.detail })
    .from(f)
    .where(and(eq(f.channel, old.channel), eq(f.ts, old.ts)));
  for (const { id, detail } of sent) {
    if (!isTakenFrom(detail, old.text, FLAG_MAX)) continue;
    await tx.db.update(f).set({ detail: words }).where(eq(f.id, id));
    for (const kind of ['flag', 'flag_sender']) await touchCards(tx, kind, id, now);
  }
  const noted = await tx.db
    .select({ id: p.id, what: p.what, issueId: p.issueId })
    .from(p)
    .where(and(eq(p.channel, old.channel), eq(p.ts, old.ts)));
  for (const { id, what, issueId } of noted) {
    if (!isTakenFrom(what, old.text, WHAT_MAX)) continue;
    await tx.db.update(p).set({ what: words }).where(eq(p.id, id));
    await touchCards(tx, 'promise', id, now);
    if (issueId !== null) await touchCards(tx, 'issue', issueId, now);
  }
}

/** A contact of which nothing is left to read is not offered any more. */
async function settleEmptied(tx: Tx, deleted: MessageRow, now: number): Promise<void> {
  const contact = deleted.contactId === null ? undefined : await contactById(tx, deleted.contactId);
  if (!contact || contact.waitsSince === null) return;
  const left = await wordsOf(tx, contact.id);
  if (left.length === 0)
    await settleContact(tx, contact, { settled: 'deleted', by: deleted.author, at: now });
}
