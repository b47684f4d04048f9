/** An issue and what may become of it. */

export type IssueState = 'new' | 'open' | 'waiting' | 'resolved' | 'closed' | 'merged';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';

export interface Issue {
  id: number;
  number: number;
  accountId: number;
  title: string;
  detail: string | null;
  priority: Priority;
  state: IssueState;
  ownerId: number | null;
  createdAt: number;
  createdBy: string;
  resolvedAt: number | null;
  loopClosedAt: number | null;
}

export const TITLE_MAX = 150;
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

/** What the first line of a card and of `/issue show` says; derived, never stored. */
export interface LineFacts {
  state: IssueState;
  accountName: string;
  ownerName: string | null;
  /** The fix that the issue waits for, if one is linked. */
  fix: { name: string; state: 'planned' | 'merged' | 'live' | 'declined' } | null;
  /** Whether the account was told of the fix, and until when it is watched (as people read it). */
  told: { watchedUntil: string } | null;
  isLoopClosed: boolean;
}

/** One line for where the issue stands. */
export function statusLine(facts: LineFacts): string {
  if (facts.isLoopClosed) return `Closed: ${facts.accountName} was told, seven quiet days since`;
  if (facts.told) return `Told, watching until ${facts.told.watchedUntil}`;
  if (facts.fix?.state === 'live') return `Fixed, ${facts.accountName} not told`;
  if (facts.fix?.state === 'declined') return `Declined, ${facts.accountName} not told`;
  if (facts.state === 'closed' || facts.state === 'merged') return 'Closed';
  if (facts.state === 'resolved') return 'Resolved';
  if (facts.state === 'waiting') return `Waiting on ${facts.accountName}`;
  if (facts.fix)
    return `Waiting on fix ${facts.fix.name}${facts.fix.state === 'merged' ? ' (merged, not live)' : ''}`;
  return facts.ownerName ? `${facts.ownerName} has it` : 'New, nobody has it';
}
