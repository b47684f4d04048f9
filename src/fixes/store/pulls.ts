import { and, asc, eq } from 'drizzle-orm';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Pull } from '../rules/live.js';

/** The pull requests that are part of a fix, as far as trackers said so. */
export async function pullsOfFix(tx: ReadTx, fixId: number): Promise<Pull[]> {
  const { fixPulls } = tx.t;
  return tx.db.select().from(fixPulls).where(eq(fixPulls.fixId, fixId)).orderBy(asc(fixPulls.id));
}

/**
 * Writes how a pull request of a fix stands. @returns false when that is no news: it stood so already, or this is of
 * an earlier time and comes late
 */
export async function savePull(tx: Tx, fixId: number, pull: Pull & { at: number }): Promise<boolean> {
  const { fixPulls } = tx.t;
  const same = and(eq(fixPulls.fixId, fixId), eq(fixPulls.pullKey, pull.pullKey));
  const [known] = await tx.db.select().from(fixPulls).where(same);
  if (known && (known.at > pull.at || known.state === pull.state)) return false;
  await tx.db
    .insert(fixPulls)
    .values({ fixId, ...pull })
    .onConflictDoUpdate({ target: [fixPulls.fixId, fixPulls.pullKey], set: pull });
  return true;
}

/** Fixes that a repository has pull requests of, by id. */
export async function fixesOfRepo(tx: ReadTx, repo: string): Promise<number[]> {
  const { fixPulls } = tx.t;
  const rows = await tx.db.select().from(fixPulls).where(eq(fixPulls.repo, repo)).orderBy(asc(fixPulls.id));
  return [...new Set(rows.map((row) => row.fixId))];
}
