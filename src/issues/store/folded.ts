import { and, asc, eq, inArray } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import { plus } from '../../store/sql.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { graverPriority, type Issue, issueName } from '../rules/issue.js';
import { type Change, whoOf } from './life.js';
import { issueById, issueByNumber } from './read.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** On the issue that was folded; `after` is the other one. */
    'issue.folded': { number: number; intoId: number };
    /** On the issue that goes on for both. */
    'issue.absorbed': { number: number; fromId: number };
  }
}

/** The issue that answers for a number, and the folded one when the number belongs to that. */
export interface Meant {
  issue: Issue;
  folded: Issue | null;
}

/** A folded number still answers: whatever is asked of it is asked of the issue that goes on for both. */
export async function issueMeant(tx: ReadTx, number: number | null): Promise<Meant | undefined> {
  const named = number === null ? undefined : await issueByNumber(tx, number);
  if (!named) return undefined;
  const issue = await rootOf(tx, named);
  return { issue, folded: issue.id === named.id ? null : named };
}

/** The issue that goes on for this one, itself when it was not folded. */
export async function rootOf(tx: ReadTx, issue: Issue): Promise<Issue> {
  const seen = new Set([issue.id]);
  let root = issue;
  while (root.mergedIntoId !== null && !seen.has(root.mergedIntoId)) {
    const next = await issueById(tx, root.mergedIntoId);
    if (!next) break;
    seen.add(next.id);
    root = next;
  }
  return root;
}

/** The issues that were folded into this one, directly or by way of another, oldest first. */
export async function foldedInto(tx: ReadTx, issueId: number): Promise<Issue[]> {
  const { issues } = tx.t;
  const found: Issue[] = [];
  const seen = new Set([issueId]);
  let parents = [issueId];
  while (parents.length > 0) {
    const rows: Issue[] = await tx.db
      .select()
      .from(issues)
      .where(inArray(issues.mergedIntoId, parents))
      .orderBy(asc(issues.id));
    const fresh = rows.filter((row) => !seen.has(row.id));
    for (const row of fresh) seen.add(row.id);
    found.push(...fresh);
    parents = fresh.map((row) => row.id);
  }
  return found.sort((a, b) => a.number - b.number);
}

/**
 * Two issues are one: what `from` holds (messages, contacts, escalations, promises, counts) is held by `into`, which
 * goes on for both. `foldProblem` has said that it may be.
 */
export async function foldIssue(tx: Tx, from: Issue, into: Issue, change: Change): Promise<void> {
  const { issues, issueSources, contacts, flags, promises } = tx.t;
  for (const table of [issueSources, contacts, flags, promises]) {
    await tx.db.update(table).set({ issueId: into.id }).where(eq(table.issueId, from.id));
  }
  await moveEscalations(tx, from.id, into.id);
  await tx.db.update(issues).set({ state: 'merged', mergedIntoId: into.id }).where(eq(issues.id, from.id));
  // Nobody is dropped: who had the folded one has both, and what was urgent stays so.
  const ownerId = into.ownerId ?? from.ownerId;
  await tx.db
    .update(issues)
    .set({
      ownerId,
      state: into.state === 'new' && ownerId !== null ? 'open' : into.state,
      priority: graverPriority(into.priority, from.priority),
      reopened: plus(issues.reopened, from.reopened),
    })
    .where(eq(issues.id, into.id));
  const base = { at: change.now, accountId: into.accountId, ...whoOf(change), source: change.source };
  await emit(tx, {
    ...base,
    kind: 'issue.folded',
    issueId: from.id,
    before: from.state,
    after: issueName(into.number),
    data: { number: from.number, intoId: into.id },
  });
  await emit(tx, {
    ...base,
    kind: 'issue.absorbed',
    issueId: into.id,
    after: issueName(from.number),
    data: { number: into.number, fromId: from.id },
  });
}

/** One open escalation per issue and group: where both asked the same group, the one that stood goes on. */
async function moveEscalations(tx: Tx, fromId: number, intoId: number): Promise<void> {
  const { escalations: e } = tx.t;
  const rows = await tx.db.select().from(e).where(eq(e.issueId, fromId)).orderBy(asc(e.id));
  for (const row of rows) {
    const openKey = row.openKey === null ? null : `${intoId}:${row.groupKey}`;
    const [taken] =
      openKey === null
        ? []
        : await tx.db
            .select({ id: e.id })
            .from(e)
            .where(and(eq(e.openKey, openKey)));
    await tx.db
      .update(e)
      .set({ issueId: intoId, openKey: taken ? null : openKey })
      .where(eq(e.id, row.id));
  }
}
