import { and, asc, count, eq, inArray, isNotNull, isNull, lt, max, or } from 'drizzle-orm';
import type { Account } from '../../accounts/rules.js';
import type { Alert } from '../../alerts/rules.js';
import type { Followup } from '../../followups/rules.js';
import type { Issue } from '../../issues/rules/issue.js';
import type { ReadTx } from '../../store/transact.js';
import { type AccountNeeds, NO_NEEDS } from '../rules/needs.js';

/** What Home shows of one person's work, read by index; every list comes with how many there are in all. */

export interface Slice {
  offset: number;
  limit: number;
}

interface Listed<T> {
  items: T[];
  total: number;
}

const LIVE: Issue['state'][] = ['new', 'open', 'waiting'];

/** What a person owes, the first due first. */
export async function followupsOwedBy(tx: ReadTx, personId: number, slice: Slice): Promise<Listed<Followup>> {
  const { followups: f } = tx.t;
  const where = and(eq(f.ownerId, personId), eq(f.state, 'open'));
  const [counted] = await tx.db.select({ n: count() }).from(f).where(where);
  const items = await tx.db
    .select()
    .from(f)
    .where(where)
    .orderBy(asc(f.dueAt), asc(f.id))
    .limit(slice.limit)
    .offset(slice.offset);
  return { items, total: Number(counted?.n ?? 0) };
}

/** Alerts that nobody has claimed, the accounts of the person first, the oldest first. */
export async function openAlerts(tx: ReadTx, personId: number, slice: Slice): Promise<Listed<Alert>> {
  const { alerts: a, accounts: c } = tx.t;
  const rows = await tx.db
    .select({ alert: a, csmId: c.csmId, supportOwnerId: c.supportOwnerId })
    .from(a)
    .innerJoin(c, eq(c.id, a.accountId))
    .where(and(eq(a.state, 'open'), isNotNull(a.postedAt)))
    .orderBy(asc(a.openedAt), asc(a.id));
  const isMine = (row: (typeof rows)[number]) => row.csmId === personId || row.supportOwnerId === personId;
  const sorted = [...rows.filter(isMine), ...rows.filter((row) => !isMine(row))];
  const items = sorted.slice(slice.offset, slice.offset + slice.limit).map((row) => row.alert);
  return { items, total: rows.length };
}

/** Issues that groups of the person were asked about, and that go on; oldest first. */
export async function issuesAsking(
  tx: ReadTx,
  groupKeys: readonly string[],
  slice: Slice,
): Promise<Listed<Issue>> {
  if (groupKeys.length === 0) return { items: [], total: 0 };
  const { escalations: e, issues: i } = tx.t;
  const asked = await tx.db
    .selectDistinct({ id: e.issueId })
    .from(e)
    .innerJoin(i, eq(i.id, e.issueId))
    .where(and(inArray(e.groupKey, [...groupKeys]), isNull(e.takenBackAt), inArray(i.state, LIVE)))
    .orderBy(asc(e.issueId));
  const ids = asked.slice(slice.offset, slice.offset + slice.limit).map((row) => row.id);
  if (ids.length === 0) return { items: [], total: asked.length };
  const items = await tx.db.select().from(i).where(inArray(i.id, ids)).orderBy(asc(i.createdAt), asc(i.id));
  return { items, total: asked.length };
}

/** Accounts that a person looks after; all of them for whoever looks after none and may see all. */
export async function accountsOf(tx: ReadTx, personId: number | null): Promise<Account[]> {
  const { accounts: a } = tx.t;
  const mine = personId === null ? undefined : or(eq(a.csmId, personId), eq(a.supportOwnerId, personId));
  return tx.db
    .select()
    .from(a)
    .where(and(eq(a.isArchived, false), mine))
    .orderBy(asc(a.name), asc(a.id));
}

/** What every account needs, in four questions whatever their number. */
export async function needsOfAccounts(tx: ReadTx, now: number): Promise<ReadonlyMap<number, AccountNeeds>> {
  const { issues: i, alerts: a, followups: f, contacts: c } = tx.t;
  const found = new Map<number, AccountNeeds>();
  const of = (id: number): AccountNeeds => {
    const needs = found.get(id) ?? { ...NO_NEEDS };
    found.set(id, needs);
    return needs;
  };
  const issues = await tx.db
    .select({ id: i.accountId, n: count() })
    .from(i)
    .where(inArray(i.state, LIVE))
    .groupBy(i.accountId);
  for (const row of issues) of(row.id).openIssues = Number(row.n);
  const alerts = await tx.db
    .select({ id: a.accountId })
    .from(a)
    .where(inArray(a.state, ['open', 'claimed']));
  for (const row of alerts) of(row.id).hasAlert = true;
  const owed = await tx.db
    .select({ id: f.accountId, n: count() })
    .from(f)
    .where(eq(f.state, 'open'))
    .groupBy(f.accountId);
  for (const row of owed) of(row.id).owed = Number(row.n);
  const late = await tx.db
    .select({ id: f.accountId, n: count() })
    .from(f)
    .where(and(eq(f.state, 'open'), lt(f.dueAt, now)))
    .groupBy(f.accountId);
  for (const row of late) of(row.id).overdue = Number(row.n);
  const contacts = await tx.db
    .select({ id: c.accountId, at: max(c.lastAt) })
    .from(c)
    .groupBy(c.accountId);
  for (const row of contacts) of(row.id).lastContactAt = row.at === null ? null : Number(row.at);
  return found;
}
