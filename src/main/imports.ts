import { scheduleMornings } from '../digests/morning.js';
import type { DayOff } from '../imports/calendar.js';
import { rescheduleLevels } from '../issues/jobs/service-levels.js';
import { type CalendarScope, refreshCalendars, setCalendar } from '../people/store/calendar.js';
import { activePeople } from '../people/store.js';
import { lookAgain } from '../queue/homes.js';
import type { Store } from '../store/transact.js';

/** People, hours or calendars changed by a file: what waits by them is computed anew. */
export async function afterImport(store: Store, now: number): Promise<void> {
  await store.transact(['company'], async (tx) => {
    await refreshCalendars(tx);
    await scheduleMornings(tx, now);
  });
  await store.transact(['company'], async (tx) => {
    await rescheduleLevels(tx, now);
    await lookAgain(tx);
  });
}

/**
 * Gives days off to everybody, to a team or to one person, in place of what an earlier file gave them.
 * @returns whose they are, as people read it. @throws Error when nobody has that handle
 */
export async function takeCalendar(
  store: Store,
  days: readonly DayOff[],
  { team, person: handle, now }: { team?: string; person?: string; now: number },
): Promise<string> {
  const people = await store.read(activePeople);
  const person =
    handle === undefined ? undefined : people.find((one) => one.handle === handle.replace(/^@/, ''));
  if (handle !== undefined && !person) throw new Error(`Nobody of ours has the handle ${handle}.`);
  if (team !== undefined && people.every((one) => one.team !== team))
    throw new Error(`Nobody of ours is in a team ${team}.`);
  const scope: CalendarScope = person ? `person:${person.id}` : team ? `team:${team}` : 'company';
  await store.transact(['company'], (tx) => setCalendar(tx, scope, days));
  await afterImport(store, now);
  return person?.name ?? (team ? `the team ${team}` : 'everybody');
}
