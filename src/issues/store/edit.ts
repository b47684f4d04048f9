import { and, desc, eq, gte } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { EditedField, Edits } from '../rules/edits.js';
import type { Issue } from '../rules/issue.js';
import { type Change, whoOf } from './life.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** One per field; the words of a long detail are not kept twice. */
    'issue.changed': { number: number; field: EditedField };
  }
}

/** Changes what an issue says of itself; a field that is as it was leaves no trace. @returns what changed. */
export async function editIssue(tx: Tx, issue: Issue, edits: Edits, change: Change): Promise<EditedField[]> {
  const changed = (Object.keys(edits) as EditedField[]).filter((field) => edits[field] !== issue[field]);
  if (changed.length === 0) return [];
  const values = Object.fromEntries(changed.map((field) => [field, edits[field]]));
  await tx.db.update(tx.t.issues).set(values).where(eq(tx.t.issues.id, issue.id));
  for (const field of changed) {
    const isLong = field === 'detail';
    await emit(tx, {
      kind: 'issue.changed',
      at: change.now,
      accountId: issue.accountId,
      issueId: issue.id,
      ...whoOf(change),
      source: change.source,
      before: isLong ? null : issue[field],
      after: isLong ? null : (edits[field] ?? null),
      data: { number: issue.number, field },
    });
  }
  return changed;
}

/** Who changed an issue's own fields last: a Slack user id; null when nobody did. */
export async function lastChanger(tx: ReadTx, issueId: number): Promise<string | null> {
  const { log } = tx.t;
  const [row] = await tx.db
    .select({ actor: log.actor })
    .from(log)
    .where(and(eq(log.issueId, issueId), eq(log.kind, 'issue.changed')))
    .orderBy(desc(log.at), desc(log.id))
    .limit(1);
  return row?.actor ?? null;
}

/** Whether somebody was given the issue at or after an instant (business time, UTC ms): they were told of it then. */
export async function wasGivenSince(tx: ReadTx, issueId: number, since: number): Promise<boolean> {
  const { log } = tx.t;
  const rows = await tx.db
    .select({ id: log.id })
    .from(log)
    .where(and(eq(log.issueId, issueId), eq(log.kind, 'issue.given'), gte(log.at, since)))
    .limit(1);
  return rows.length > 0;
}
