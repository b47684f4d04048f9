import { setTimeout as delay } from 'node:timers/promises';
import { queueHealth } from '../queue/health.js';
import type { DemoClock } from './clock.js';
import type { RunningBaton } from './parts.js';
import { nextDue } from './store.js';

/** Who moves through time: Baton, and the clock that it goes by. */
export interface Traveller {
  baton: RunningBaton;
  clock: DemoClock;
}

const SETTLES_WITHIN_MS = 3_000;
/** A thing that is due again at once for the hundredth time will not come to an end. */
const AT_ONE_INSTANT = 100;

/** Does all that waits, until nothing is left to do now. */
export async function settle({ baton, clock }: Traveller): Promise<void> {
  const until = clock.machine.now() + SETTLES_WITHIN_MS;
  do {
    await baton.work();
    if (await isIdle(baton, clock.business.now())) return;
    await delay(5);
  } while (clock.machine.now() < until);
}

/**
 * Nothing waits. What is handled becomes timed work or a message in one commit, and each read sees what was committed
 * until then: the queues are asked on both sides of the clock, so that nothing moves on unseen between two reads.
 */
async function isIdle(baton: RunningBaton, now: number): Promise<boolean> {
  return baton.store.read(async (tx) => {
    const isEmpty = async () => {
      const { inboxWaiting, outboxWaiting } = await queueHealth(tx);
      return inboxWaiting === 0 && outboxWaiting === 0;
    };
    if (!(await isEmpty())) return false;
    const due = await nextDue(tx);
    return (due === undefined || due > now) && (await isEmpty());
  });
}

/** Goes on to an instant, stopping at everything that is due on the way. */
export async function travelTo(t: Traveller, until: number): Promise<void> {
  await stopAtDue(t, until, async () => false);
  if (until > t.clock.business.now()) t.clock.set(until);
  await settle(t);
}

/** Goes on until a stop is the one that was wanted; `limit` is as far as it looks. @returns whether one was */
export async function travelUntil(
  t: Traveller,
  limit: number,
  isWanted: () => Promise<boolean>,
): Promise<boolean> {
  return stopAtDue(t, limit, isWanted);
}

/**
 * From due time to due time, doing at each all that is to be done then, so that what is delivered starts its clock when
 * it is delivered.
 */
async function stopAtDue(t: Traveller, until: number, isWanted: () => Promise<boolean>): Promise<boolean> {
  await settle(t);
  let here = 0;
  for (;;) {
    const next = await t.baton.store.read(nextDue);
    if (next === undefined || next > until || here > AT_ONE_INSTANT) return false;
    const now = t.clock.business.now();
    here = next > now ? 0 : here + 1;
    if (next > now) t.clock.set(next);
    await settle(t);
    if (await isWanted()) return true;
  }
}
