import { type IssueState, issueName, type Priority } from '../../issues/rules/issue.js';
import { DAY_MS } from '../../time/index.js';
import type { IssueFact } from './facts.js';
import type { EventRow, IssueRow } from './history.js';

/** Over for longer than this, an issue is no fact any more. */
const OVER_MS = 30 * DAY_MS;
const OPEN: ReadonlySet<string> = new Set(['new', 'open', 'waiting']);

/** What an event makes of the state of its issue; kinds that are not here change nothing. */
const STATE_AFTER: Readonly<Record<string, IssueState>> = {
  'issue.opened': 'new',
  'issue.waiting': 'waiting',
  'issue.resumed': 'open',
  'issue.resolved': 'resolved',
  'issue.reopened': 'open',
  'issue.closed': 'closed',
  'issue.folded': 'merged',
  'loop.closed': 'closed',
};

/** Kinds of events of an issue that must be read to know how it stood at an instant. */
export const ISSUE_EVENTS: readonly string[] = [
  ...Object.keys(STATE_AFTER),
  'issue.taken',
  'issue.given',
  'issue.changed',
  'issue.source_added',
  'issue.absorbed',
];

/**
 * The issues of an account as they stood at an instant: open ones, and those over for less than thirty days.
 * @param events also later ones: the next change of a priority says what it was
 */
export function issuesAsOf(rows: readonly IssueRow[], events: readonly EventRow[], at: number): IssueFact[] {
  const byIssue = new Map<number, EventRow[]>();
  for (const event of events) {
    if (event.issueId === null) continue;
    const of = byIssue.get(event.issueId);
    if (of) of.push(event);
    else byIssue.set(event.issueId, [event]);
  }
  return rows
    .filter((row) => row.createdAt <= at)
    .map((row) => issueAsOf(row, byIssue.get(row.id) ?? [], at))
    .filter((issue) => issue.state !== 'merged')
    .filter((issue) => issue.isOpen || (issue.solvedAt.at(-1) ?? 0) > at - OVER_MS)
    .sort((a, b) => a.openedAt - b.openedAt || a.id - b.id);
}

function issueAsOf(row: IssueRow, all: readonly EventRow[], at: number): IssueFact {
  const events = all.filter((event) => event.at <= at);
  let state: IssueState = 'new';
  let openSince = row.createdAt;
  const solvedAt: number[] = [];
  const reopenedAt: number[] = [];
  const cameBackAt: number[] = [];
  for (const event of events) {
    const next = STATE_AFTER[event.kind];
    const isOver = !OPEN.has(state);
    if (isOver && ['issue.reopened', 'issue.source_added', 'issue.absorbed'].includes(event.kind))
      cameBackAt.push(event.at);
    if (event.kind === 'issue.reopened') {
      reopenedAt.push(event.at);
      openSince = event.at;
    }
    if ((event.kind === 'issue.resolved' || event.kind === 'issue.closed') && !isOver)
      solvedAt.push(event.at);
    if ((event.kind === 'issue.taken' || event.kind === 'issue.given') && state === 'new') state = 'open';
    if (next) state = next;
  }
  return {
    id: row.id,
    name: issueName(row.number),
    ...priorityAsOf(row, all, at),
    category: fieldAsOf('category', row.category, all, at).value,
    state,
    isOpen: OPEN.has(state),
    openedAt: row.createdAt,
    openSince,
    solvedAt,
    reopenedAt,
    cameBackAt,
  };
}

function priorityAsOf(
  row: IssueRow,
  events: readonly EventRow[],
  at: number,
): { priority: Priority; priorityAt: number } {
  const { value, since } = fieldAsOf('priority', row.priority, events, at);
  return { priority: value ?? row.priority, priorityAt: since ?? row.createdAt };
}

/**
 * What a field of an issue was at an instant, and since when it had been said. The events tell every change: the last
 * one before, else what the next one says it was.
 */
function fieldAsOf<T extends string | null>(
  field: 'priority' | 'category',
  today: T,
  events: readonly EventRow[],
  at: number,
): { value: T; since: number | null } {
  const changes = events.filter((event) => event.kind === 'issue.changed' && event.data.field === field);
  const last = changes.findLast((change) => change.at <= at);
  const next = changes.find((change) => change.at > at);
  const value = last ? last.after : next ? next.before : today;
  return { value: value as T, since: last?.at ?? null };
}
