import { and, asc, eq, gt, inArray, lte, or } from 'drizzle-orm';
import { isCourtesy } from '../../issues/rules/courtesy.js';
import { isGoodNews } from '../../issues/rules/good-news.js';
import { answeringHours } from '../../issues/store/waiting.js';
import { workingHours } from '../../people/rules.js';
import { activePeople } from '../../people/store.js';
import { setting } from '../../settings/store.js';
import type { ReadTx } from '../../store/transact.js';
import { hoursProblem, type WorkingHours } from '../../time/index.js';
import { READ_BACK_MS } from '../rules/as-of.js';
import type {
  CallRow,
  ContactRow,
  EventRow,
  History,
  IssueRow,
  MessageRow,
  PromiseRow,
} from '../rules/history.js';
import { accountEvents, issueEvents, merged } from './events.js';

const OPEN = ['new', 'open', 'waiting'] as const;

const ALWAYS = [{ from: '00:00', to: '24:00' }];
/** Where hours say nothing, all time counts. */
export const ALL_WEEK: WorkingHours = {
  zone: 'UTC',
  days: { 1: ALWAYS, 2: ALWAYS, 3: ALWAYS, 4: ALWAYS, 5: ALWAYS, 6: ALWAYS, 7: ALWAYS },
  holidays: new Set(),
};

/**
 * Reads what is needed to know an account's facts at any instant of a stretch. Every read goes by an index from the
 * account and a bounded window: its cost does not grow with what is stored.
 * @param span.from the first instant of interest, business time, UTC ms
 * @param span.until the last one
 */
export async function readHistory(
  tx: ReadTx,
  accountId: number,
  span: { from: number; until: number },
): Promise<History> {
  const { accounts: a } = tx.t;
  const [account] = await tx.db.select().from(a).where(eq(a.id, accountId));
  const events = await accountEvents(tx, accountId, span);
  const issues = await readIssues(tx, accountId, span, events);
  const ids = issues.map((issue) => issue.id);
  const ofIssues = await issueEvents(tx, ids, span.until);
  return {
    account: {
      tier: account?.tier ?? null,
      renewalOn: account?.renewalOn ?? null,
      lifecycle: account?.lifecycle ?? null,
      health: account?.healthBand ?? null,
    },
    hours: await hoursOf(tx, accountId),
    zone: await setting(tx, 'zone'),
    knownSince: earliest(account?.addedAt ?? null, await firstContactAt(tx, accountId)),
    contacts: await readContacts(tx, accountId, span),
    messages: await readMessages(tx, accountId, span),
    issues,
    calls: await readCalls(tx, ids),
    promises: await readPromises(tx, accountId, events),
    events: merged(events, ofIssues),
  };
}

async function hoursOf(tx: ReadTx, accountId: number): Promise<WorkingHours> {
  const hours = workingHours(await answeringHours(tx, accountId));
  return hoursProblem(hours) ? ALL_WEEK : hours;
}

/** Heard since it was set up; what was read back from before then counts as well. */
function earliest(addedAt: number | null, firstAt: number | null): number | null {
  const known = [addedAt, firstAt].filter((at): at is number => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

async function firstContactAt(tx: ReadTx, accountId: number): Promise<number | null> {
  const { contacts: c } = tx.t;
  const [row] = await tx.db
    .select({ at: c.startedAt })
    .from(c)
    .where(eq(c.accountId, accountId))
    .orderBy(asc(c.startedAt))
    .limit(1);
  return row?.at ?? null;
}

async function readContacts(
  tx: ReadTx,
  accountId: number,
  { from, until }: { from: number; until: number },
): Promise<ContactRow[]> {
  const { contacts: c } = tx.t;
  return tx.db
    .select({
      id: c.id,
      channel: c.channel,
      firstTs: c.firstTs,
      threadTs: c.threadTs,
      startedAt: c.startedAt,
      waitedAt: c.waitedAt,
      firstReplyAt: c.firstReplyAt,
      settled: c.settled,
      settledAt: c.settledAt,
      issueId: c.issueId,
    })
    .from(c)
    .where(
      and(eq(c.accountId, accountId), gt(c.startedAt, from - READ_BACK_MS.contacts), lte(c.startedAt, until)),
    )
    .orderBy(asc(c.startedAt), asc(c.id));
}

/** The words themselves stay here: facts know only whether they ask, and whether they want an answer at all. */
async function readMessages(
  tx: ReadTx,
  accountId: number,
  { from, until }: { from: number; until: number },
): Promise<MessageRow[]> {
  const { messages: m } = tx.t;
  const rows = await tx.db
    .select()
    .from(m)
    .where(and(eq(m.accountId, accountId), gt(m.at, from - READ_BACK_MS.messages), lte(m.at, until)))
    .orderBy(asc(m.at), asc(m.id));
  if (rows.length === 0) return [];
  const people = await activePeople(tx);
  const names = new Set(people.map((person) => (person.name.split(/\s+/u)[0] ?? '').toLowerCase()));
  return rows.map((row) => ({
    contactId: row.contactId,
    isCustomer: row.isCustomer,
    at: row.at,
    channel: row.channel,
    ts: row.ts,
    threadTs: row.threadTs,
    isQuestion: /[?？؟]/u.test(row.text),
    isCourtesy:
      row.isDeleted || (row.files.length === 0 && (isCourtesy(row.text, names) || isGoodNews(row.text))),
  }));
}

/** Issues that were open at some instant of the stretch, or over for less than thirty days. */
async function readIssues(
  tx: ReadTx,
  accountId: number,
  { from, until }: { from: number; until: number },
  events: readonly EventRow[],
): Promise<IssueRow[]> {
  const { issues: i } = tx.t;
  const folded = events.flatMap(({ kind, issueId }) =>
    kind === 'issue.folded' && issueId !== null ? [issueId] : [],
  );
  const rows = await tx.db
    .select({
      id: i.id,
      number: i.number,
      priority: i.priority,
      category: i.category,
      createdAt: i.createdAt,
    })
    .from(i)
    .where(
      or(
        and(eq(i.accountId, accountId), inArray(i.state, [...OPEN])),
        and(eq(i.accountId, accountId), gt(i.resolvedAt, from - READ_BACK_MS.issues)),
        ...(folded.length > 0 ? [inArray(i.id, folded)] : []),
      ),
    )
    .orderBy(asc(i.id));
  return rows.filter((row) => row.createdAt <= until);
}

async function readCalls(tx: ReadTx, issueIds: readonly number[]): Promise<CallRow[]> {
  if (issueIds.length === 0) return [];
  const { escalations: e, groups: g } = tx.t;
  const rows = await tx.db
    .select()
    .from(e)
    .where(inArray(e.issueId, [...issueIds]))
    .orderBy(asc(e.at), asc(e.id));
  if (rows.length === 0) return [];
  const groups = await tx.db.select({ key: g.key, name: g.name }).from(g);
  const names = new Map(groups.map((group) => [group.key, group.name]));
  return rows.map((row) => ({ ...row, group: names.get(row.groupKey) ?? row.groupKey }));
}

/** What was promised and broken within reach; nothing else of a promise matters here. */
async function readPromises(
  tx: ReadTx,
  accountId: number,
  events: readonly EventRow[],
): Promise<PromiseRow[]> {
  const ids = events
    .filter((event) => event.kind === 'promise.broken')
    .map((event) => Number(event.data.promiseId));
  if (ids.length === 0) return [];
  const { promises: p } = tx.t;
  return tx.db
    .select({ id: p.id, issueId: p.issueId, what: p.what })
    .from(p)
    .where(and(inArray(p.id, ids), eq(p.accountId, accountId)));
}
