import { eq } from 'drizzle-orm';
import { actingFunction, type Person } from '../../people/rules.js';
import { emit } from '../../store/log.js';
import { plus } from '../../store/sql.js';
import type { Tx } from '../../store/transact.js';
import type { Issue } from '../rules/issue.js';
import { answerReopens, step, type Verb } from '../rules/life.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'issue.taken': { number: number };
    'issue.given': { number: number };
    'issue.waiting': { number: number };
    'issue.resumed': { number: number };
    'issue.resolved': { number: number };
    'issue.reopened': { number: number };
    'issue.closed': { number: number };
    'loop.closed': { number: number };
  }
}

/** Who changes an issue, and how. */
export interface Change {
  by: Person | null;
  /** A Slack user id, where it is none of our people: the customer who wrote. */
  actor?: string | null;
  /** Business time, UTC ms. */
  now: number;
  /** `command`, `button`, `reaction`, `message`, … */
  source: string;
}

/** What an event says of who did it. */
export function whoOf(change: Change): { actor: string | null; func: 'support' | 'success' | null } {
  return {
    actor: change.by?.slackId ?? change.actor ?? null,
    func: change.by ? actingFunction(change.by) : null,
  };
}

export type Outcome = { done: true } | { done: false; refused: string };
export type TakeResult = Outcome | { done: false; ownerId: number };

/** Makes a person the one who has the issue; the first wins. */
export async function takeIssue(tx: Tx, issue: Issue, by: Person, change: Change): Promise<TakeResult> {
  const next = step(issue, 'take');
  if ('refused' in next) return { done: false, refused: next.refused };
  if (issue.ownerId !== null) return { done: false, ownerId: issue.ownerId };
  await tx.db.update(tx.t.issues).set({ ownerId: by.id, state: next.to }).where(eq(tx.t.issues.id, issue.id));
  await emit(tx, { ...base(issue, change), kind: 'issue.taken', before: null, after: by.slackId });
  return { done: true };
}

/** Makes somebody else the one who has it; `from` is who had it. */
export async function giveIssue(
  tx: Tx,
  issue: Issue,
  to: Person,
  from: Person | undefined,
  change: Change,
): Promise<TakeResult> {
  const next = step(issue, 'give');
  if ('refused' in next) return { done: false, refused: next.refused };
  if (issue.ownerId === to.id) return { done: false, ownerId: to.id };
  await tx.db.update(tx.t.issues).set({ ownerId: to.id, state: next.to }).where(eq(tx.t.issues.id, issue.id));
  await emit(tx, {
    ...base(issue, change),
    kind: 'issue.given',
    before: from?.slackId ?? null,
    after: to.slackId,
  });
  return { done: true };
}

/** We asked the customer something: the next word is theirs. */
export async function waitForCustomer(tx: Tx, issue: Issue, change: Change): Promise<Outcome> {
  return move(tx, issue, 'wait', 'issue.waiting', {}, change);
}

/** What was broken works again (or never will): the rescue is over, the customer may still have to be told. */
export async function resolveIssue(tx: Tx, issue: Issue, change: Change): Promise<Outcome> {
  return move(tx, issue, 'resolve', 'issue.resolved', { resolvedAt: change.now }, change);
}

/** Nothing is left to do, whether it was solved or not. */
export async function closeIssue(tx: Tx, issue: Issue, change: Change): Promise<Outcome> {
  const resolvedAt = issue.resolvedAt ?? change.now;
  return move(tx, issue, 'close', 'issue.closed', { resolvedAt }, change);
}

/** It is not over, or does not wait on the customer any more. What was over and comes back is counted. */
export async function reopenIssue(tx: Tx, issue: Issue, change: Change): Promise<Outcome> {
  return comeBack(tx, issue, 'reopen', change);
}

/** The customer answered in the thread of an issue that was over or waited on them. @returns whether that changed it. */
export async function reopenByCustomer(tx: Tx, issue: Issue, change: Change): Promise<boolean> {
  if (!answerReopens(issue, change.now)) return false;
  return (await comeBack(tx, issue, 'answer', change)).done;
}

async function comeBack(tx: Tx, issue: Issue, verb: Verb, change: Change): Promise<Outcome> {
  if (issue.state === 'waiting') return move(tx, issue, verb, 'issue.resumed', {}, change);
  const again = { resolvedAt: null, loopClosedAt: null, reopened: plus(tx.t.issues.reopened, 1) };
  return move(tx, issue, verb, 'issue.reopened', again, change);
}

/** The customer was told and seven quiet days have passed. */
export async function closeLoop(tx: Tx, issue: Issue, now: number): Promise<void> {
  if (issue.loopClosedAt !== null || (issue.state !== 'resolved' && issue.state !== 'closed')) return;
  await tx.db
    .update(tx.t.issues)
    .set({ state: 'closed', loopClosedAt: now })
    .where(eq(tx.t.issues.id, issue.id));
  await emit(tx, {
    ...base(issue, { by: null, now, source: 'clock' }),
    kind: 'loop.closed',
    before: issue.state,
    after: 'closed',
  });
}

type StateEvent = 'issue.waiting' | 'issue.resumed' | 'issue.resolved' | 'issue.reopened' | 'issue.closed';

async function move(
  tx: Tx,
  issue: Issue,
  verb: Verb,
  kind: StateEvent,
  more: Partial<Record<'resolvedAt' | 'loopClosedAt' | 'reopened', unknown>>,
  change: Change,
): Promise<Outcome> {
  const next = step(issue, verb);
  if ('refused' in next) return { done: false, refused: next.refused };
  await tx.db
    .update(tx.t.issues)
    .set({ state: next.to, ...(more as { resolvedAt?: number }) })
    .where(eq(tx.t.issues.id, issue.id));
  await emit(tx, { ...base(issue, change), kind, before: issue.state, after: next.to });
  return { done: true };
}

function base(issue: Issue, change: Change) {
  return {
    at: change.now,
    accountId: issue.accountId,
    issueId: issue.id,
    ...whoOf(change),
    source: change.source,
    data: { number: issue.number },
  };
}
