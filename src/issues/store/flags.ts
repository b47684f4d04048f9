import { and, asc, eq, isNull } from 'drizzle-orm';
import { actingFunction, type Person } from '../../people/rules.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type Flag, type FlagAct, nextState } from '../rules/flag.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'flag.offered': { flagId: number; kind: 'problem' | 'pattern' };
    'flag.accepted': { flagId: number };
    'flag.returned': { flagId: number };
    'flag.declined': { flagId: number };
    'flag.climbed': { flagId: number; called: string[] };
  }
}

export interface NewFlag {
  accountId: number;
  kind: Flag['kind'];
  detail: string;
  evidence: readonly string[];
  isSevere: boolean;
  source: { channel: string; ts: string } | null;
}

/** The due row at which a flag that nobody decided about climbs to the support lead. */
export function flagClimbKey(flagId: number): string {
  return `climb:flag:${flagId}`;
}

export async function flagById(tx: ReadTx, id: number): Promise<Flag | undefined> {
  const [row] = await tx.db.select().from(tx.t.flags).where(eq(tx.t.flags.id, id));
  return row;
}

/** Offers something to support. */
export async function offerFlag(
  tx: Tx,
  flag: NewFlag,
  by: Person,
  now: number,
  source: string,
): Promise<Flag> {
  const [added] = await tx.db
    .insert(tx.t.flags)
    .values({
      accountId: flag.accountId,
      kind: flag.kind,
      detail: flag.detail,
      evidence: [...flag.evidence],
      isSevere: flag.isSevere,
      channel: flag.source?.channel ?? null,
      ts: flag.source?.ts ?? null,
      byUser: by.slackId,
      offeredAt: now,
      state: 'offered',
    })
    .returning();
  if (!added) throw new Error('the flag was not written');
  await emit(tx, {
    kind: 'flag.offered',
    at: now,
    accountId: flag.accountId,
    actor: by.slackId,
    func: actingFunction(by),
    source,
    after: 'offered',
    data: { flagId: added.id, kind: flag.kind },
  });
  return added;
}

const EVENT = { accept: 'flag.accepted', return: 'flag.returned', decline: 'flag.declined' } as const;

/** Support's word on a flag; the first counts. @returns the flag as it stands, or undefined when it moved on before. */
export async function decideFlag(
  tx: Tx,
  flag: Flag,
  act: Exclude<FlagAct, 'resend'>,
  decision: { by: Person; answer: string | null; issueId: number | null; now: number },
): Promise<Flag | undefined> {
  const to = nextState(flag.state, act);
  if (to === null) return undefined;
  const { by, answer, issueId, now } = decision;
  const [decided] = await tx.db
    .update(tx.t.flags)
    .set({ state: to, decidedBy: by.slackId, decidedAt: now, answer, issueId })
    .where(and(eq(tx.t.flags.id, flag.id), eq(tx.t.flags.state, flag.state)))
    .returning();
  if (!decided) return undefined;
  await emit(tx, {
    kind: EVENT[act],
    at: now,
    accountId: flag.accountId,
    issueId,
    actor: by.slackId,
    func: actingFunction(by),
    source: 'button',
    before: flag.state,
    after: to,
    data: { flagId: flag.id },
  });
  return decided;
}

/** Offers a returned flag again, with what was missing. @returns undefined when it moved on before. */
export async function resendFlag(
  tx: Tx,
  flag: Flag,
  changed: Pick<NewFlag, 'kind' | 'detail' | 'evidence' | 'isSevere'>,
  by: Person,
  now: number,
): Promise<Flag | undefined> {
  if (nextState(flag.state, 'resend') === null) return undefined;
  const [offered] = await tx.db
    .update(tx.t.flags)
    .set({ ...changed, evidence: [...changed.evidence], state: 'offered', offeredAt: now })
    .where(and(eq(tx.t.flags.id, flag.id), eq(tx.t.flags.state, flag.state)))
    .returning();
  if (!offered) return undefined;
  await emit(tx, {
    kind: 'flag.offered',
    at: now,
    accountId: flag.accountId,
    actor: by.slackId,
    func: actingFunction(by),
    source: 'form',
    before: flag.state,
    after: 'offered',
    data: { flagId: flag.id, kind: changed.kind },
  });
  return offered;
}

/** Nobody decided: the support leads are called, once. @returns false when they were before. */
export async function climbFlag(
  tx: Tx,
  flag: Flag,
  called: readonly string[],
  now: number,
): Promise<boolean> {
  const { flags: f } = tx.t;
  const [climbed] = await tx.db
    .update(f)
    .set({ climbedAt: now })
    .where(and(eq(f.id, flag.id), eq(f.state, 'offered'), isNull(f.climbedAt)))
    .returning({ id: f.id });
  if (!climbed) return false;
  await emit(tx, {
    kind: 'flag.climbed',
    at: now,
    accountId: flag.accountId,
    source: 'clock',
    data: { flagId: flag.id, called: [...called] },
  });
  return true;
}

/** The accepted flags whose senders watch an issue. */
export async function flagsOnIssue(tx: ReadTx, issueId: number): Promise<Flag[]> {
  const { flags: f } = tx.t;
  return tx.db
    .select()
    .from(f)
    .where(and(eq(f.issueId, issueId), eq(f.state, 'accepted')))
    .orderBy(asc(f.id));
}
