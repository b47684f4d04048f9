import { and, asc, eq, isNull, or } from 'drizzle-orm';
import { actingFunction, type Person } from '../../people/rules.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { CustomerPromise } from '../rules/promise.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'promise.noted': { promiseId: number; dueOn: string };
    'promise.kept': { promiseId: number };
    'promise.broken': { promiseId: number };
  }
}

export interface NewPromise {
  accountId: number;
  issueId: number | null;
  what: string;
  toWhom: string | null;
  dueOn: string;
  /** Who promised; whoever notes it may be somebody else. */
  byUser: string;
  source: { channel: string; ts: string } | null;
}

export async function notePromise(
  tx: Tx,
  wanted: NewPromise,
  notedBy: Person,
  now: number,
  how: string,
): Promise<CustomerPromise> {
  const { source, ...fields } = wanted;
  const [added] = await tx.db
    .insert(tx.t.promises)
    .values({ ...fields, channel: source?.channel ?? null, ts: source?.ts ?? null, at: now, state: 'open' })
    .returning();
  if (!added) throw new Error('the promise was not written');
  await emit(tx, {
    kind: 'promise.noted',
    at: now,
    accountId: wanted.accountId,
    issueId: wanted.issueId,
    actor: notedBy.slackId,
    func: actingFunction(notedBy),
    source: how,
    after: 'open',
    data: { promiseId: added.id, dueOn: wanted.dueOn },
  });
  return added;
}

export async function promiseById(tx: ReadTx, id: number): Promise<CustomerPromise | undefined> {
  const [row] = await tx.db.select().from(tx.t.promises).where(eq(tx.t.promises.id, id));
  return row;
}

/** What was promised on an issue and has not ended, the next due first. */
export async function promisesOnIssue(tx: ReadTx, issueId: number): Promise<CustomerPromise[]> {
  const { promises: p } = tx.t;
  return tx.db
    .select()
    .from(p)
    .where(and(eq(p.issueId, issueId), eq(p.state, 'open')))
    .orderBy(asc(p.dueOn), asc(p.id));
}

/** What was promised to an account and has not ended, the next due first. */
export async function promisesTo(tx: ReadTx, accountId: number): Promise<CustomerPromise[]> {
  const { promises: p } = tx.t;
  return tx.db
    .select()
    .from(p)
    .where(and(eq(p.accountId, accountId), eq(p.state, 'open')))
    .orderBy(asc(p.dueOn), asc(p.id));
}

/**
 * Says how a promise ended. Without `by` nobody said anything, and it counts as broken; *Kept* may still be said then.
 * @returns the promise as it stands, or undefined when it had ended otherwise before.
 */
export async function endPromise(
  tx: Tx,
  promise: CustomerPromise,
  outcome: 'kept' | 'broken',
  by: Person | null,
  now: number,
): Promise<CustomerPromise | undefined> {
  const { promises: p } = tx.t;
  const unanswered = and(eq(p.state, 'broken'), isNull(p.endedBy));
  const endable = outcome === 'kept' ? or(eq(p.state, 'open'), unanswered) : eq(p.state, 'open');
  const [ended] = await tx.db
    .update(p)
    .set({ state: outcome, endedAt: now, endedBy: by?.slackId ?? null })
    .where(and(eq(p.id, promise.id), endable))
    .returning();
  if (!ended) return undefined;
  await emit(tx, {
    kind: outcome === 'kept' ? 'promise.kept' : 'promise.broken',
    at: now,
    accountId: promise.accountId,
    issueId: promise.issueId,
    actor: by?.slackId ?? null,
    func: by ? actingFunction(by) : null,
    source: by ? 'button' : 'clock',
    before: promise.state,
    after: outcome,
    data: { promiseId: promise.id },
  });
  return ended;
}
