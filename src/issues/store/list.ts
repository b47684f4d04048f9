import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import type { ReadTx } from '../../store/transact.js';
import type { Issue, IssueState } from '../rules/issue.js';
import { contactOfThread, issueById, issueOfSource, messageAt } from './read.js';

export interface IssueFilter {
  states: readonly IssueState[];
  accountId?: number;
  ownerId?: number;
  /** Only these, when given. */
  ids?: readonly number[];
}

/** One page of the issues that fit, oldest first, and how many fit in all. */
export async function listIssues(
  tx: ReadTx,
  filter: IssueFilter,
  page: { offset: number; limit: number },
): Promise<{ issues: Issue[]; total: number }> {
  const { issues } = tx.t;
  const where = and(
    inArray(issues.state, [...filter.states]),
    ...(filter.accountId === undefined ? [] : [eq(issues.accountId, filter.accountId)]),
    ...(filter.ownerId === undefined ? [] : [eq(issues.ownerId, filter.ownerId)]),
    ...(filter.ids === undefined ? [] : [inArray(issues.id, [...filter.ids])]),
  );
  if (filter.ids?.length === 0) return { issues: [], total: 0 };
  const [counted] = await tx.db.select({ n: count() }).from(issues).where(where);
  const rows = await tx.db
    .select()
    .from(issues)
    .where(where)
    .orderBy(asc(issues.createdAt), asc(issues.id))
    .limit(page.limit)
    .offset(page.offset);
  return { issues: rows, total: Number(counted?.n ?? 0) };
}

/** Issues that wait for a group: it was asked, and the asking was not taken back. */
export async function issuesAskedOf(tx: ReadTx, groupKey: string): Promise<number[]> {
  const { escalations: e } = tx.t;
  const rows = await tx.db
    .selectDistinct({ id: e.issueId })
    .from(e)
    .where(and(eq(e.groupKey, groupKey), isNull(e.takenBackAt)))
    .orderBy(asc(e.issueId));
  return rows.map((row) => row.id);
}

/**
 * The issue that a message in a customer channel is about: it was logged from it, its contact belongs to one, or it
 * stands in the thread of one.
 */
export async function issueOfMessage(tx: ReadTx, channel: string, ts: string): Promise<Issue | undefined> {
  const direct = await issueOfSource(tx, channel, ts);
  if (direct) return direct;
  const said = await messageAt(tx, channel, ts);
  if (said?.contactId) {
    const [contact] = await tx.db.select().from(tx.t.contacts).where(eq(tx.t.contacts.id, said.contactId));
    if (contact?.issueId) return issueById(tx, contact.issueId);
  }
  return said?.threadTs ? issueOfThread(tx, channel, said.threadTs) : undefined;
}

/** The issue whose words a thread is about, if it is about one: where it began anew after long, that of the newest. */
export async function issueOfThread(
  tx: ReadTx,
  channel: string,
  threadTs: string,
): Promise<Issue | undefined> {
  const newest = await contactOfThread(tx, channel, threadTs);
  if (newest?.issueId) return issueById(tx, newest.issueId);
  const direct = await issueOfSource(tx, channel, threadTs);
  if (direct) return direct;
  const { contacts: c } = tx.t;
  const root = await messageAt(tx, channel, threadTs);
  const isOfRoot = root?.contactId == null ? [] : [eq(c.id, root.contactId)];
  const isOfThread = and(eq(c.channel, channel), eq(c.threadTs, threadTs));
  const [held] = await tx.db
    .select({ issueId: c.issueId })
    .from(c)
    .where(and(isNotNull(c.issueId), or(isOfThread, ...isOfRoot)))
    .orderBy(desc(c.startedAt), desc(c.id))
    .limit(1);
  return held?.issueId ? issueById(tx, held.issueId) : undefined;
}
