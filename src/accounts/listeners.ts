import { z } from 'zod';
import type { Handling } from '../queue/inbox.js';
import type { BusinessClock } from '../time/index.js';
import { channelOf, moveChannel } from './store.js';

const Body = z.object({ event: z.object({ old_channel_id: z.string(), new_channel_id: z.string() }) });

/** Slack gives a channel a new id when it is shared: the account's link follows. */
export function onChannelIdChanged(body: unknown, clock: BusinessClock): Handling {
  const { event } = Body.parse(body);
  const { old_channel_id: from, new_channel_id: to } = event;
  return {
    keys: async (tx) => {
      const known = await channelOf(tx, from);
      return known ? [`account:${known.accountId}`] : [];
    },
    run: (tx) => moveChannel(tx, from, to, clock.now()),
  };
}
