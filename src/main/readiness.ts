import type { Readiness } from '../http/server.js';
import { probeWrite, queueHealth } from '../queue/health.js';
import { failureText } from '../store/failure.js';
import type { Store } from '../store/transact.js';

export interface ReadinessFacts {
  store: Store;
  machineNow: () => number;
  openConnections: () => number;
  /** Machine time of the last frame from Slack; null before the first. */
  lastFrameAt: () => number | null;
  ignored: () => Record<string, number>;
  /** True when Slack was not heard for too long. */
  isDeaf: () => boolean;
  /** Slack's word for a token that no longer works; null while it does. */
  tokenProblem: () => string | null;
}

/** An inbox this old means that handling has stopped. */
const STUCK_MS = 5 * 60_000;

/** Whether Baton can work now: it can write, hears Slack and keeps up. */
export async function readinessOf(facts: ReadinessFacts): Promise<Readiness> {
  const problems: string[] = [];
  const details: Record<string, unknown> = { ignored: facts.ignored() };
  try {
    await probeWrite(facts.store);
    const health = await facts.store.read(queueHealth);
    Object.assign(details, { queues: health });
    if (health.inboxOldestAt !== null && facts.machineNow() - health.inboxOldestAt > STUCK_MS) {
      problems.push('events wait longer than five minutes');
    }
  } catch (err) {
    problems.push(`the database cannot be written: ${failureText(err)}`);
  }
  const token = facts.tokenProblem();
  if (token) problems.push(`Slack refuses the token (${token}): nothing can be sent until it works again`);
  const open = facts.openConnections();
  if (open === 0) problems.push('no connection to Slack is open');
  if (open > 0 && facts.isDeaf()) problems.push('the connection to Slack is silent, not even a pong comes');
  const last = facts.lastFrameAt();
  Object.assign(details, {
    connections: open,
    secondsSinceLastFrame: last === null ? null : Math.round((facts.machineNow() - last) / 1000),
  });
  return { isReady: problems.length === 0, problems, details };
}
