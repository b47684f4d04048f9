import { z } from 'zod';
import { userFacts } from '../slack/facts.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { releaseHeld } from './delivery.js';
import type { HomePage } from './homes.js';
import { openHome } from './homes.js';
import type { Handling, Route } from './inbox.js';
import { forgetChannelFacts, saveUser } from './lookups.js';

export interface HousekeepingOptions {
  botUserId: () => string;
  isOurTeam: (teamId: string | null) => boolean;
  now: () => number;
  /** On which page somebody's Home opens. */
  firstPage: (tx: ReadTx, userId: string) => Promise<HomePage>;
}

const ChannelEvent = z.object({
  event: z.object({
    channel: z.union([z.string(), z.object({ id: z.string() })]),
    user: z.string().nullish(),
  }),
});
const HomeOpened = z.object({ event: z.object({ user: z.string(), tab: z.string().nullish() }) });
const UserEvent = z.object({ event: z.object({ user: z.unknown() }) });

const CHANGES_READERS = new Set([
  'member_joined_channel',
  'member_left_channel',
  'channel_left',
  'group_left',
  'channel_archive',
  'group_archive',
  'channel_unarchive',
  'group_unarchive',
  'channel_shared',
  'channel_unshared',
  'channel_rename',
  'group_rename',
]);
const MENDS = new Set(['channel_unarchive', 'group_unarchive']);

/** Events about channels and people themselves: what Baton remembers of them is renewed, held messages go out. */
export function createHousekeeping(o: HousekeepingOptions): Route {
  return (kind, body): Handling | undefined => {
    if (CHANGES_READERS.has(kind)) {
      const { event } = ChannelEvent.parse(body);
      const channel = typeof event.channel === 'string' ? event.channel : event.channel.id;
      const isMended = MENDS.has(kind) || (kind === 'member_joined_channel' && event.user === o.botUserId());
      return { run: (tx) => renew(tx, channel, isMended) };
    }
    if (kind === 'user_change' || kind === 'team_join') {
      const facts = userFacts(UserEvent.parse(body).event.user);
      const isOurs = o.isOurTeam(facts.teamId) && !facts.isStranger;
      return { run: (tx) => saveUser(tx, facts, isOurs, o.now()) };
    }
    if (kind === 'app_home_opened') {
      const { user, tab } = HomeOpened.parse(body).event;
      if (tab === 'messages') return undefined;
      return {
        lookups: async () => ({ users: [user] }),
        run: async (tx) => openHome(tx, user, o.now(), await o.firstPage(tx, user)),
      };
    }
    return undefined;
  };
}

async function renew(tx: Tx, channel: string, isMended: boolean): Promise<void> {
  await forgetChannelFacts(tx, channel);
  if (isMended) await releaseHeld(tx, [channel]);
}
