import { and, asc, eq, inArray, lt, notInArray } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { ListedChannel, SlackApi } from '../slack/api.js';
import { classify } from '../slack/errors.js';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Store, Tx } from '../store/transact.js';
import { beat, beatsOf, lastBeat } from './heartbeat.js';

export type SurveyedChannel = ReadTx['t']['surveyedChannels']['$inferSelect'];

export interface SurveyOptions {
  store: Store;
  slack: Pick<SlackApi, 'channels' | 'members'>;
  machineNow: () => number;
  businessNow: () => number;
  log: Logger;
  /** Channels of our own in which Baton posts: looked at whole, since it matters who reads them. */
  ours: (tx: ReadTx) => Promise<readonly string[]>;
  /** Asks Slack for one of them and for everybody in it. */
  look: (channel: string) => Promise<void>;
  /** Told, in the same transaction, of shared channels that were not there the last time. */
  onNew: (tx: Tx, channels: readonly SurveyedChannel[], now: number) => Promise<void>;
}

const WANTED = 'survey.wanted';
const DONE = 'survey.done';
/** Members are asked for one channel after the other, well within what Slack allows. */
const BETWEEN_MS = 1_200;
const RETRY_MS = 60_000;

/** Asks for a look at the channels of the workspace. `now` is business time. */
export async function wantSurvey(tx: Tx, now: number): Promise<void> {
  // Asked twice in one instant, or on a clock that stands still, it is looked at again all the same.
  await beat(tx, WANTED, Math.max(now, ((await lastBeat(tx, WANTED)) ?? 0) + 1));
  tx.wake('survey');
}

const channelOfId = (db: Db, { surveyedChannels: c }: Tables, its: { channel: string }) =>
  db.select().from(c).where(eq(c.channel, its.channel));

/** A channel as the survey last saw it; undefined for one that it never did. */
export async function surveyedChannel(tx: ReadTx, channel: string): Promise<SurveyedChannel | undefined> {
  return (await tx.prepared(channelOfId, { channel }))[0];
}

/** When the channels were last looked at (business time); null before the first time. */
export function surveyedAt(tx: ReadTx): Promise<number | null> {
  return lastBeat(tx, DONE);
}

/** Looks at all channels that Baton can see, when asked to, and at who could invite it where it is not. */
export class Survey {
  /** After a refusal nothing is asked before this machine instant, whoever wakes the survey. */
  private restsUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly o: SurveyOptions) {}

  /** One piece of work. @returns the machine instant at which to go on, if there is more */
  async step(): Promise<number | undefined> {
    if (this.o.machineNow() < this.restsUntil) return this.restsUntil;
    try {
      const beats = await this.o.store.read(wantedAndDone);
      const isWanted = beats.wanted !== null && (beats.done === null || beats.done < beats.wanted);
      if (isWanted) await this.list(beats.wanted ?? 0, beats.done === null);
      return await this.askMembers(isWanted ? beats.wanted : beats.done);
    } catch (err) {
      const failure = classify(err);
      this.o.log.warn({ err, code: failure.code }, 'survey.failed');
      this.restsUntil = this.o.machineNow() + (failure.retryAfterMs ?? RETRY_MS);
      return this.restsUntil;
    }
  }

  /** The list of channels, made because it was wanted at an instant. */
  private async list(wanted: number, isFirst: boolean): Promise<void> {
    const { store } = this.o;
    await this.lookAtOurs();
    const listed = await this.o.slack.channels();
    await store.transact(['survey'], async (tx) => {
      const fresh = await saveChannels(tx, listed, wanted);
      await beat(tx, DONE, wanted);
      // At the first look everything is new, and the page shows it all.
      if (!isFirst && fresh.length > 0) await this.o.onNew(tx, fresh, this.o.businessNow());
      tx.wake('homes');
    });
  }

  private async lookAtOurs(): Promise<void> {
    for (const channel of await this.o.store.read(this.o.ours)) {
      try {
        await this.o.look(channel);
      } catch (err) {
        // A channel that is not there: the set-up says what it knows of it.
        if (classify(err).class !== 'gone') throw err;
      }
    }
  }

  /** Who is in the next shared channel without Baton. */
  private async askMembers(done: number | null): Promise<number | undefined> {
    const { store } = this.o;
    const since = done ?? 0;
    const next = await store.read((tx) => withoutMembers(tx, since));
    if (!next) return undefined;
    const members = await this.membersOf(next.channel);
    await store.transact(['survey'], async (tx) => {
      const { surveyedChannels: c } = tx.t;
      await tx.db.update(c).set({ members, membersAt: since }).where(eq(c.id, next.id));
      tx.wake('homes');
    });
    return this.o.machineNow() + BETWEEN_MS;
  }

  private async membersOf(channel: string): Promise<string[]> {
    try {
      return await this.o.slack.members(channel);
    } catch (err) {
      if (classify(err).class === 'gone') return [];
      throw err;
    }
  }
}

async function wantedAndDone(tx: ReadTx): Promise<{ wanted: number | null; done: number | null }> {
  const beats = await beatsOf(tx, [WANTED, DONE]);
  return { wanted: beats.get(WANTED) ?? null, done: beats.get(DONE) ?? null };
}

const unasked = (db: Db, { surveyedChannels: c }: Tables, its: { since: number }) =>
  db
    .select()
    .from(c)
    .where(
      and(
        eq(c.isShared, true),
        eq(c.isMember, false),
        eq(c.isArchived, false),
        eq(c.isIgnored, false),
        lt(c.membersAt, its.since),
      ),
    )
    .orderBy(asc(c.id))
    .limit(1);

async function withoutMembers(tx: ReadTx, since: number): Promise<SurveyedChannel | undefined> {
  return (await tx.prepared(unasked, { since }))[0];
}

/** Writes what was listed; what is not listed any more is one that Baton cannot see. @returns shared ones that are new */
async function saveChannels(
  tx: Tx,
  listed: readonly ListedChannel[],
  now: number,
): Promise<SurveyedChannel[]> {
  const { surveyedChannels: c } = tx.t;
  const known = new Set((await tx.db.select({ channel: c.channel }).from(c)).map((row) => row.channel));
  const shared = listed.filter((one) => one.isShared || known.has(one.id));
  for (const { id, creator, ...facts } of shared) {
    const row = {
      channel: id,
      name: facts.name,
      isShared: facts.isShared,
      isPrivate: facts.isPrivate,
      isArchived: facts.isArchived,
      isMember: facts.isMember,
      creator,
      seenAt: now,
    };
    await tx.db
      .insert(c)
      .values({ ...row, members: [], firstSeenAt: now })
      .onConflictDoUpdate({ target: c.channel, set: row });
  }
  const ids = shared.map((one) => one.id);
  await tx.db
    .update(c)
    .set({ isMember: false })
    .where(ids.length > 0 ? notInArray(c.channel, ids) : undefined);
  const fresh = shared.filter((one) => one.isShared && !one.isArchived && !known.has(one.id));
  if (fresh.length === 0) return [];
  return tx.db
    .select()
    .from(c)
    .where(
      inArray(
        c.channel,
        fresh.map((one) => one.id),
      ),
    )
    .orderBy(asc(c.name));
}
