import { and, asc, eq, isNotNull, lte } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { HistoryMessage, SlackApi } from '../slack/api.js';
import { classify } from '../slack/errors.js';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Store, Tx } from '../store/transact.js';
import type { Delivery, Intake } from './intake.js';

export interface CatchUpOptions {
  store: Store;
  slack: Pick<SlackApi, 'history'>;
  intake: Intake;
  /** Machine time. */
  now: () => number;
  log: Logger;
  /** Threads of a channel in which something may have been said meanwhile, by their ts. */
  threadsOf: (tx: ReadTx, channel: string) => Promise<readonly string[]>;
  /** Least time between two questions to Slack, ms: history is Tier 3, about 50 a minute for all that we ask. */
  paceMs?: number;
}

/** Reads channels back after Slack was not heard: one at a time, slowly, resumed where it was after a restart. */
export class CatchUp {
  private nextAt = 0;

  constructor(private readonly o: CatchUpOptions) {}

  /** Reads the next waiting channel. @returns the machine instant at which there is more to do, if there is. */
  async step(): Promise<number | undefined> {
    const now = this.o.now();
    if (this.nextAt > now) return this.nextAt;
    const row = await this.o.store.read((tx) => nextWaiting(tx, now));
    if (!row?.fromTs) return undefined;
    try {
      await this.readBack(row.channel, row.fromTs);
      await this.o.store.transact([], (tx) => settle(tx, row.channel, row.fromTs));
      this.o.log.info({ channel: row.channel }, 'catch_up.done');
    } catch (err) {
      await this.failed(row.channel, err);
    }
    return this.nextAt;
  }

  private async readBack(channel: string, fromTs: string): Promise<void> {
    const messages = await this.ask(channel, fromTs);
    const threads = new Set(await this.o.store.read((tx) => this.o.threadsOf(tx, channel)));
    for (const m of messages) if (m.latestReply && m.latestReply > fromTs) threads.add(m.ts);
    for (const thread of threads) {
      const replies = await this.ask(channel, fromTs, thread);
      messages.push(...replies.filter((reply) => reply.ts !== thread));
    }
    messages.sort((a, b) => (a.ts < b.ts ? -1 : 1));
    for (const m of messages)
      for (const delivery of deliveriesOf(channel, m)) await this.o.intake.put(delivery);
  }

  private async ask(channel: string, fromTs: string, thread?: string): Promise<HistoryMessage[]> {
    const waitMs = this.nextAt - this.o.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    this.nextAt = this.o.now() + (this.o.paceMs ?? 1_300);
    return this.o.slack.history(channel, fromTs, thread);
  }

  private async failed(channel: string, err: unknown): Promise<void> {
    const failure = classify(err);
    this.o.log.warn({ err, channel, code: failure.code }, 'catch_up.failed');
    // A channel that Baton can no longer read has nothing to catch up.
    const isOver = failure.class === 'gone' || failure.code === 'missing_scope';
    const waitMs = failure.retryAfterMs ?? 30_000;
    if (failure.class === 'limited') this.nextAt = this.o.now() + waitMs;
    await this.o.store.transact([], async (tx) => {
      const { catchUps } = tx.t;
      const set = isOver
        ? { fromTs: null, error: failure.code }
        : { notBefore: this.o.now() + waitMs, error: failure.code };
      await tx.db.update(catchUps).set(set).where(eq(catchUps.channel, channel));
    });
  }
}

/** Has channels read back from a point; one that waits already keeps the earlier point. */
export async function planCatchUp(tx: Tx, channels: readonly string[], fromTs: string): Promise<void> {
  const { catchUps } = tx.t;
  for (const channel of channels) {
    const [row] = await tx.db.select().from(catchUps).where(eq(catchUps.channel, channel));
    const earliest = row?.fromTs && row.fromTs < fromTs ? row.fromTs : fromTs;
    const set = { fromTs: earliest, notBefore: 0, error: null };
    await tx.db
      .insert(catchUps)
      .values({ channel, ...set })
      .onConflictDoUpdate({ target: catchUps.channel, set });
  }
}

const waiting = (db: Db, { catchUps }: Tables, its: { now: number }) =>
  db
    .select()
    .from(catchUps)
    .where(and(isNotNull(catchUps.fromTs), lte(catchUps.notBefore, its.now)))
    .orderBy(asc(catchUps.id))
    .limit(1);

async function nextWaiting(tx: ReadTx, now: number) {
  return (await tx.prepared(waiting, { now }))[0];
}

/** Done, unless a longer gap was planned meanwhile. */
async function settle(tx: Tx, channel: string, fromTs: string | null): Promise<void> {
  const { catchUps } = tx.t;
  await tx.db
    .update(catchUps)
    .set({ fromTs: null, error: null })
    .where(and(eq(catchUps.channel, channel), eq(catchUps.fromTs, fromTs ?? '')));
}

/** What the events would have been; their own keys, since Slack may still deliver the originals. */
function deliveriesOf(channel: string, m: HistoryMessage): Delivery[] {
  if (m.raw.bot_id) return [];
  const delivery = (key: string, kind: string, event: Record<string, unknown>): Delivery => ({
    key: `history:${channel}:${m.ts}${key}`,
    kind,
    lane: channel,
    body: { type: 'event_callback', event: { type: kind, channel, ...event } },
  });
  const edits = m.editedTs
    ? [
        delivery(`:edit:${m.editedTs}`, 'message', {
          subtype: 'message_changed',
          message: m.raw,
          previous_message: {},
        }),
      ]
    : [];
  const reactions = m.reactions.flatMap((reaction) =>
    reaction.users.map((user) =>
      delivery(`:${reaction.name}:${user}`, 'reaction_added', {
        user,
        reaction: reaction.name,
        item: { type: 'message', channel, ts: m.ts },
        from_history: true,
      }),
    ),
  );
  return [delivery('', 'message', m.raw), ...edits, ...reactions];
}
