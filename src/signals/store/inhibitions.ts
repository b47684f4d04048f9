import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';

/** What speaks for a scope at present, e.g. `incident:3`, so that its signals raise no alert of their own; else null. */
export async function inhibitorOf(tx: ReadTx, scope: string): Promise<string | null> {
  return (await tx.prepared(standing, { scope }))[0]?.by ?? null;
}

const standing = (db: Db, { inhibitions: i }: Tables, its: { scope: string }) =>
  db
    .select({ by: i.by })
    .from(i)
    .where(and(eq(i.scope, its.scope), isNull(i.endedAt)))
    .orderBy(asc(i.since), asc(i.id))
    .limit(1);

/** From now on `by` speaks for a scope: its signals begin and clear as ever, but raise no alert. */
export async function inhibit(tx: Tx, scope: string, by: string, now: number): Promise<void> {
  const { inhibitions: i } = tx.t;
  await tx.db
    .insert(i)
    .values({ scope, by, since: now, openKey: `${scope}:${by}` })
    .onConflictDoNothing({ target: i.openKey });
}

/**
 * `by` is over, for all scopes or for one.
 * @returns the scopes that it spoke for: have them evaluated, so that what still fires is raised
 */
export async function endInhibition(tx: Tx, by: string, now: number, scope?: string): Promise<string[]> {
  const { inhibitions: i } = tx.t;
  const ended = await tx.db
    .update(i)
    .set({ endedAt: now, openKey: null })
    .where(and(eq(i.by, by), isNull(i.endedAt), ...(scope === undefined ? [] : [eq(i.scope, scope)])))
    .returning({ scope: i.scope });
  return ended.map((row) => row.scope);
}
