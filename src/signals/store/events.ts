import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx } from '../../store/transact.js';
import { DAY_MS } from '../../time/index.js';
import { READ_BACK_MS } from '../rules/as-of.js';
import { COUNTABLE } from '../rules/counting.js';
import type { EventRow } from '../rules/history.js';
import { ISSUE_EVENTS } from '../rules/issues-as-of.js';

/** An event with the id that orders it. */
export type LoggedRow = EventRow & { id: number };

/** Kinds that are read for the account as such, besides what counting rules count. */
const ACCOUNT_EVENTS: readonly string[] = [
  ...new Set([
    ...['contact.seen', 'contact.dismissed', 'words.matched', 'rating.received'],
    ...['promise.broken', 'promise.kept', 'issue.folded'],
    ...Object.keys(COUNTABLE),
  ]),
];
/** Phrases of a message are looked for this far back: for as long as they count. */
const WORDS_MS = 8 * DAY_MS;

/** What happened to an account as such, oldest first. */
export async function accountEvents(
  tx: ReadTx,
  accountId: number,
  { from, until }: { from: number; until: number },
): Promise<LoggedRow[]> {
  const { log } = tx.t;
  return tx.db
    .select(EVENT(log))
    .from(log)
    .where(
      and(
        eq(log.accountId, accountId),
        inArray(log.kind, [...ACCOUNT_EVENTS]),
        gt(log.at, from - READ_BACK_MS.events),
        lte(log.at, until),
      ),
    )
    .orderBy(asc(log.at), asc(log.id));
}

/**
 * All that changed some issues, oldest first, up to an instant. The kinds are chosen here and not in the query: with
 * many issues SQLite would rather walk all that ever was of those kinds than the few events of the issues.
 */
export async function issueEvents(tx: ReadTx, ids: readonly number[], until: number): Promise<LoggedRow[]> {
  if (ids.length === 0) return [];
  const { log } = tx.t;
  const rows = await tx.db
    .select(EVENT(log))
    .from(log)
    .where(and(inArray(log.issueId, [...ids]), lte(log.at, until)))
    .orderBy(asc(log.at), asc(log.id));
  return rows.filter(({ kind }) => ISSUE_EVENTS.includes(kind));
}

const EVENT = (log: ReadTx['t']['log']) => ({
  id: log.id,
  kind: log.kind,
  at: log.at,
  issueId: log.issueId,
  contactId: log.contactId,
  before: log.before,
  after: log.after,
  data: log.data,
});

/** Both lists in the order in which things happened, each event once. */
export function merged(a: readonly LoggedRow[], b: readonly LoggedRow[]): EventRow[] {
  const byId = new Map([...a, ...b].map((event) => [event.id, event]));
  return [...byId.values()].sort((x, y) => x.at - y.at || x.id - y.id);
}

const wordsMatched = (db: Db, { log }: Tables, its: { accountId: number; from: number; until: number }) =>
  db
    .select({ data: log.data })
    .from(log)
    .where(
      and(
        eq(log.accountId, its.accountId),
        eq(log.kind, 'words.matched'),
        gt(log.at, its.from),
        lte(log.at, its.until),
      ),
    )
    .orderBy(asc(log.at), asc(log.id));

/** The phrases that were last found in a message, as their ids; none when it was never telling. */
export async function wordsStoodAt(
  tx: ReadTx,
  accountId: number,
  message: { channel: string; ts: string },
  now: number,
): Promise<string[]> {
  const rows = await tx.prepared(wordsMatched, { accountId, from: now - WORDS_MS, until: now });
  const of = rows.filter(({ data }) => data.channel === message.channel && data.ts === message.ts);
  return (of.at(-1)?.data.phrases as string[] | undefined) ?? [];
}
