import { and, asc, desc, eq, gte, inArray, isNull } from 'drizzle-orm';
import { plus } from '../../store/sql.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';
import type { Issue } from '../rules/issue.js';
import {
  contactOfId,
  contactsHeldBy,
  hasWaited,
  insertMessage,
  issueOfId,
  messageOfTs,
  type NewMessage,
  sourceAt,
} from './prepared.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'contact.opened': { channel: string; ts: string };
    'contact.joined': { channel: string; ts: string };
    'contact.replied': { channel: string; ts: string };
    'contact.seen': { channel: string; ts: string };
    'contact.waited': { channel: string; ts: string };
    'contact.dismissed': { channel: string; ts: string };
    'message.sent': { channel: string; ts: string };
    'message.edited': { channel: string; ts: string };
    'message.deleted': { channel: string; ts: string };
    'issue.opened': { number: number };
    'issue.source_added': { channel: string; ts: string };
    'issue.source_removed': { channel: string; ts: string };
  }
}

export type ContactRow = ReadTx['t']['contacts']['$inferSelect'];
export type MessageRow = ReadTx['t']['messages']['$inferSelect'];

/** The contact whose thread it is: the newest that began in it, else that of its first message. */
export async function contactOfThread(
  tx: ReadTx,
  channel: string,
  threadTs: string,
): Promise<ContactRow | undefined> {
  const { contacts } = tx.t;
  const [newest] = await tx.db
    .select()
    .from(contacts)
    .where(and(eq(contacts.channel, channel), eq(contacts.threadTs, threadTs)))
    .orderBy(desc(contacts.startedAt), desc(contacts.id))
    .limit(1);
  if (newest) return newest;
  const root = await messageAt(tx, channel, threadTs);
  return root?.contactId == null ? undefined : contactById(tx, root.contactId);
}

export async function messageAt(tx: ReadTx, channel: string, ts: string): Promise<MessageRow | undefined> {
  return (await tx.prepared(messageOfTs, { channel, ts }))[0];
}

/** @returns false when the message was known already. */
export async function addMessage(tx: Tx, row: NewMessage): Promise<boolean> {
  const added = await tx.prepared(insertMessage, {
    threadTs: null,
    editedTs: null,
    isDeleted: false,
    ...row,
  });
  return added.length > 0;
}

export async function contactById(tx: ReadTx, id: number): Promise<ContactRow | undefined> {
  return (await tx.prepared(contactOfId, { id }))[0];
}

/** The contact has waited longer than an answer may take; the first time counts. */
export async function markWaited(tx: Tx, contact: ContactRow, at: number): Promise<void> {
  await tx.prepared(hasWaited, { id: contact.id, waitedAt: contact.waitedAt ?? at });
}

/** The account's newest contact since `since` that no issue holds yet. */
export async function newestUnlogged(
  tx: ReadTx,
  accountId: number,
  since: number,
): Promise<ContactRow | undefined> {
  const { contacts: c } = tx.t;
  const [row] = await tx.db
    .select()
    .from(c)
    .where(and(eq(c.accountId, accountId), isNull(c.issueId), gte(c.lastAt, since)))
    .orderBy(desc(c.lastAt), desc(c.id))
    .limit(1);
  return row;
}

export async function issueById(tx: ReadTx, id: number): Promise<Issue | undefined> {
  return (await tx.prepared(issueOfId, { id }))[0];
}

export async function issueByNumber(tx: ReadTx, number: number): Promise<Issue | undefined> {
  const [row] = await tx.db.select().from(tx.t.issues).where(eq(tx.t.issues.number, number));
  return row;
}

/** The issue that holds this very message, if one does. */
export async function issueOfSource(tx: ReadTx, channel: string, ts: string): Promise<Issue | undefined> {
  const [source] = await tx.prepared(sourceAt, { channel, ts });
  return source && issueById(tx, source.issueId);
}

const sourcesIn = (db: Db, { issueSources: s }: Tables, its: { issueId: number }) =>
  db.select().from(s).where(eq(s.issueId, its.issueId)).orderBy(asc(s.id));

export async function sourcesOf(tx: ReadTx, issueId: number): Promise<{ channel: string; ts: string }[]> {
  return tx.prepared(sourcesIn, { issueId });
}

export async function contactsOfIssue(tx: ReadTx, issueId: number): Promise<ContactRow[]> {
  return tx.prepared(contactsHeldBy, { issueId });
}

/** Issues of an account in these states, oldest first. */
export async function issuesOf(
  tx: ReadTx,
  accountId: number | null,
  states: readonly Issue['state'][],
  limit = 100,
): Promise<Issue[]> {
  const { issues } = tx.t;
  const where = [
    inArray(issues.state, [...states]),
    ...(accountId === null ? [] : [eq(issues.accountId, accountId)]),
  ];
  return tx.db
    .select()
    .from(issues)
    .where(and(...where))
    .orderBy(asc(issues.createdAt), asc(issues.id))
    .limit(limit);
}

/** The next B-number: a counter row, so that numbers have no gaps that people would ask about. */
export async function nextIssueNumber(tx: Tx): Promise<number> {
  const { counters } = tx.t;
  await tx.db
    .insert(counters)
    .values({ name: 'issue', value: 0 })
    .onConflictDoNothing({ target: counters.name });
  const [row] = await tx.db
    .update(counters)
    .set({ value: plus(counters.value, 1) })
    .where(eq(counters.name, 'issue'))
    .returning({ value: counters.value });
  return row?.value ?? 1;
}

const THREADS_MAX = 20;

/** Threads of a channel in which somebody wrote after `since` (business time), newest first, some only. */
export async function recentThreads(tx: ReadTx, channel: string, since: number): Promise<string[]> {
  const { contacts: c } = tx.t;
  const rows = await tx.db
    .select({ threadTs: c.threadTs })
    .from(c)
    .where(and(eq(c.channel, channel), gte(c.lastAt, since)))
    .orderBy(desc(c.lastAt))
    .limit(THREADS_MAX);
  return rows.map((row) => row.threadTs);
}
