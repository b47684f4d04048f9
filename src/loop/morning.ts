import { moveMorning, scheduleMornings } from '../digests/morning.js';
import { followupsOfMorning } from '../digests/store/morning.js';
import { onFollowupDelivered } from '../followups/jobs/course.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';

/** What follows for the nine o'clock message. */

/** Somebody went away or came back: their next message comes on their next working day. */
export async function moveTheirMorning(
  tx: Tx,
  event: LoggedEvent & { data: { personId: number } },
): Promise<void> {
  await moveMorning(tx, event.data.personId, event.at);
}

/** The company works at other times. */
export async function moveMornings(tx: Tx, event: LoggedEvent): Promise<void> {
  await scheduleMornings(tx, event.at);
}

/** What a morning message listed was shown: also what was held back until then is reminded of from here on. */
export async function onMorningDelivered(tx: Tx, morningId: number, at: number): Promise<void> {
  for (const followupId of await followupsOfMorning(tx, morningId))
    await onFollowupDelivered(tx, followupId, at);
}
