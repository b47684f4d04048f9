import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import type { Account } from '../accounts/rules.js';
import type { ReadTx, Tx } from '../store/transact.js';

declare module '../store/log.js' {
  interface EventKinds {
    /** A morning message told of somebody's accounts, as it does once a week. */
    'digest.sent': { accounts: number; from: number };
  }
}

export async function accountsOfCsm(tx: ReadTx, personId: number): Promise<Account[]> {
  const { accounts: a } = tx.t;
  return tx.db
    .select()
    .from(a)
    .where(and(eq(a.csmId, personId), eq(a.isArchived, false)))
    .orderBy(asc(a.name));
}

/** What happened to an account after `from` and up to `until`, by kind of event. */
export async function countEvents(
  tx: ReadTx,
  accountId: number,
  kinds: readonly string[],
  from: number,
  until: number,
): Promise<Map<string, number>> {
  const { log } = tx.t;
  const rows = await tx.db
    .select({ kind: log.kind })
    .from(log)
    .where(
      and(eq(log.accountId, accountId), inArray(log.kind, [...kinds]), gt(log.at, from), lte(log.at, until)),
    );
  const counts = new Map<string, number>();
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Until when a person's last digest told the story; null before the first. */
export async function coveredUntil(tx: ReadTx, personId: number, kind: string): Promise<number | null> {
  const { digests: d } = tx.t;
  const [row] = await tx.db
    .select()
    .from(d)
    .where(and(eq(d.personId, personId), eq(d.kind, kind)));
  return row?.coveredUntil ?? null;
}

export async function setCovered(tx: Tx, personId: number, kind: string, until: number): Promise<void> {
  const { digests: d } = tx.t;
  await tx.db
    .insert(d)
    .values({ personId, kind, coveredUntil: until })
    .onConflictDoUpdate({ target: [d.personId, d.kind], set: { coveredUntil: until } });
}
