/** An issue and what may become of it. */

export type IssueState = 'new' | 'open' | 'waiting' | 'resolved' | 'closed' | 'merged';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type Category = 'bug' | 'question' | 'request' | 'access' | 'billing';

export const PRIORITIES: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
export const CATEGORIES: readonly Category[] = ['bug', 'question', 'request', 'access', 'billing'];

export interface Issue {
  id: number;
  number: number;
  accountId: number;
  title: string;
  detail: string | null;
  priority: Priority;
  category: Category | null;
  state: IssueState;
  ownerId: number | null;
  createdAt: number;
  createdBy: string;
  resolvedAt: number | null;
  loopClosedAt: number | null;
  /** How often it came back after it was over. */
  reopened: number;
  /** The issue that it was folded into. */
  mergedIntoId: number | null;
}

export const TITLE_MAX = 150;
export const DETAIL_MAX = 3000;
export const REASON_MAX = 500;

/** `B-42`, as people write it. */
export function issueName(number: number): string {
  return `B-${number}`;
}

/** Reads `B-42`, `b42`, `#42` or `42`; null for anything else. */
export function parseIssueNumber(text: string): number | null {
  const match = /^(?:b-?|#)?(\d{1,9})$/i.exec(text.trim());
  return match ? Number(match[1]) : null;
}

/** A title from a message: its first line that says something, cut to `TITLE_MAX`. */
export function titleFrom(text: string): string {
  const line =
    text
      .split('\n')
      .map((part) => part.replace(/\s+/gu, ' ').trim())
      .find((part) => part !== '') ?? '';
  const points = Array.from(line);
  return points.length <= TITLE_MAX
    ? line
    : `${points
        .slice(0, TITLE_MAX - 1)
        .join('')
        .trimEnd()}…`;
}

/** Words that other desks use for ours. */
const PRIORITY_WORDS: Readonly<Record<string, Priority>> = {
  medium: 'normal',
  critical: 'urgent',
};

/** Reads a priority as people write it; null for anything else. */
export function parsePriority(text: string): Priority | null {
  const word = text.trim().toLowerCase();
  return PRIORITIES.find((one) => one === word) ?? PRIORITY_WORDS[word] ?? null;
}

/** The graver of two: what was urgent stays so when two issues become one. */
export function graverPriority(a: Priority, b: Priority): Priority {
  return PRIORITIES.indexOf(a) >= PRIORITIES.indexOf(b) ? a : b;
}

/** True for what nobody works on any more. */
export function isOver(state: IssueState): boolean {
  return state === 'resolved' || state === 'closed' || state === 'merged';
}

/** What the first line of a card and of `/issue show` says; derived, never stored. */
export interface LineFacts {
  state: IssueState;
  accountName: string;
  ownerName: string | null;
  reopened: number;
  /** The fix that the issue waits for, if one is linked. */
  fix: {
    name: string;
    /** How it stands for this account. */
    state: 'planned' | 'in_progress' | 'merged' | 'live' | 'declined' | 'broke_again';
  } | null;
  /** Whether the account was told of the fix since it was last over, and until when it is watched (as people read it). */
  told: { watchedUntil: string } | null;
  isLoopClosed: boolean;
  /** `B-17`, when it was folded into that. */
  foldedInto: string | null;
}

/** One line for where the issue stands. */
export function statusLine(facts: LineFacts): string {
  if (facts.foldedInto !== null) return `Same as ${facts.foldedInto}, which goes on for both`;
  const line = isOver(facts.state) ? overLine(facts) : liveLine(facts);
  // Once the loop is closed it does not matter any more how often it came back.
  if (facts.reopened === 0 || facts.isLoopClosed) return line;
  const times = facts.reopened === 1 ? 'Reopened' : `Reopened ${facts.reopened} times`;
  return `${times} · ${line}`;
}

function overLine(facts: LineFacts): string {
  if (facts.isLoopClosed) return `Closed: ${facts.accountName} was told, seven quiet days since`;
  if (facts.told) return `Told, watching until ${facts.told.watchedUntil}`;
  if (facts.fix?.state === 'live') return `Fixed, ${facts.accountName} not told`;
  if (facts.fix?.state === 'declined') return `Declined, ${facts.accountName} not told`;
  return facts.state === 'resolved' ? 'Resolved' : 'Closed';
}

const FIX_STANDS = {
  planned: '',
  in_progress: ' (in progress)',
  merged: ' (merged, not live)',
  broke_again: ' (broke again)',
} as const;

function liveLine(facts: LineFacts): string {
  if (facts.state === 'waiting') return `Waiting on ${facts.accountName}`;
  if (facts.fix?.state === 'declined')
    return `Declined, ${facts.accountName} ${facts.told ? 'was told' : 'not told'}`;
  if (facts.fix && facts.fix.state !== 'live')
    return `Waiting on fix ${facts.fix.name}${FIX_STANDS[facts.fix.state]}`;
  if (facts.ownerName) return `${facts.ownerName} has it`;
  return facts.state === 'new' && facts.reopened === 0 ? 'New, nobody has it' : 'Nobody has it';
}
