import { and, asc, desc, eq, gte, inArray, isNull } from 'drizzle-orm';
import { plus } from '../../store/sql.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { ChannelMemory, OpenContact } from '../rules/contact.js';
import type { Issue } from '../rules/issue.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'contact.opened': { channel: string; ts: string };
    'contact.joined': { channel: string; ts: string };
    'contact.replied': { channel: string; ts: string };
    'issue.opened': { number: number };
    'issue.source_added': { channel: string; ts: string };
  }
}

export type ContactRow = ReadTx['t']['contacts']['$inferSelect'];
export type MessageRow = ReadTx['t']['messages']['$inferSelect'];
export type EscalationRow = ReadTx['t']['escalations']['$inferSelect'];

const MEMORY_MS = 2 * 3_600_000;

/** What `placeMessage` needs to know of a channel around a message. */
export async function channelMemory(
  tx: ReadTx,
  channel: string,
  threadTs: string | null,
  at: number,
): Promise<ChannelMemory> {
  const { contacts } = tx.t;
  const recent: OpenContact[] = await tx.db
    .select({
      id: contacts.id,
      threadTs: contacts.threadTs,
      author: contacts.author,
      lastAt: contacts.lastAt,
    })
    .from(contacts)
    .where(and(eq(contacts.channel, channel), gte(contacts.lastAt, at - MEMORY_MS)))
    .orderBy(desc(contacts.lastAt))
    .limit(50);
  const thread =
    threadTs === null
      ? []
      : await tx.db
          .select()
          .from(contacts)
          .where(and(eq(contacts.channel, channel), eq(contacts.threadTs, threadTs)))
          .limit(1);
  return {
    contacts: [...thread, ...recent],
    oursInChannelAt: await lastOurs(tx, channel, null),
    oursInThreadAt: threadTs === null ? null : await lastOurs(tx, channel, threadTs),
  };
}

async function lastOurs(tx: ReadTx, channel: string, threadTs: string | null): Promise<number | null> {
  const { messages: m } = tx.t;
  const [row] = await tx.db
    .select({ at: m.at })
    .from(m)
    .where(
      and(
        eq(m.channel, channel),
        eq(m.isCustomer, false),
        threadTs === null ? isNull(m.threadTs) : eq(m.threadTs, threadTs),
      ),
    )
    .orderBy(desc(m.at))
    .limit(1);
  return row?.at ?? null;
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

/** Contacts of a channel in a thread that nobody of ours has answered. */
export async function unansweredIn(
  tx: ReadTx,
  channel: string,
  threadTs: string | null,
): Promise<ContactRow[]> {
  const { contacts: c } = tx.t;
  const where = threadTs === null ? [] : [eq(c.threadTs, threadTs)];
  return tx.db
    .select()
    .from(c)
    .where(and(eq(c.channel, channel), isNull(c.firstReplyAt), ...where))
    .orderBy(asc(c.startedAt));
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

/** The calls on an issue that stand, answered or not, oldest first; those that were taken back do not. */
export async function openEscalations(tx: ReadTx, issueId: number): Promise<EscalationRow[]> {
  const { escalations: e } = tx.t;
  return tx.db
    .select()
    .from(e)
    .where(and(eq(e.issueId, issueId), isNull(e.takenBackAt)))
    .orderBy(asc(e.at), asc(e.id));
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
