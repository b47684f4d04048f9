import { isFriction, isUnanswered, SUGGEST_AFTER_MS } from '../../issues/rules/capture.js';
import { issueName } from '../../issues/rules/issue.js';
import { DAY_MS, type WorkingHours, wallOf, workingTimeBetween } from '../../time/index.js';
import type { CallFact, ContactFact, Facts, PromiseFact, RatingFact, WordsFact } from './facts.js';
import type { ContactRow, EventRow, History } from './history.js';
import { issuesAsOf } from './issues-as-of.js';
import { waitsAsOf } from './waits.js';

const WEEK_MS = 7 * DAY_MS;
/** Weeks that make "usually". */
export const USUAL_WEEKS = 12;
const CONTACTS_MS = (USUAL_WEEKS + 1) * WEEK_MS;
const RATINGS_MS = 120 * DAY_MS;

/** How far back each kind of row is read before the first instant of interest. */
export const READ_BACK_MS = {
  contacts: CONTACTS_MS,
  messages: 15 * DAY_MS,
  issues: 30 * DAY_MS,
  events: RATINGS_MS,
} as const;

/**
 * What was known of an account at an instant: nothing that came later, whatever stands in the tables today.
 * @param at business time, UTC ms; not before what the history was read from
 */
export function factsAsOf(history: History, at: number): Facts {
  const events = history.events.filter((event) => event.at <= at);
  const issues = issuesAsOf(history.issues, history.events, at);
  const open = new Set(issues.filter((issue) => issue.isOpen).map((issue) => issue.id));
  const names = new Map(history.issues.map((issue) => [issue.id, issueName(issue.number)]));
  return {
    account: { ...history.account, today: wallOf(at, history.zone).date },
    hours: history.hours,
    zone: history.zone,
    weeksKnown: weeksKnown(history.knownSince, at),
    nextWeekAt: nextWeekAt(history.knownSince, at),
    contacts: frictionAsOf(history, names, at),
    waits: waitsAsOf(history, { events, issues, names }, at),
    issues,
    calls: callsAsOf(history, open, names, at),
    brokenPromises: brokenAsOf(history, events),
    ratings: ratingsAsOf(events, names, at),
    words: wordsAsOf(events, at),
    counted: countedAsOf(events),
    signals: [],
  };
}

/** Whole weeks of history before the last seven days, at most twelve. */
function weeksKnown(since: number | null, at: number): number {
  if (since === null) return 0;
  return Math.max(0, Math.min(USUAL_WEEKS, Math.floor((at - WEEK_MS - since) / WEEK_MS)));
}

function nextWeekAt(since: number | null, at: number): number | null {
  if (since === null || weeksKnown(since, at) >= USUAL_WEEKS) return null;
  return since + (Math.floor((at - since) / WEEK_MS) + 1) * WEEK_MS;
}

function frictionAsOf(history: History, names: ReadonlyMap<number, string>, at: number): ContactFact[] {
  const created = new Map(history.issues.map((issue) => [issue.id, issue.createdAt]));
  return history.contacts
    .filter((row) => row.startedAt <= at && row.startedAt > at - CONTACTS_MS)
    .map((row) => ({ row, isLogged: isLoggedAt(row, created, at) }))
    .filter(({ row, isLogged }) =>
      isFriction({
        issueId: isLogged ? row.issueId : null,
        waitedAt: row.waitedAt !== null && row.waitedAt <= at ? row.waitedAt : null,
      }),
    )
    .map(({ row, isLogged }) => ({
      // Of what was logged nobody asks how long it waited.
      ...(isLogged ? NO_WAIT : waitOf(row, history.hours, at)),
      at: row.startedAt,
      channel: row.channel,
      ts: row.firstTs,
      issueId: isLogged ? row.issueId : null,
      issueName: (isLogged && row.issueId !== null && names.get(row.issueId)) || null,
    }));
}

const NO_WAIT = { waitedMs: 0, isWaiting: false };

/**
 * How long a contact had waited by then: until the first answer after it was seen to wait, or until now; what waits for
 * more than a week counts for a week. Of one that was answered before and waits again only what follows is known.
 */
function waitOf(
  row: ContactRow,
  hours: WorkingHours,
  at: number,
): Pick<ContactFact, 'waitedMs' | 'isWaiting'> {
  const { startedAt, waitedAt, firstReplyAt, settledAt } = row;
  if (waitedAt === null || waitedAt > at) return NO_WAIT;
  const ends = [firstReplyAt, isUnanswered(row) ? null : settledAt].filter(
    (end): end is number => end !== null && end >= waitedAt && end <= at,
  );
  const until = Math.min(at, waitedAt + WEEK_MS, ...ends);
  const isAgain = firstReplyAt !== null && firstReplyAt < waitedAt;
  const waitedMs = isAgain
    ? SUGGEST_AFTER_MS + workingTimeBetween(waitedAt, until, hours)
    : workingTimeBetween(startedAt, until, hours);
  return { waitedMs, isWaiting: ends.length === 0 };
}

/**
 * Whether a contact belonged to its issue by then. The row does not say since when: if logging ended its waiting, then
 * from that moment; else from when the issue was there.
 */
function isLoggedAt(row: ContactRow, created: ReadonlyMap<number, number>, at: number): boolean {
  if (row.issueId === null) return false;
  const since =
    row.settled === 'logged' || row.settled === 'added'
      ? (row.settledAt ?? row.startedAt)
      : (created.get(row.issueId) ?? row.startedAt);
  return since <= at;
}

function callsAsOf(
  history: History,
  open: ReadonlySet<number>,
  names: ReadonlyMap<number, string>,
  at: number,
): CallFact[] {
  return history.calls
    .filter((call) => call.at <= at && (call.takenBackAt === null || call.takenBackAt > at))
    .filter((call) => (call.kind === 'authority' || call.isCustomerWish) && open.has(call.issueId))
    .map(({ issueId, group, isCustomerWish, at: since }) => ({
      issueId,
      group,
      isCustomerWish,
      at: since,
      issueName: names.get(issueId) ?? 'an issue',
    }));
}

/** Broken and not said to be kept afterwards. */
function brokenAsOf(history: History, events: readonly EventRow[]): PromiseFact[] {
  const broken = new Map<number, number>();
  for (const event of events) {
    if (event.kind === 'promise.broken') broken.set(Number(event.data.promiseId), event.at);
    if (event.kind === 'promise.kept') broken.delete(Number(event.data.promiseId));
  }
  return history.promises
    .filter((promise) => broken.has(promise.id))
    .map(({ id, issueId, what }) => ({ issueId, what, brokenAt: broken.get(id) ?? 0 }))
    .sort((a, b) => a.brokenAt - b.brokenAt);
}

function ratingsAsOf(
  events: readonly EventRow[],
  names: ReadonlyMap<number, string>,
  at: number,
): RatingFact[] {
  return events
    .filter((event) => event.kind === 'rating.received' && event.at > at - RATINGS_MS)
    .map((event) => ({
      at: event.at,
      value: Number(event.data.value),
      issueName: event.issueId === null ? null : (names.get(event.issueId) ?? null),
    }));
}

/** One per contact: its newest reading, since an edit may have taken the words away. */
function wordsAsOf(events: readonly EventRow[], at: number): WordsFact[] {
  const newest = new Map<string, WordsFact>();
  for (const event of events) {
    if (event.kind !== 'words.matched' || event.at <= at - RATINGS_MS) continue;
    const { channel, ts, phrases, categories } = event.data as unknown as WordsFact;
    const key = `${channel}:${ts}`;
    if (phrases.length === 0) newest.delete(key);
    else newest.set(key, { at: newest.get(key)?.at ?? event.at, channel, ts, phrases, categories });
  }
  return [...newest.values()];
}

function countedAsOf(events: readonly EventRow[]): Record<string, number[]> {
  const counted: Record<string, number[]> = {};
  for (const { kind, at } of events) {
    counted[kind] ??= [];
    counted[kind].push(at);
  }
  return counted;
}
