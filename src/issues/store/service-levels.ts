import { and, asc, eq, gte, inArray, isNull } from 'drizzle-orm';
import { accountById } from '../../accounts/store.js';
import { type HoursSpec, workingHours } from '../../people/rules.js';
import { companyHours, teamHours } from '../../people/store/calendar.js';
import { personById } from '../../people/store.js';
import { setting } from '../../settings/store.js';
import { emit } from '../../store/log.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';
import { hoursProblem } from '../../time/index.js';
import { isCourtesy } from '../rules/courtesy.js';
import { type Issue, isOver } from '../rules/issue.js';
import {
  type Clock,
  type Running,
  runningClocks,
  type Timeline,
  targetsOf,
} from '../rules/service-levels.js';
import { type ContactRow, contactsOfIssue } from './read.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'level.warned': { clock: Clock; since: number; dueAt: number };
    'level.missed': { clock: Clock; since: number; dueAt: number };
    /** One of us wrote on in a contact that was answered before. */
    'contact.answered': { channel: string; ts: string };
  }
}

/**
 * The hours in which an issue should be answered: those of the team of whoever has it, else of the account's support
 * owner, else the company's. Never one person's: a customer does not wait longer because one of us works less.
 */
async function answeringTeamHours(tx: ReadTx, issue: Issue): Promise<HoursSpec> {
  const account = await accountById(tx, issue.accountId);
  for (const id of [issue.ownerId, account?.supportOwnerId]) {
    const team = id == null ? undefined : (await personById(tx, id))?.team;
    if (team) return teamHours(tx, team);
  }
  return companyHours(tx);
}

/** The clocks of an issue as they stand, from what was said and done; none where nobody's hours say when it is worked on. */
export async function clocksOf(tx: ReadTx, issue: Issue): Promise<Running[]> {
  if (isOver(issue.state)) return [];
  const contacts = await contactsOfIssue(tx, issue.id);
  if (contacts.length === 0) return [];
  const hours = workingHours(await answeringTeamHours(tx, issue));
  if (hoursProblem(hours)) return [];
  const targets = targetsOf(issue.priority, await setting(tx, 'serviceLevels'));
  return runningClocks(await timelineOf(tx, issue, contacts), targets, hours);
}

const saidIn = (db: Db, { messages: m }: Tables, its: { contactId: number }) =>
  db
    .select({ at: m.at, text: m.text, isDeleted: m.isDeleted, files: m.files })
    .from(m)
    .where(and(eq(m.contactId, its.contactId), eq(m.isCustomer, true)));

async function timelineOf(tx: ReadTx, issue: Issue, contacts: readonly ContactRow[]): Promise<Timeline> {
  const said = [];
  for (const { id } of contacts) said.push(...(await tx.prepared(saidIn, { contactId: id })));
  const asks = said.filter((one) => !one.isDeleted && (one.files.length > 0 || !isCourtesy(one.text)));
  return {
    customer: [...contacts.map((contact) => contact.startedAt), ...asks.map((one) => one.at)],
    ours: await oursAround(tx, contacts),
    paused: await pausesOf(tx, issue),
    isOver: isOver(issue.state),
  };
}

const oursSince = (
  db: Db,
  { messages: m }: Tables,
  its: { channel: string; startedAt: number; threadTs: string },
) =>
  db
    .select({ at: m.at })
    .from(m)
    .where(
      and(
        eq(m.channel, its.channel),
        eq(m.isCustomer, false),
        gte(m.at, its.startedAt),
        eq(m.threadTs, its.threadTs),
      ),
    );

/** When we wrote in the threads of these contacts, or in their channels where they stand outside a thread. */
async function oursAround(tx: ReadTx, contacts: readonly ContactRow[]): Promise<number[]> {
  const { messages: m } = tx.t;
  const found = contacts.flatMap((contact) => contact.firstReplyAt ?? []);
  for (const contact of contacts) {
    const ours = and(eq(m.channel, contact.channel), eq(m.isCustomer, false), gte(m.at, contact.startedAt));
    const { channel, startedAt, threadTs } = contact;
    const inThread = await tx.prepared(oursSince, { channel, startedAt, threadTs });
    const inChannel =
      contact.threadTs === contact.firstTs && contact.firstReplyAt !== null
        ? await tx.db
            .select({ at: m.at })
            .from(m)
            .where(and(ours, isNull(m.threadTs), gte(m.at, contact.firstReplyAt)))
        : [];
    found.push(...[...inThread, ...inChannel].map((row) => row.at));
  }
  return found;
}

const STOPS = ['issue.waiting', 'issue.resolved', 'issue.closed'];
const GOES_ON = ['issue.resumed', 'issue.reopened', 'issue.taken', 'issue.given'];

const stopsOf = (db: Db, { log }: Tables, its: { issueId: number }) =>
  db
    .select({ kind: log.kind, at: log.at })
    .from(log)
    .where(and(eq(log.issueId, its.issueId), inArray(log.kind, [...STOPS, ...GOES_ON])))
    .orderBy(asc(log.at), asc(log.id));

/** When the issue waited on the customer or was over. */
async function pausesOf(tx: ReadTx, issue: Issue): Promise<{ from: number; until: number | null }[]> {
  const rows = await tx.prepared(stopsOf, { issueId: issue.id });
  const pauses: { from: number; until: number | null }[] = [];
  for (const { kind, at } of rows) {
    const open = pauses.at(-1);
    if (STOPS.includes(kind) && (!open || open.until !== null)) pauses.push({ from: at, until: null });
    if (GOES_ON.includes(kind) && open?.until === null) open.until = at;
  }
  // Whatever the log says, an issue that stands open runs.
  const last = pauses.at(-1);
  if (last?.until === null && issue.state !== 'waiting' && !isOver(issue.state)) pauses.pop();
  return pauses;
}

/** Which clocks of an issue were warned of or missed before, by `clock:since`. */
export async function levelsSaid(
  tx: ReadTx,
  issueId: number,
): Promise<Record<'warned' | 'missed', ReadonlySet<string>>> {
  const { log } = tx.t;
  const rows = await tx.db
    .select({ kind: log.kind, data: log.data })
    .from(log)
    .where(and(eq(log.issueId, issueId), inArray(log.kind, ['level.warned', 'level.missed'])));
  const of = (kind: string) =>
    new Set(rows.filter((row) => row.kind === kind).map((row) => `${row.data.clock}:${row.data.since}`));
  return { warned: of('level.warned'), missed: of('level.missed') };
}

export const clockKey = (running: Pick<Running, 'clock' | 'since'>) => `${running.clock}:${running.since}`;

/** Writes down that support was warned of a clock, or that its promise broke. */
export async function sayLevel(
  tx: Tx,
  issue: Issue,
  running: Running,
  kind: 'level.warned' | 'level.missed',
  now: number,
): Promise<void> {
  const { clock, since, dueAt } = running;
  await emit(tx, {
    kind,
    at: now,
    accountId: issue.accountId,
    issueId: issue.id,
    source: 'clock',
    data: { clock, since, dueAt: dueAt ?? now },
  });
}

/** Contacts of live issues that a message of ours at this place goes on with. */
async function issueContactsAt(
  tx: ReadTx,
  channel: string,
  threadTs: string | null,
): Promise<{ id: number; issueId: number; accountId: number }[]> {
  const { contacts: c, issues: i } = tx.t;
  const rows = await tx.db
    .select({ id: c.id, issueId: i.id, accountId: c.accountId })
    .from(c)
    .innerJoin(i, eq(i.id, c.issueId))
    .where(
      and(
        eq(c.channel, channel),
        inArray(i.state, ['new', 'open', 'waiting']),
        threadTs === null ? undefined : eq(c.threadTs, threadTs),
      ),
    )
    .orderBy(asc(c.id));
  return threadTs === null ? rows.slice(-20) : rows;
}

/** What we write on about a live issue: its clocks look at it. */
export async function goOnWithIssues(
  tx: Tx,
  m: { channel: string; ts: string; threadTs: string | null; author: string; at: number },
  func: 'support' | 'success' | null,
): Promise<void> {
  for (const contact of await issueContactsAt(tx, m.channel, m.threadTs))
    await emit(tx, {
      kind: 'contact.answered',
      at: m.at,
      accountId: contact.accountId,
      contactId: contact.id,
      issueId: contact.issueId,
      actor: m.author,
      func,
      source: 'message',
      data: { channel: m.channel, ts: m.ts },
    });
}

/** Issues that are not over and for which a promise broke at some time; whether it is still broken their clocks say. */
export async function onceMissedIds(tx: ReadTx): Promise<number[]> {
  const { issues: i, log } = tx.t;
  const rows = await tx.db
    .selectDistinct({ id: i.id })
    .from(log)
    .innerJoin(i, eq(i.id, log.issueId))
    .where(and(eq(log.kind, 'level.missed'), inArray(i.state, ['new', 'open', 'waiting'])));
  return rows.map((row) => row.id);
}

/** Every issue that is not over; of one account where it is given. */
export async function liveIssueIds(tx: ReadTx, accountId?: number): Promise<number[]> {
  const { issues: i } = tx.t;
  const rows = await tx.db
    .select({ id: i.id })
    .from(i)
    .where(
      and(
        inArray(i.state, ['new', 'open', 'waiting']),
        accountId === undefined ? undefined : eq(i.accountId, accountId),
      ),
    )
    .orderBy(asc(i.id));
  return rows.map((row) => row.id);
}
