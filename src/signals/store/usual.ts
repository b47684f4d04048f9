import { and, eq, gt, lte } from 'drizzle-orm';
import type { ReadTx } from '../../store/transact.js';
import { DAY_MS } from '../../time/index.js';
import { USUAL_WEEKS } from '../rules/as-of.js';
import { median, weeklyCounts } from '../rules/repeat-contact.js';

const WEEK_MS = 7 * DAY_MS;

/** How often an account usually writes in: the median of the twelve weeks before the last seven days. */
export async function usualContacts(tx: ReadTx, accountId: number, now: number): Promise<number> {
  const { contacts: c } = tx.t;
  const from = now - (USUAL_WEEKS + 1) * WEEK_MS;
  const rows = await tx.db
    .select({ at: c.startedAt })
    .from(c)
    .where(and(eq(c.accountId, accountId), gt(c.startedAt, from), lte(c.startedAt, now)));
  return median(weeklyCounts(rows, now - WEEK_MS, USUAL_WEEKS));
}
