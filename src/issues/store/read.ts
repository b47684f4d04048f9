import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import { plus } from '../../store/sql.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type ChannelMemory, GROUPING_MS, type OpenContact, type OurMessage } from '../rules/contact.js';
import type { Issue } from '../rules/issue.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'contact.opened': { channel: string; ts: string };
    'contact.joined': { channel: string; ts: string };
    'contact.replied': { channel: string; ts: string };
    'contact.seen': { channel: string; ts: string };
    'contact.waited': { channel: string; ts: string };
    'contact.dismissed': { channel: string; ts: string };
    'message.edited': { channel: string; ts: string };
    'message.deleted': { channel: string; ts: string };
    'issue.opened': { number: number };
    'issue.source_added': { channel: string; ts: string };
    'issue.source_removed': { channel: string; ts: string };
  }
}

export type ContactRow = ReadTx['t']['contacts']['$inferSelect'];
export type MessageRow = ReadTx['t']['messages']['$inferSelect'];

/** What `placeMessage` needs to know of a channel around a message. */
export async function channelMemory(
  tx: ReadTx,
  channel: string,
  threadTs: string | null,
  at: number,
): Promise<ChannelMemory> {
  const recent = await recentContacts(tx, channel, at);
  return {
    threadContact: threadTs === null ? null : ((await contactOfThread(tx, channel, threadTs))?.id ?? null),
    contacts: recent,
    ours: await lastOurs(tx, channel, threadTs, at),
  };
}

/** Contacts near an instant, newest first, and when those who wrote in them last did. */
async function recentContacts(tx: ReadTx, channel: string, at: number): Promise<OpenContact[]> {
  const { contacts: c, messages: m } = tx.t;
  const near = await tx.db
    .select({ id: c.id, author: c.author, lastAt: c.lastAt })
    .from(c)
    .where(and(eq(c.channel, channel), gte(c.lastAt, at - GROUPING_MS), lte(c.startedAt, at + GROUPING_MS)))
    .orderBy(desc(c.lastAt))
    .limit(20);
  if (near.length === 0) return [];
  const written = await tx.db
    .select({ contactId: m.contactId, author: m.author, at: m.at })
    .from(m)
    .where(
      and(
        inArray(
          m.contactId,
          near.map((one) => one.id),
        ),
        gte(m.at, at - GROUPING_MS),
      ),
    )
    .orderBy(asc(m.at));
  return near.map(({ id, author, lastAt }) => {
    const ofIt = written.filter((one) => one.contactId === id && one.at <= lastAt);
    return { id, lastBy: { ...(ofIt.length === 0 && { [author]: lastAt }), ...lastOf(ofIt) } };
  });
}

function lastOf(written: readonly { author: string; at: number }[]): Record<string, number> {
  return Object.fromEntries(written.map((one) => [one.author, one.at]));
}

/** The contact whose thread it is: that of any of its messages. */
export async function contactOfThread(
  tx: ReadTx,
  channel: string,
  threadTs: string,
): Promise<ContactRow | undefined> {
  const { contacts } = tx.t;
  const root = await messageAt(tx, channel, threadTs);
  if (root?.contactId != null) return contactById(tx, root.contactId);
  const [row] = await tx.db
    .select()
    .from(contacts)
    .where(and(eq(contacts.channel, channel), eq(contacts.threadTs, threadTs)))
    .orderBy(asc(contacts.startedAt))
    .limit(1);
  return row;
}

async function lastOurs(
  tx: ReadTx,
  channel: string,
  threadTs: string | null,
  before: number,
): Promise<OurMessage | null> {
  const { messages: m } = tx.t;
  const [row] = await tx.db
    .select({ at: m.at, text: m.text })
    .from(m)
    .where(
      and(
        eq(m.channel, channel),
        eq(m.isCustomer, false),
        lt(m.at, before),
        threadTs === null ? isNull(m.threadTs) : or(eq(m.threadTs, threadTs), eq(m.ts, threadTs)),
      ),
    )
    .orderBy(desc(m.at))
    .limit(1);
  return row ?? null;
}

export async function messageAt(tx: ReadTx, channel: string, ts: string): Promise<MessageRow | undefined> {
  const [row] = await tx.db
    .select()
    .from(tx.t.messages)
    .where(and(eq(tx.t.messages.channel, channel), eq(tx.t.messages.ts, ts)));
  return row;
}

/** @returns false when the message was known already. */
export async function addMessage(
  tx: Tx,
  row: Omit<Tx['t']['messages']['$inferInsert'], 'id'>,
): Promise<boolean> {
  const added = await tx.db
    .insert(tx.t.messages)
    .values(row)
    .onConflictDoNothing({ target: [tx.t.messages.channel, tx.t.messages.ts] })
    .returning({ id: tx.t.messages.id });
  return added.length > 0;
}

export async function contactById(tx: ReadTx, id: number): Promise<ContactRow | undefined> {
  const [row] = await tx.db.select().from(tx.t.contacts).where(eq(tx.t.contacts.id, id));
  return row;
}

/** The contact has waited longer than an answer may take; the first time counts. */
export async function markWaited(tx: Tx, contact: ContactRow, at: number): Promise<void> {
  const { contacts } = tx.t;
  await tx.db
    .update(contacts)
    .set({ waitedAt: contact.waitedAt ?? at })
    .where(eq(contacts.id, contact.id));
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
  const [row] = await tx.db.select().from(tx.t.issues).where(eq(tx.t.issues.id, id));
  return row;
}

export async function issueByNumber(tx: ReadTx, number: number): Promise<Issue | undefined> {
  const [row] = await tx.db.select().from(tx.t.issues).where(eq(tx.t.issues.number, number));
  return row;
}

/** The issue that holds this very message, if one does. */
export async function issueOfSource(tx: ReadTx, channel: string, ts: string): Promise<Issue | undefined> {
  const { issueSources: s } = tx.t;
  const [source] = await tx.db
    .select()
    .from(s)
    .where(and(eq(s.channel, channel), eq(s.ts, ts)));
  return source && issueById(tx, source.issueId);
}

export async function sourcesOf(tx: ReadTx, issueId: number): Promise<{ channel: string; ts: string }[]> {
  return tx.db
    .select()
    .from(tx.t.issueSources)
    .where(eq(tx.t.issueSources.issueId, issueId))
    .orderBy(asc(tx.t.issueSources.id));
}

export async function contactsOfIssue(tx: ReadTx, issueId: number): Promise<ContactRow[]> {
  return tx.db
    .select()
    .from(tx.t.contacts)
    .where(eq(tx.t.contacts.issueId, issueId))
    .orderBy(asc(tx.t.contacts.startedAt));
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
