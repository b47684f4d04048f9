import { eq, inArray } from 'drizzle-orm';
import type { ChannelFacts, SlackApi, UserFacts } from '../slack/api.js';
import { classify } from '../slack/errors.js';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Store, Tx } from '../store/transact.js';

/** What a handler wants to know before it runs: fetched and stored first, so that no transaction waits for Slack. */
export interface Lookups {
  users?: readonly string[];
  channels?: readonly string[];
  message?: { channel: string; ts: string };
}

const USER_MAX_AGE_MS = 24 * 3_600_000;

export type SlackUser = ReadTx['t']['slackUsers']['$inferSelect'];
export type SlackChannel = ReadTx['t']['slackChannels']['$inferSelect'];

/** Fetches people and channels that are unknown or older than allowed; rejects when Slack cannot be asked now. */
export class LookupDesk {
  constructor(
    private readonly store: Store,
    private readonly slack: SlackApi,
    private readonly now: () => number,
    /** The teams whose people are ours; anybody else is external. */
    private readonly isOurTeam: (teamId: string | null) => boolean,
  ) {}

  async ensureUsers(ids: readonly string[], maxAgeMs = USER_MAX_AGE_MS): Promise<void> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return;
    const known = await this.store.read((tx) => slackUsersAmong(tx, wanted));
    const fresh = new Set(
      known.filter((row) => row.fetchedAt > this.now() - maxAgeMs).map((row) => row.userId),
    );
    const missing = wanted.filter((id) => !fresh.has(id));
    for (const id of missing) await this.saveUsers([await this.fetchUser(id)]);
  }

  async ensureChannel(id: string, maxAgeMs: number): Promise<void> {
    const row = await this.store.read((tx) => slackChannel(tx, id));
    if (row && row.fetchedAt > this.now() - maxAgeMs) return;
    const facts = await this.slack.channel(id);
    await this.store.transact([], (tx) => saveChannel(tx, facts, this.now()));
  }

  /** Stores what Slack said of people, e.g. all of them at the start, or one in a `user_change`. */
  async saveUsers(all: readonly UserFacts[]): Promise<void> {
    if (all.length === 0) return;
    await this.store.transact([], async (tx) => {
      for (const facts of all)
        await saveUser(tx, facts, this.isOurTeam(facts.teamId) && !facts.isStranger, this.now());
    });
  }

  private async fetchUser(id: string): Promise<UserFacts> {
    try {
      return await this.slack.user(id);
    } catch (err) {
      const failure = classify(err);
      if (failure.class !== 'gone') throw err;
      // Nobody of that id that we may see: kept as an unknown outsider, so that it is not asked again today.
      return {
        id,
        teamId: null,
        name: id,
        realName: id,
        email: null,
        zone: null,
        isBot: false,
        isGuest: false,
        isAdmin: false,
        isDeleted: false,
        isStranger: true,
      };
    }
  }
}

const userOfId = (db: Db, t: Tables, its: { id: string }) =>
  db.select().from(t.slackUsers).where(eq(t.slackUsers.userId, its.id));

export async function slackUser(tx: ReadTx, id: string): Promise<SlackUser | undefined> {
  return (await tx.prepared(userOfId, { id }))[0];
}

const channelOfId = (db: Db, t: Tables, its: { id: string }) =>
  db.select().from(t.slackChannels).where(eq(t.slackChannels.channel, its.id));

export async function slackChannel(tx: ReadTx, id: string): Promise<SlackChannel | undefined> {
  return (await tx.prepared(channelOfId, { id }))[0];
}

/** Nearly always one is asked for. */
async function slackUsersAmong(tx: ReadTx, ids: readonly string[]) {
  const [only] = ids;
  if (ids.length === 1 && only) return [await slackUser(tx, only)].filter((row) => row !== undefined);
  const { slackUsers: u } = tx.t;
  return tx.db
    .select({ userId: u.userId, fetchedAt: u.fetchedAt })
    .from(u)
    .where(inArray(u.userId, [...ids]));
}

type UserRow = Required<Omit<Tables['slackUsers']['$inferInsert'], 'id' | 'dm'>>;

/** At the start everybody is written at once. */
function upsertUser(db: Db, { slackUsers: u }: Tables, its: UserRow) {
  const row = {
    userId: its.userId,
    teamId: its.teamId,
    name: its.name,
    realName: its.realName,
    email: its.email,
    zone: its.zone,
    isBot: its.isBot,
    isGuest: its.isGuest,
    isExternal: its.isExternal,
    isAdmin: its.isAdmin,
    isDeleted: its.isDeleted,
    fetchedAt: its.fetchedAt,
  };
  return db.insert(u).values(row).onConflictDoUpdate({ target: u.userId, set: row });
}

export async function saveUser(tx: Tx, facts: UserFacts, isOurs: boolean, fetchedAt: number): Promise<void> {
  const row = {
    userId: facts.id,
    teamId: facts.teamId,
    name: facts.name,
    realName: facts.realName,
    email: facts.email,
    zone: facts.zone,
    isBot: facts.isBot,
    isGuest: facts.isGuest,
    isExternal: !isOurs,
    isAdmin: facts.isAdmin && isOurs,
    isDeleted: facts.isDeleted,
    fetchedAt,
  };
  await tx.prepared(upsertUser, row);
}

async function saveChannel(tx: Tx, facts: ChannelFacts, fetchedAt: number): Promise<void> {
  const row = {
    channel: facts.id,
    name: facts.name,
    isShared: facts.isShared,
    isPrivate: facts.isPrivate,
    isArchived: facts.isArchived,
    isMember: facts.isMember,
    members: facts.members,
    fetchedAt,
  };
  await tx.db
    .insert(tx.t.slackChannels)
    .values(row)
    .onConflictDoUpdate({ target: tx.t.slackChannels.channel, set: row });
}

/** Makes the next audience check ask Slack anew, e.g. after somebody joined. */
export async function forgetChannelFacts(tx: Tx, channel: string): Promise<void> {
  await tx.db.update(tx.t.slackChannels).set({ fetchedAt: 0 }).where(eq(tx.t.slackChannels.channel, channel));
}
