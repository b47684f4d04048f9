import type { Logger } from 'pino';
import { audit } from '../home/audit.js';
import type { Store } from '../store/transact.js';

/** Looks each hour for what stands still, and writes it into the log; Home, `/readyz` and the doctor show the same. */
export async function logAudit(store: Store, businessNow: number, log: Logger): Promise<void> {
  try {
    const found = await store.read((tx) => audit(tx, businessNow));
    for (const [kind, lines] of Object.entries(found) as [string, string[]][])
      if (lines.length > 0) log.warn({ kind, count: lines.length, first: lines[0] }, 'audit.stands_still');
  } catch (err) {
    log.error({ err }, 'audit.failed');
  }
}
