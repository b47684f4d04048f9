import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Reading, Rule } from '../rules/rule.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'signal.fired': { rule: string; signalId: number; severity: 'low' | 'medium' | 'high' | 'critical' };
    'signal.changed': { rule: string; signalId: number };
    'signal.cleared': { rule: string; signalId: number };
  }
}

export type SignalRow = ReadTx['t']['signals']['$inferSelect'];

export async function openSignals(tx: ReadTx, accountId: number): Promise<SignalRow[]> {
  const { signals: s } = tx.t;
  return tx.db
    .select()
    .from(s)
    .where(and(eq(s.accountId, accountId), isNotNull(s.openKey)))
    .orderBy(asc(s.since), asc(s.id));
}

export async function signalsOfAlert(tx: ReadTx, alertId: number): Promise<SignalRow[]> {
  return tx.db
    .select()
    .from(tx.t.signals)
    .where(eq(tx.t.signals.alertId, alertId))
    .orderBy(asc(tx.t.signals.since), asc(tx.t.signals.id));
}

/** Writes what a rule says now: a signal begins, its evidence changes, or it clears. */
export async function applyReading<F>(
  tx: Tx,
  accountId: number,
  rule: Rule<F>,
  reading: Reading,
  now: number,
): Promise<void> {
  const openKey = `${rule.id}:${accountId}:`;
  const [open] = await tx.db.select().from(tx.t.signals).where(eq(tx.t.signals.openKey, openKey));
  if (!open) {
    if (reading.isFiring) await fire(tx, accountId, rule, openKey, reading, now);
    return;
  }
  if (reading.isClear) return clear(tx, open, now);
  if (open.state !== 'firing' || open.evidence.line === reading.evidence.line) return;
  await tx.db
    .update(tx.t.signals)
    .set({ evidence: reading.evidence, changedAt: now })
    .where(eq(tx.t.signals.id, open.id));
  await emit(tx, {
    kind: 'signal.changed',
    at: now,
    accountId,
    alertId: open.alertId,
    source: 'clock',
    data: { rule: rule.id, signalId: open.id },
  });
}

async function fire<F>(
  tx: Tx,
  accountId: number,
  rule: Rule<F>,
  openKey: string,
  reading: Reading,
  now: number,
): Promise<void> {
  const [row] = await tx.db
    .insert(tx.t.signals)
    .values({
      rule: rule.id,
      ruleVersion: rule.version,
      accountId,
      about: '',
      openKey,
      state: 'firing',
      evidence: reading.evidence,
      since: now,
      changedAt: now,
    })
    .onConflictDoNothing({ target: tx.t.signals.openKey })
    .returning({ id: tx.t.signals.id });
  if (!row) return;
  await emit(tx, {
    kind: 'signal.fired',
    at: now,
    accountId,
    source: 'clock',
    data: { rule: rule.id, signalId: row.id, severity: rule.severity },
  });
}

async function clear(tx: Tx, open: SignalRow, now: number): Promise<void> {
  await tx.db
    .update(tx.t.signals)
    .set({ state: 'cleared', openKey: null, changedAt: now })
    .where(eq(tx.t.signals.id, open.id));
  await emit(tx, {
    kind: 'signal.cleared',
    at: now,
    accountId: open.accountId,
    alertId: open.alertId,
    source: 'clock',
    data: { rule: open.rule, signalId: open.id },
  });
}

/** Puts a signal on an alert's card. */
export async function attachSignal(tx: Tx, signalId: number, alertId: number): Promise<void> {
  await tx.db.update(tx.t.signals).set({ alertId }).where(eq(tx.t.signals.id, signalId));
}

/** What an ended alert showed was handled: it does not fire again until it was clear once. */
export async function handleSignals(tx: Tx, alertId: number, now: number): Promise<void> {
  const { signals: s } = tx.t;
  await tx.db
    .update(s)
    .set({ state: 'handled', changedAt: now })
    .where(and(eq(s.alertId, alertId), eq(s.state, 'firing')));
}
