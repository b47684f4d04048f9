import type { OutboxRow } from '../queue/delivery.js';
import type { LookupDesk } from '../queue/lookups.js';
import { slackChannel, slackUser } from '../queue/lookups.js';
import type { ReadTx, Store } from '../store/transact.js';

export interface AudienceOptions {
  store: Store;
  lookups: LookupDesk;
  /** Of these users, those who are no people of ours. */
  outsidersAmong: (tx: ReadTx, userIds: readonly string[]) => Promise<string[]>;
}

/** How old what Slack said of a channel may be when something is posted there. */
const FACTS_MAX_AGE_MS = 60_000;

/**
 * Refuses whatever must not be read where it would go: nothing internal and nothing about an account reaches a
 * channel that is shared, or in which a guest, a customer or an unknown reads; nor a direct message to one of them.
 * When Slack cannot say who reads, it throws, and nothing is sent.
 */
export function createAudience(o: AudienceOptions) {
  return async (row: OutboxRow, channel: string): Promise<{ refused: string } | undefined> => {
    if (!row.internal && row.accounts.length === 0) return undefined;
    const reader = readerOf(row);
    if (reader !== undefined) {
      await o.lookups.ensureUsers([reader]);
      return refuseOutsiders(o, [reader]);
    }
    await o.lookups.ensureChannel(channel, FACTS_MAX_AGE_MS);
    const facts = await o.store.read((tx) => slackChannel(tx, channel));
    if (!facts) return { refused: 'nobody knows who reads this channel' };
    if (facts.isShared) return { refused: 'the channel is shared with another company' };
    await o.lookups.ensureUsers(facts.members);
    return refuseOutsiders(o, facts.members);
  };
}

/** The one reader of a direct or private message; undefined for a channel. */
function readerOf(row: OutboxRow): string | undefined {
  if (row.kind === 'private') return row.userId ?? '';
  return /^[UW]/.test(row.target) ? row.target : undefined;
}

/** A colleague who was deactivated reads nothing, though Slack may list them as a member for a while. */
async function hasLeft(tx: ReadTx, userId: string): Promise<boolean> {
  const facts = await slackUser(tx, userId);
  return facts?.isDeleted === true && !facts.isExternal && !facts.isGuest;
}

async function refuseOutsiders(
  o: AudienceOptions,
  members: readonly string[],
): Promise<{ refused: string } | undefined> {
  const outsiders = await o.store.read(async (tx) => {
    const readers = [];
    for (const id of await o.outsidersAmong(tx, members)) if (!(await hasLeft(tx, id))) readers.push(id);
    return readers;
  });
  return outsiders.length > 0
    ? {
        refused: `read by ${outsiders.slice(0, 3).join(', ')}, who ${outsiders.length === 1 ? 'is' : 'are'} not one of us`,
      }
    : undefined;
}
