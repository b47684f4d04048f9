import { and, asc, count, eq, gt, gte, inArray, isNull, lte, or } from 'drizzle-orm';
import { issueName } from '../../issues/rules/issue.js';
import { workingHours } from '../../people/rules.js';
import { setting } from '../../settings/store.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx } from '../../store/transact.js';
import { addDays, DAY_MS, hoursProblem, instantOf, isWorking, wallOf } from '../../time/index.js';
import type { OpenedFact, SolvedFact, TeamFacts } from '../rules/team-facts.js';
import { topicOf } from '../rules/topic.js';
import { readBacklog } from './backlog.js';
import { ALL_WEEK } from './history.js';

const SOLVED_MS = 130 * DAY_MS;
const OPENED_MS = 35 * DAY_MS;
/** Issues of a stretch that are read at most: beyond, shares and topics say nothing more. */
const MOST = 20_000;

/**
 * Reads what rules know of the team as of an instant (business time, UTC ms), now or in the past; every read goes by an
 * index and a bounded window. Titles and fixes are today's.
 */
export async function readTeam(tx: ReadTx, now: number): Promise<TeamFacts> {
  const zone = await setting(tx, 'zone');
  const spec = workingHours(await setting(tx, 'hours'));
  const hours = hoursProblem(spec) ? ALL_WEEK : spec;
  const today = wallOf(now, zone).date;
  return {
    hours,
    solved: await readSolved(tx, now),
    opened: await readOpened(tx, now),
    volume: await readVolume(tx, now, zone),
    backlog: await readBacklog(tx, now, (at) => isWorking(at, hours)),
    unmatched: await readUnmatched(tx, now),
    dayEndsAt: instantOf({ date: addDays(today, 1), time: '00:00', zone }),
  };
}

async function readSolved(tx: ReadTx, now: number): Promise<SolvedFact[]> {
  const { log } = tx.t;
  const rows = await tx.db
    .select({ kind: log.kind, at: log.at, issueId: log.issueId, before: log.before, data: log.data })
    .from(log)
    .where(
      and(
        inArray(log.kind, ['issue.resolved', 'issue.closed', 'issue.reopened', 'escalation.opened']),
        gt(log.at, now - SOLVED_MS),
        lte(log.at, now),
      ),
    )
    .orderBy(asc(log.at), asc(log.id))
    .limit(MOST);
  const escalated = new Set<number>();
  const solved = new Map<number, { at: number; wasEscalated: boolean; cameBack: boolean }>();
  for (const { kind, at, issueId, before, data } of rows) {
    if (issueId === null) continue;
    // A call for authority says nothing of what support could not solve.
    if (kind === 'escalation.opened' && data.kind === 'skill') escalated.add(issueId);
    const standing = solved.get(issueId);
    if (kind === 'issue.reopened' && standing) standing.cameBack = true;
    const isEnd = kind === 'issue.resolved' || (kind === 'issue.closed' && before !== 'resolved');
    if (isEnd && !standing)
      solved.set(issueId, { at, wasEscalated: escalated.has(issueId), cameBack: false });
  }
  return [...solved.values()].sort((a, b) => a.at - b.at);
}

async function readOpened(tx: ReadTx, now: number): Promise<OpenedFact[]> {
  const { log, issues: i, fixIssues: f } = tx.t;
  const rows = await tx.db
    .select({
      at: log.at,
      number: i.number,
      accountId: i.accountId,
      title: i.title,
      category: i.category,
      fixId: f.fixId,
    })
    .from(log)
    .innerJoin(i, eq(i.id, log.issueId))
    .leftJoin(f, eq(f.issueId, i.id))
    .where(and(eq(log.kind, 'issue.opened'), gt(log.at, now - OPENED_MS), lte(log.at, now)))
    .orderBy(asc(log.at), asc(log.id))
    .limit(MOST);
  return rows.map((row) => ({
    at: row.at,
    name: issueName(row.number),
    accountId: row.accountId,
    topic: row.fixId === null ? topicOf(row.title, row.category) : `fix ${row.fixId}`,
  }));
}

/** Contacts of today, and of the same weekday in the eight weeks before, by the company's days. */
async function readVolume(tx: ReadTx, now: number, zone: string): Promise<TeamFacts['volume']> {
  const today = wallOf(now, zone).date;
  const dayOf = (date: string) => ({
    from: instantOf({ date, time: '00:00', zone }),
    until: instantOf({ date: addDays(date, 1), time: '00:00', zone }),
  });
  const sameWeekday: number[] = [];
  for (let week = 1; week <= 8; week += 1)
    sameWeekday.push(await contactsIn(tx, dayOf(addDays(today, -7 * week))));
  return { today: await contactsIn(tx, { ...dayOf(today), until: now + 1 }), sameWeekday };
}

const opened = (db: Db, { log }: Tables, its: { from: number; last: number }) =>
  db
    .select({ count: count() })
    .from(log)
    .where(and(eq(log.kind, 'contact.opened'), gte(log.at, its.from), lte(log.at, its.last)));

async function contactsIn(tx: ReadTx, { from, until }: { from: number; until: number }): Promise<number> {
  const [row] = await tx.prepared(opened, { from, last: until - 1 });
  return Number(row?.count ?? 0);
}

async function readUnmatched(tx: ReadTx, now: number): Promise<TeamFacts['unmatched']> {
  const { openMatches: m } = tx.t;
  return tx.db
    .select({ since: m.firstAt })
    .from(m)
    .where(and(lte(m.firstAt, now), or(isNull(m.decidedAt), gt(m.decidedAt, now))))
    .orderBy(asc(m.firstAt), asc(m.id))
    .limit(MOST);
}
