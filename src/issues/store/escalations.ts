import { and, eq, isNull } from 'drizzle-orm';
import { actingFunction, type Group, type Person } from '../../people/rules.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Issue } from '../rules/issue.js';
import type { EscalationRow } from './read.js';

/** Asks a group for help on an issue; asked again while open, it stays one. */
export async function openEscalation(
  tx: Tx,
  issue: Issue,
  group: Group,
  request: { reason: string; by: Person; now: number; source: string },
): Promise<{ escalation: EscalationRow; existed: boolean }> {
  const { escalations } = tx.t;
  const openKey = `${issue.id}:${group.key}`;
  const [added] = await tx.db
    .insert(escalations)
    .values({
      issueId: issue.id,
      groupKey: group.key,
      openKey,
      kind: group.kind,
      reason: request.reason,
      byUser: request.by.slackId,
      at: request.now,
    })
    .onConflictDoNothing({ target: escalations.openKey })
    .returning();
  if (!added) {
    const [open] = await tx.db.select().from(escalations).where(eq(escalations.openKey, openKey));
    if (!open) throw new Error('the escalation was not written');
    return { escalation: open, existed: true };
  }
  await emit(tx, {
    kind: 'escalation.opened',
    at: request.now,
    accountId: issue.accountId,
    issueId: issue.id,
    actor: request.by.slackId,
    func: actingFunction(request.by),
    source: request.source,
    data: { group: group.key, kind: group.kind, escalationId: added.id },
  });
  return { escalation: added, existed: false };
}

export async function escalationById(tx: ReadTx, id: number): Promise<EscalationRow | undefined> {
  const [row] = await tx.db.select().from(tx.t.escalations).where(eq(tx.t.escalations.id, id));
  return row;
}

/** Somebody is on it; the first wins. @returns the row as it stands now. */
export async function answerEscalation(
  tx: Tx,
  escalation: EscalationRow,
  issue: Issue,
  by: Person,
  now: number,
): Promise<EscalationRow> {
  const { escalations } = tx.t;
  const [answered] = await tx.db
    .update(escalations)
    .set({ answeredBy: by.slackId, answeredAt: now, openKey: null })
    .where(and(eq(escalations.id, escalation.id), isNull(escalations.answeredBy)))
    .returning();
  if (!answered) {
    const [row] = await tx.db.select().from(escalations).where(eq(escalations.id, escalation.id));
    return row ?? escalation;
  }
  await emit(tx, {
    kind: 'escalation.answered',
    at: now,
    accountId: issue.accountId,
    issueId: issue.id,
    actor: by.slackId,
    func: actingFunction(by),
    source: 'button',
    data: { group: escalation.groupKey, escalationId: escalation.id },
  });
  return answered;
}
