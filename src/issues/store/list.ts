import { and, asc, count, eq, inArray, isNull } from 'drizzle-orm';
import type { ReadTx } from '../../store/transact.js';
import type { Issue, IssueState } from '../rules/issue.js';
import { issueById, issueOfSource, messageAt } from './read.js';

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

/** The issue whose words a thread is about, if it is about one. */
export async function issueOfThread(
  tx: ReadTx,
  channel: string,
  threadTs: string,
): Promise<Issue | undefined> {
  const { contacts: c } = tx.t;
  const direct = await issueOfSource(tx, channel, threadTs);
  if (direct) return direct;
  const root = await messageAt(tx, channel, threadTs);
  const held = await tx.db
    .select({ id: c.id, issueId: c.issueId })
    .from(c)
    .where(and(eq(c.channel, channel), eq(c.threadTs, threadTs)))
    .orderBy(asc(c.id));
  const ofRoot =
    root?.contactId == null
      ? []
      : await tx.db.select({ id: c.id, issueId: c.issueId }).from(c).where(eq(c.id, root.contactId));
  const found = [...ofRoot, ...held].find((contact) => contact.issueId !== null);
  return found?.issueId ? issueById(tx, found.issueId) : undefined;
}
