import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';

/** What a follow-up is wanted about, first what it is called by. */
export function mattersToOpen(wanted: {
  fixId?: number;
  alertId?: number;
  matters?: readonly string[];
}): string[] {
  const named = [
    ...(wanted.fixId === undefined ? [] : [`fix:${wanted.fixId}`]),
    ...(wanted.alertId === undefined ? [] : [`alert:${wanted.alertId}`]),
    ...(wanted.matters ?? []),
  ];
  return [...new Set(named)];
}

/**
 * Takes the matters of a story for one follow-up. Written before anything is read, so that of two transactions that
 * open the same story at once the second waits for the first, in whatever process, and finds it.
 * @returns the oldest open follow-up that is about one of them, null when none is: then they are the caller's to assign
 */
export async function takeMatters(
  tx: Tx,
  accountId: number,
  matters: readonly string[],
): Promise<number | null> {
  const { followupMatters: m } = tx.t;
  const standing: number[] = [];
  for (const matter of [...matters].sort()) {
    const openKey = keyOf(accountId, matter);
    const added = await tx.db
      .insert(m)
      .values({ followupId: NOBODYS, matter, openKey })
      .onConflictDoNothing({ target: m.openKey })
      .returning({ id: m.id });
    if (added.length > 0) continue;
    const [row] = await tx.db.select({ id: m.followupId }).from(m).where(eq(m.openKey, openKey));
    if (row) standing.push(row.id);
  }
  return standing.length === 0 ? null : Math.min(...standing);
}

/** Gives what was taken in this transaction to the follow-up. */
export async function assignMatters(
  tx: Tx,
  followup: { id: number; accountId: number },
  matters: readonly string[],
): Promise<void> {
  if (matters.length === 0) return;
  const { followupMatters: m } = tx.t;
  const keys = matters.map((matter) => keyOf(followup.accountId, matter));
  await tx.db
    .update(m)
    .set({ followupId: followup.id })
    .where(and(inArray(m.openKey, keys), eq(m.followupId, NOBODYS)));
}

/** It is about these, too; what another open follow-up of the account is about stays that one's. */
export async function addMatters(
  tx: Tx,
  followup: { id: number; accountId: number },
  matters: readonly string[],
): Promise<void> {
  const { followupMatters: m } = tx.t;
  for (const matter of [...matters].sort())
    await tx.db
      .insert(m)
      .values({ followupId: followup.id, matter, openKey: keyOf(followup.accountId, matter) })
      .onConflictDoNothing({ target: m.openKey });
}

/** One that is opened by hand is a story of its own. */
export async function ownMatter(tx: Tx, followup: { id: number; accountId: number }): Promise<string> {
  const matter = `hand:${followup.id}`;
  await tx.db
    .insert(tx.t.followupMatters)
    .values({ followupId: followup.id, matter, openKey: keyOf(followup.accountId, matter) });
  return matter;
}

/** Seen by the transaction only that is about to assign it. */
const NOBODYS = 0;

const mattersIn = (db: Db, { followupMatters: m }: Tables, its: { followupId: number }) =>
  db.select({ matter: m.matter }).from(m).where(eq(m.followupId, its.followupId)).orderBy(asc(m.id));

export async function mattersOf(tx: ReadTx, followupId: number): Promise<string[]> {
  const rows = await tx.prepared(mattersIn, { followupId });
  return rows.map((row) => row.matter);
}

/** Ids of the fixes that an account is still to be told about. */
export async function fixesOwed(tx: ReadTx): Promise<number[]> {
  const { followupMatters: m, followups: f } = tx.t;
  const rows = await tx.db
    .selectDistinct({ matter: m.matter })
    .from(f)
    .innerJoin(m, eq(m.followupId, f.id))
    .where(and(eq(f.state, 'open'), isNotNull(m.openKey)));
  return rows.flatMap(({ matter }) => (matter.startsWith('fix:') ? [Number(matter.slice(4))] : []));
}

/** It has ended: the same matter may be owed anew. */
export async function closeMatters(tx: Tx, followupId: number): Promise<void> {
  const { followupMatters: m } = tx.t;
  await tx.db.update(m).set({ openKey: null }).where(eq(m.followupId, followupId));
}

/** Ids of what a follow-up is about, of one kind: `issue`, `fix`, … */
export async function mattersOfKind(tx: ReadTx, followupId: number, kind: string): Promise<number[]> {
  const all = await mattersOf(tx, followupId);
  return all.filter((matter) => matter.startsWith(`${kind}:`)).map((matter) => Number(matter.split(':')[1]));
}

function keyOf(accountId: number, matter: string): string {
  return `${accountId}:${matter}`;
}
