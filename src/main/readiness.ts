import { audit } from '../home/audit.js';
import type { Readiness } from '../http/server.js';
import { probeWrite, queueHealth } from '../queue/health.js';
import { failureText } from '../store/failure.js';
import type { Store } from '../store/transact.js';

export interface ReadinessFacts {
  store: Store;
  machineNow: () => number;
  businessNow: () => number;
  openConnections: () => number;
  /** Machine time of the last frame from Slack; null before the first. */
  lastFrameAt: () => number | null;
  ignored: () => Record<string, number>;
  /** True when Slack was not heard for too long. */
  isDeaf: () => boolean;
  /** Slack's word for a token that no longer works; null while it does. */
  tokenProblem: () => string | null;
}

/** Whoever asks wants an answer, also while the database has none. */
const ANSWER_MS = 5_000;
/** An inbox this old means that handling has stopped. */
const STUCK_MS = 5 * 60_000;

/** Whether Baton can work now: it can write, hears Slack and keeps up. */
export async function readinessOf(facts: ReadinessFacts): Promise<Readiness> {
  const problems: string[] = [];
  const details: Record<string, unknown> = { ignored: facts.ignored() };
  try {
    const { health, standsStill } = await within(ANSWER_MS, look(facts));
    Object.assign(details, { queues: health, standsStill });
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

async function look({ store, businessNow }: ReadinessFacts) {
  await probeWrite(store);
  const health = await store.read(queueHealth);
  return { health, standsStill: await store.read((tx) => audit(tx, businessNow())) };
}

/** @throws when nothing came of it after so long, ms */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer for ${ms / 1_000} seconds`)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
