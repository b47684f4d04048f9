import { and, asc, eq, gt, inArray, isNotNull, lte, max, or } from 'drizzle-orm';
import type { EventKind } from '../../store/log.js';
import type { ReadTx } from '../../store/transact.js';
import { DAY_MS } from '../../time/index.js';

/** An alert that nobody got on with for this long was lost sight of. */
const IDLE_MS = 7 * DAY_MS;
const SHOWN = 20;

export interface IdleAlert {
  id: number;
  accountId: number;
  /** When somebody last got on with it; business time, UTC ms. */
  movedAt: number;
}

/** What gets an alert on: somebody did something about it, or was told of it. More of what it is about does not. */
const PROGRESS: readonly EventKind[] = [
  ...(['alert.called', 'alert.listed', 'alert.claimed', 'alert.lapsed'] as const),
  ...(['alert.moved', 'alert.snoozed', 'alert.noted', 'alert.offered'] as const),
];

/** Alerts that are not over and that nobody got on with for a week, the longest first. */
export async function idleAlerts(tx: ReadTx, now: number): Promise<IdleAlert[]> {
  const { alerts: a, log } = tx.t;
  const old = await tx.db
    .select({ id: a.id, accountId: a.accountId, openedAt: a.openedAt, progressAt: a.progressAt })
    .from(a)
    .where(and(inArray(a.state, ['open', 'claimed']), lte(a.openedAt, now - IDLE_MS)))
    .orderBy(asc(a.openedAt))
    .limit(10 * SHOWN);
  const idle: IdleAlert[] = [];
  for (const { id, accountId, openedAt, progressAt } of old) {
    const [last] = await tx.db
      .select({ at: max(log.at) })
      .from(log)
      .where(and(eq(log.alertId, id), inArray(log.kind, [...PROGRESS])));
    const movedAt = Math.max(openedAt, progressAt ?? 0, Number(last?.at ?? 0));
    if (movedAt <= now - IDLE_MS && !(await isAsleep(tx, id, now))) idle.push({ id, accountId, movedAt });
  }
  return idle.sort((x, y) => x.movedAt - y.movedAt).slice(0, SHOWN);
}

/** What somebody put to sleep is not lost sight of. */
async function isAsleep(tx: ReadTx, alertId: number, now: number): Promise<boolean> {
  const { signals: s } = tx.t;
  const [row] = await tx.db
    .select({ id: s.id })
    .from(s)
    .where(and(eq(s.alertId, alertId), or(isNotNull(s.snoozedLevel), gt(s.snoozedUntil, now))))
    .limit(1);
  return row !== undefined;
}
