import { type DueHandler, setDue } from '../queue/due.js';
import { post } from '../queue/enqueue.js';
import { releasePaused } from '../queue/quiet.js';
import { changeSetting, setting } from '../settings/store.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { dayAndClock, MINUTE_MS } from '../time/index.js';
import { pauseBegun, pauseOver } from './messages/pause.js';
import { heldInWords } from './rules/pause.js';
import type { Person } from './rules.js';

/*
 * A pause: Baton goes on listening and logging and answers whoever asks, but posts nothing of its own. What it would
 * have posted waits in the outbox, over restarts, and comes afterwards as it stands then.
 */

const KEY = 'pause:end';
const JOB = 'pause.end';

/** Begins a pause, or moves its end. Callers hold the key `company`. @param until UTC ms, business time */
export async function beginPause(tx: Tx, person: Person, until: number, now: number): Promise<void> {
  const standing = await setting(tx, 'pause');
  const pause = { until, by: person.name, at: standing?.at ?? now };
  await changeSetting(tx, 'pause', pause, { who: person.slackId, at: now });
  await setDue(tx, KEY, JOB, 0, until);
  const zone = await setting(tx, 'zone');
  const view = { by: person.name, until: dayAndClock(until, zone, now), moved: standing !== null };
  await sayToTeam(tx, pauseBegun(view), `pause:${now}:begin`, now);
}

/**
 * Ends it, by whom it is: says once in the team channel what was held, and lets it go. Callers hold the key `company`.
 * @param by null when its time is up
 * @returns what was held and what is not sent any more, in words; null when nothing was paused
 */
export async function endPause(
  tx: Tx,
  by: Person | null,
  now: number,
): Promise<{ held: string | null; dropped: string | null } | null> {
  const pause = await setting(tx, 'pause');
  if (pause === null) return null;
  await changeSetting(tx, 'pause', null, { who: by?.slackId ?? 'baton', at: now });
  const released = await releasePaused(tx, now);
  const counts = { held: heldInWords(released.held), dropped: heldInWords(released.dropped) };
  await sayToTeam(tx, pauseOver({ by: by?.name ?? null, ...counts }), `pause:${now}:end`, now);
  // What was just being judged while this was written is let go a minute later.
  await setDue(tx, KEY, JOB, 0, now + MINUTE_MS);
  return counts;
}

/** In the team channel; without one nobody but whoever paused it is told. */
async function sayToTeam(
  tx: Tx,
  message: ReturnType<typeof pauseOver>,
  key: string,
  now: number,
): Promise<void> {
  const team = await setting(tx, 'teamChannel');
  if (team !== null) await post(tx, team, message, now, { key });
}

/** Who paused Baton until when, in words; null while it is not paused. */
export async function pauseInWords(
  tx: ReadTx,
  zone: string,
  now: number,
): Promise<{ by: string; until: string } | null> {
  const pause = await setting(tx, 'pause');
  return pause && { by: pause.by, until: dayAndClock(pause.until, zone, now) };
}

const end: DueHandler = {
  keys: async () => ['company'],
  run: async (tx, _row, now) => {
    const pause = await setting(tx, 'pause');
    if (pause !== null && pause.until > now) return pause.until;
    if (pause === null) await releasePaused(tx, now);
    else await endPause(tx, null, now);
    return null;
  },
};

export const pauseJobs = { [JOB]: end };
