import { z } from 'zod';
import type { Handling } from '../../queue/inbox.js';
import { slackUser } from '../../queue/lookups.js';
import { setLeft } from '../store/left.js';

const Body = z.object({ event: z.object({ user: z.object({ id: z.string() }) }) });

/**
 * Slack changed what it says of somebody: whoever was deactivated there has left, since messages to them go through and
 * reach nobody. Back in Slack they are back here. @param renewal what remembers the facts themselves
 */
export function onUserChange(
  renewal: Handling | undefined,
  body: unknown,
  now: () => number,
): Handling | undefined {
  if (!renewal) return undefined;
  const { id } = Body.parse(body).event.user;
  return {
    ...renewal,
    keys: async () => [`slack:${id}`],
    run: async (tx, found) => {
      const before = await slackUser(tx, id);
      await renewal.run(tx, found);
      const after = await slackUser(tx, id);
      // An admin may have put them away in Slack's name long ago: only a change in Slack is heard here.
      if (after && after.isDeleted !== (before?.isDeleted ?? false))
        await setLeft(tx, id, after.isDeleted, now());
    },
  };
}
