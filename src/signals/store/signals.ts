import { and, asc, desc, eq, inArray, isNotNull, or } from 'drizzle-orm';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';
import type { Said } from '../rules/evaluate.js';
import type { Life, Past } from '../rules/life.js';

export type SignalRow = ReadTx['t']['signals']['$inferSelect'];
const OPEN = ['pending', 'firing', 'handled'] as const;

/** What stands for the account of what belongs to none: a team, a feed. */
export const NO_ACCOUNT = 0;

/** The scope of an account, as signals and alerts name it. */
export function accountScope(accountId: number): string {
  return `account:${accountId}`;
}

/** What is open in a scope, pending ones among it, oldest first. */
export async function openSignals(tx: ReadTx, scope: string): Promise<SignalRow[]> {
  return tx.prepared(openIn, { scope });
}

const openIn = (db: Db, { signals: s }: Tables, its: { scope: string }) =>
  db
    .select()
    .from(s)
    .where(and(eq(s.scope, its.scope), inArray(s.state, [...OPEN])))
    .orderBy(asc(s.since), asc(s.id));

export async function signalsOfAlert(tx: ReadTx, alertId: number): Promise<SignalRow[]> {
  return tx.db
    .select()
    .from(tx.t.signals)
    .where(eq(tx.t.signals.alertId, alertId))
    .orderBy(asc(tx.t.signals.since), asc(tx.t.signals.id));
}

export async function signalById(tx: ReadTx, id: number): Promise<SignalRow | undefined> {
  const [row] = await tx.db.select().from(tx.t.signals).where(eq(tx.t.signals.id, id));
  return row;
}

/** The last signal of a key that is over. */
export async function pastOf(tx: ReadTx, key: string): Promise<Past | undefined> {
  const { signals: s } = tx.t;
  const [row] = await tx.db
    .select({ handledAt: s.handledAt, clearedAt: s.clearedAt, severity: s.severity })
    .from(s)
    .where(and(eq(s.key, key), eq(s.state, 'cleared')))
    .orderBy(desc(s.id))
    .limit(1);
  const quietFrom = row?.handledAt ?? row?.clearedAt;
  return row && quietFrom != null ? { quietFrom, severity: row.severity } : undefined;
}

/** An open row as the rules of its life take it. */
export function lifeOf(row: SignalRow): Life {
  return {
    state: row.state === 'cleared' ? 'handled' : row.state,
    since: row.since,
    handledAt: row.handledAt,
    severity: row.severity,
    level: row.level,
    line: row.evidence.line,
    snoozedUntil: row.snoozedUntil,
    snoozedLevel: row.snoozedLevel,
  };
}

export interface Beginning {
  scope: string;
  accountId: number | null;
  key: string;
  said: Said;
  state: 'pending' | 'firing';
  isShadow: boolean;
  inhibitedBy: string | null;
}

/** Writes a new signal. @returns undefined when one of its key is open already. */
export async function insertSignal(tx: Tx, it: Beginning, now: number): Promise<SignalRow | undefined> {
  const { by, about, reading, severity, place } = it.said;
  const [row] = await tx.db
    .insert(tx.t.signals)
    .values({
      rule: by.rule.id,
      ruleVersion: by.rule.version,
      version: by.version,
      spec: { numbers: by.numbers, counting: by.counting },
      scope: it.scope,
      accountId: it.accountId ?? NO_ACCOUNT,
      about,
      key: it.key,
      openKey: it.key,
      state: it.state,
      severity,
      func: by.rule.func,
      place,
      level: Math.round(reading.level),
      evidence: reading.evidence,
      since: now,
      firedAt: it.state === 'firing' ? now : null,
      changedAt: now,
      isShadow: it.isShadow,
      inhibitedBy: it.inhibitedBy,
    })
    .onConflictDoNothing({ target: tx.t.signals.openKey })
    .returning();
  return row;
}

export async function updateSignal(tx: Tx, id: number, set: Partial<SignalRow>): Promise<SignalRow> {
  const [row] = await tx.db.update(tx.t.signals).set(set).where(eq(tx.t.signals.id, id)).returning();
  if (!row) throw new Error(`signal ${id} is gone`);
  return row;
}

/** A condition that did not hold for long enough leaves nothing behind. */
export async function forgetSignal(tx: Tx, id: number): Promise<void> {
  await tx.db.delete(tx.t.signals).where(eq(tx.t.signals.id, id));
}

/** Puts a signal on an alert's card. */
export async function attachSignal(tx: Tx, signalId: number, alertId: number): Promise<void> {
  await tx.db.update(tx.t.signals).set({ alertId }).where(eq(tx.t.signals.id, signalId));
}

/** What an ended alert showed was handled: quiet until it was clear once, is graver, or fourteen days have passed. */
export async function handleSignals(tx: Tx, alertId: number, now: number): Promise<void> {
  const { signals: s } = tx.t;
  await tx.db
    .update(s)
    .set({ state: 'handled', handledAt: now, changedAt: now, snoozedUntil: null, snoozedLevel: null })
    .where(and(eq(s.alertId, alertId), eq(s.state, 'firing')));
}

/** What spoke for some scopes has seen to them: what it held back counts as handled, like what an ended alert showed. */
export async function handleInhibited(tx: Tx, by: string, now: number): Promise<void> {
  const { signals: s } = tx.t;
  await tx.db
    .update(s)
    .set({ state: 'handled', handledAt: now, changedAt: now })
    .where(and(eq(s.inhibitedBy, by), eq(s.state, 'firing')));
}

/** Whoever claimed an alert woke it: were they to give it up, it would not sleep on. */
export async function wakeSignals(tx: Tx, alertId: number, now: number): Promise<void> {
  const { signals: s } = tx.t;
  await tx.db
    .update(s)
    .set({ snoozedUntil: null, snoozedLevel: null, changedAt: now })
    .where(and(eq(s.alertId, alertId), or(isNotNull(s.snoozedUntil), isNotNull(s.snoozedLevel))));
}

/**
 * Keeps an alert's signals quiet: until an instant (business time), or, with null, until there is more of one than now.
 * They are looked at again when that is over; a higher severity breaks it.
 */
export async function snoozeSignals(
  tx: Tx,
  alertId: number,
  until: number | null,
  now: number,
): Promise<SignalRow[]> {
  const { signals: s } = tx.t;
  const rows = await tx.db
    .select()
    .from(s)
    .where(and(eq(s.alertId, alertId), eq(s.state, 'firing'), isNotNull(s.openKey)));
  for (const row of rows)
    await updateSignal(tx, row.id, {
      snoozedUntil: until,
      snoozedLevel: until === null ? row.level : null,
      changedAt: now,
    });
  return rows;
}
