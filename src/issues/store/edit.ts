import { eq } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
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
