import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import type { ReadTx } from '../../store/transact.js';
import type { Dismissed } from '../rules/report.js';

/** What people said of alerts that were not needed, in a stretch (business time, UTC ms): one per rule that spoke on it. */
export async function dismissedBetween(
  tx: ReadTx,
  span: { from: number; until: number },
): Promise<Dismissed[]> {
  const { log, signals: s } = tx.t;
  const ended = await tx.db
    .select({ alertId: log.alertId, data: log.data })
    .from(log)
    .where(and(eq(log.kind, 'alert.ended'), gt(log.at, span.from), lte(log.at, span.until)))
    .orderBy(asc(log.at), asc(log.id));
  const whys = new Map<number, string>();
  for (const { alertId, data } of ended)
    if (alertId !== null && typeof data.why === 'string') whys.set(alertId, data.why);
  if (whys.size === 0) return [];
  const rows = await tx.db
    .selectDistinct({ rule: s.rule, alertId: s.alertId })
    .from(s)
    .where(inArray(s.alertId, [...whys.keys()]))
    .orderBy(asc(s.alertId), asc(s.rule));
  return rows.map(({ rule, alertId }) => ({ rule, why: whys.get(alertId ?? 0) ?? 'other' }));
}
