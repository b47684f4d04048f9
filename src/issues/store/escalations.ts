import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { actingFunction, type Group, type Person } from '../../people/rules.js';
import { clearDue } from '../../queue/due.js';
import { emit } from '../../store/log.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';
import { isSameCall } from '../rules/escalation.js';
import type { Issue } from '../rules/issue.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'escalation.opened': { group: string; kind: 'skill' | 'authority'; escalationId: number };
    'escalation.answered': { group: string; escalationId: number };
    'escalation.climbed': { group: string; escalationId: number; called: string[] };
    'escalation.taken_back': { group: string; escalationId: number };
  }
}

export type EscalationRow = ReadTx['t']['escalations']['$inferSelect'];

/** The due row at which an unanswered call climbs to the support lead. */
export function climbKey(escalationId: number): string {
  return `climb:escalation:${escalationId}`;
}

/** The message by which somebody of success is told of a call for authority, by key of the outbox. */
export function authorityKey(escalationId: number, slackId: string): string {
  return `escalation:${escalationId}:csm:${slackId}`;
}

/** Asks a group for help on an issue; asked again while that stands, it stays one call. */
export async function openEscalation(
  tx: Tx,
  issue: Issue,
  group: Group,
  request: { reason: string; isCustomerWish: boolean; by: Person; now: number; source: string },
): Promise<{ escalation: EscalationRow; existed: boolean }> {
  const { escalations: e } = tx.t;
  const [last] = await tx.db
    .select()
    .from(e)
    .where(and(eq(e.issueId, issue.id), eq(e.groupKey, group.key)))
    .orderBy(desc(e.at), desc(e.id))
    .limit(1);
  if (last && isSameCall(last, request.now)) return { escalation: last, existed: true };
  const openKey = `${issue.id}:${group.key}`;
  const [added] = await tx.db
    .insert(e)
    .values({
      issueId: issue.id,
      groupKey: group.key,
      openKey,
      kind: group.kind,
      reason: request.reason,
      isCustomerWish: request.isCustomerWish,
      byUser: request.by.slackId,
      at: request.now,
    })
    .onConflictDoNothing({ target: e.openKey })
    .returning();
  if (!added) {
    const [open] = await tx.db.select().from(e).where(eq(e.openKey, openKey));
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

const standingOf = (db: Db, { escalations: e }: Tables, its: { issueId: number }) =>
  db
    .select()
    .from(e)
    .where(and(eq(e.issueId, its.issueId), isNull(e.takenBackAt)))
    .orderBy(asc(e.at), asc(e.id));

/** The calls on an issue that stand, answered or not, oldest first; those that were taken back do not. */
export async function openEscalations(tx: ReadTx, issueId: number): Promise<EscalationRow[]> {
  return tx.prepared(standingOf, { issueId });
}

/** Somebody is on it; the first wins. @returns the row as it stands now, and whether it was theirs to answer. */
export async function answerEscalation(
  tx: Tx,
  escalation: EscalationRow,
  issue: Issue,
  by: Person,
  now: number,
): Promise<{ escalation: EscalationRow; won: boolean }> {
  const { escalations: e } = tx.t;
  const [answered] = await tx.db
    .update(e)
    .set({ answeredBy: by.slackId, answeredAt: now, openKey: null })
    .where(and(eq(e.id, escalation.id), isNull(e.answeredBy), isNull(e.takenBackAt)))
    .returning();
  if (!answered) return { escalation: (await escalationById(tx, escalation.id)) ?? escalation, won: false };
  await clearDue(tx, climbKey(escalation.id));
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
  return { escalation: answered, won: true };
}

/** The call is not needed any more; it ends unanswered. @returns false when it had ended or been answered. */
export async function takeBackEscalation(
  tx: Tx,
  escalation: EscalationRow,
  issue: Issue,
  by: Person,
  now: number,
): Promise<boolean> {
  const { escalations: e } = tx.t;
  const [ended] = await tx.db
    .update(e)
    .set({ takenBackBy: by.slackId, takenBackAt: now, openKey: null })
    .where(and(eq(e.id, escalation.id), isNull(e.answeredBy), isNull(e.takenBackAt)))
    .returning({ id: e.id });
  if (!ended) return false;
  await clearDue(tx, climbKey(escalation.id));
  await emit(tx, {
    kind: 'escalation.taken_back',
    at: now,
    accountId: issue.accountId,
    issueId: issue.id,
    actor: by.slackId,
    func: actingFunction(by),
    source: 'button',
    data: { group: escalation.groupKey, escalationId: escalation.id },
  });
  return true;
}

/** Nobody came: the support leads are called, once. @returns false when they were before. */
export async function climbEscalation(
  tx: Tx,
  escalation: EscalationRow,
  issue: Issue,
  called: readonly string[],
  now: number,
): Promise<boolean> {
  const { escalations: e } = tx.t;
  const [climbed] = await tx.db
    .update(e)
    .set({ climbedAt: now })
    .where(and(eq(e.id, escalation.id), isNull(e.climbedAt), isNull(e.answeredBy), isNull(e.takenBackAt)))
    .returning({ id: e.id });
  if (!climbed) return false;
  await emit(tx, {
    kind: 'escalation.climbed',
    at: now,
    accountId: issue.accountId,
    issueId: issue.id,
    source: 'clock',
    data: { group: escalation.groupKey, escalationId: escalation.id, called: [...called] },
  });
  return true;
}
