import { accountById } from '../accounts/store.js';
import { standingStill } from '../queue/health.js';
import type { ReadTx } from '../store/transact.js';
import { span } from '../time/index.js';
import { idleAlerts } from './store/idle.js';

/** What stands still although somebody or something should have moved it on, in words; the first few of each. */
export interface Audit {
  alerts: string[];
  due: string[];
  outbox: string[];
}

/** Looks for alerts without progress, timed work that was not done and messages that are not sent. `now`: business time. */
export async function audit(tx: ReadTx, now: number): Promise<Audit> {
  const { due, outbox } = await standingStill(tx, now);
  const alerts: string[] = [];
  for (const alert of await idleAlerts(tx, now)) {
    const account = (await accountById(tx, alert.accountId))?.name ?? 'the team';
    alerts.push(`The alert of ${account} (${alert.id}) has had no progress for ${span(now - alert.movedAt)}`);
  }
  return {
    alerts,
    due: due.map((row) => `Timed work ${row.key} is late by ${span(now - row.dueAt)}`),
    outbox: outbox.map((row) => `A message to ${row.target} has waited for ${span(now - row.createdAt)}`),
  };
}
