import { z } from 'zod';
import type { Handling } from '../queue/inbox.js';
import { moveChannel } from './store.js';

const Body = z.object({ event: z.object({ old_channel_id: z.string(), new_channel_id: z.string() }) });

/** Slack gives a channel a new id when it is shared: the account's link follows. */
export function onChannelIdChanged(body: unknown): Handling {
  const { event } = Body.parse(body);
  return { run: (tx) => moveChannel(tx, event.old_channel_id, event.new_channel_id) };
}
