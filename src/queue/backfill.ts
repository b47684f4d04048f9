import { asc, eq, isNull } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { HistoryMessage, SlackApi } from '../slack/api.js';
import { classify } from '../slack/errors.js';
import type { ReadTx, Store, Tx } from '../store/transact.js';

/** Channels whose past is wanted and not begun, how far back, and whether with the words. */
interface Wanted {
  days: number;
  isTextKept: boolean;
  channels: readonly { channel: string; heardFrom: string | null }[];
}

export interface BackfillOptions {
  store: Store;
  slack: Pick<SlackApi, 'history'>;
  /** Business time: that of Slack's ts. */
  businessNow: () => number;
  machineNow: () => number;
  log: Logger;
  channels: (tx: ReadTx) => Promise<Wanted | null>;
  /** Learns who these people are; asked before, since nothing is asked inside a transaction. */
  learn: (users: readonly string[]) => Promise<void>;
  /** The key under which a channel's past is written. */
  keyOf: (tx: ReadTx, channel: string) => Promise<string | null>;
  takeIn: (
    tx: Tx,
    channel: string,
    messages: readonly HistoryMessage[],
    isTextKept: boolean,
  ) => Promise<number>;
  /** All of a channel was taken in, up to an instant of business time. */
  finish: (tx: Tx, channel: string, until: number) => Promise<void>;
  /** Least time between two questions to Slack, ms: slower than catching up, which goes first. */
  paceMs?: number;
}

type Row = ReadTx['t']['backfills']['$inferSelect'];

const DAY_MS = 86_400_000;
/** Read at a time: a week of a channel fits in memory, and a restart repeats no more than that. */
const WINDOW_MS = 7 * DAY_MS;
const PACE_MS = 3_000;
const RETRY_MS = 60_000;
/** What was written just before may be heard any moment now, with its words: that is no past. */
const UNDERWAY_MS = 60_000;
/** Messages per transaction: a short one, since customers write meanwhile. */
const CHUNK = 100;

/** Reads in the past of customer channels, once each: one week of one channel at a time, going on where it was. */
export class Backfill {
  private nextAt = 0;

  constructor(private readonly o: BackfillOptions) {}

  /** Reads the next week of the next channel. @returns the machine instant at which there is more to do, if there is */
  async step(): Promise<number | undefined> {
    const now = this.o.machineNow();
    if (this.nextAt > now) return this.nextAt;
    const wanted = await this.o.store.read((tx) => this.o.channels(tx));
    if (!wanted) return undefined;
    if (wanted.channels.length > 0) await this.plan(wanted);
    const row = await this.o.store.read(nextWaiting);
    if (!row) return undefined;
    if (row.notBefore > now) return row.notBefore;
    try {
      await this.readWindow(row, wanted.isTextKept);
    } catch (err) {
      await this.failed(row, err);
    }
    return this.nextAt;
  }

  private async plan({ days, channels }: Wanted): Promise<void> {
    const now = this.o.businessNow();
    await this.o.store.transact(['backfill'], async (tx) => {
      for (const { channel, heardFrom } of channels)
        await tx.db
          .insert(tx.t.backfills)
          .values({
            channel,
            cursorTs: tsOf(now - days * DAY_MS),
            untilTs: heardFrom ?? tsOf(now - UNDERWAY_MS),
          })
          .onConflictDoNothing({ target: tx.t.backfills.channel });
    });
  }

  private async readWindow(row: Row, isTextKept: boolean): Promise<void> {
    const { channel, cursorTs, untilTs } = row;
    const end = tsOf(Number(cursorTs) * 1000 + WINDOW_MS);
    const latest = end < untilTs ? end : untilTs;
    // Slack leaves out both ends; what is read twice changes nothing.
    const from = tsOf(Number(cursorTs) * 1000 - 1);
    const messages = cursorTs < latest ? await this.messagesOf(channel, from, latest, untilTs) : [];
    await this.o.learn(authorsOf(messages));
    let taken = 0;
    for (let at = 0; at < messages.length; at += CHUNK)
      taken += await this.write(channel, (tx) =>
        this.o.takeIn(tx, channel, messages.slice(at, at + CHUNK), isTextKept),
      );
    const isDone = latest >= untilTs;
    await this.write(channel, async (tx) => {
      if (isDone) await this.o.finish(tx, channel, Math.floor(Number(untilTs) * 1000));
      const { backfills: b } = tx.t;
      const set = {
        cursorTs: latest,
        messages: row.messages + taken,
        error: null,
        doneAt: isDone ? this.o.machineNow() : null,
      };
      await tx.db.update(b).set(set).where(eq(b.id, row.id));
      tx.wake('homes');
      return 0;
    });
    if (isDone) this.o.log.info({ channel, messages: row.messages + taken }, 'backfill.done');
  }

  /** Messages of a stretch with the replies below them, in the order in which they were written. */
  private async messagesOf(
    channel: string,
    oldest: string,
    latest: string,
    until: string,
  ): Promise<HistoryMessage[]> {
    const found = await this.ask(() => this.o.slack.history(channel, oldest, undefined, latest));
    const all = [...found];
    for (const { ts, latestReply } of found) {
      if (!latestReply) continue;
      const replies = await this.ask(() => this.o.slack.history(channel, oldest, ts, until));
      all.push(...replies.filter((reply) => reply.ts !== ts));
    }
    return all.sort((a, b) => (a.ts < b.ts ? -1 : 1));
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    const waitMs = this.nextAt - this.o.machineNow();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    this.nextAt = this.o.machineNow() + (this.o.paceMs ?? PACE_MS);
    return question();
  }

  private async write(channel: string, run: (tx: Tx) => Promise<number>): Promise<number> {
    const key = await this.o.store.read((tx) => this.o.keyOf(tx, channel));
    return this.o.store.transact(key === null ? [] : [key], run);
  }

  private async failed(row: Row, err: unknown): Promise<void> {
    const failure = classify(err);
    this.o.log.warn({ err, channel: row.channel, code: failure.code }, 'backfill.failed');
    const now = this.o.machineNow();
    // A channel that Baton is not in, or may not read, has no past for it.
    const isOver = failure.class === 'gone' || failure.code === 'missing_scope';
    const waitMs = failure.retryAfterMs ?? RETRY_MS;
    if (failure.class === 'limited') this.nextAt = now + waitMs;
    await this.o.store.transact([], async (tx) => {
      const { backfills: b } = tx.t;
      const set = isOver ? { doneAt: now } : { notBefore: now + waitMs };
      await tx.db
        .update(b)
        .set({ ...set, error: failure.code })
        .where(eq(b.id, row.id));
    });
  }
}

/** How many channels are read back, and of how many. */
export async function backfillProgress(tx: ReadTx): Promise<{ done: number; total: number }> {
  const rows = await tx.db.select({ doneAt: tx.t.backfills.doneAt }).from(tx.t.backfills);
  return { done: rows.filter((row) => row.doneAt !== null).length, total: rows.length };
}

/** The next channel: what failed comes when its time has come, and holds up nothing. */
async function nextWaiting(tx: ReadTx): Promise<Row | undefined> {
  const { backfills: b } = tx.t;
  const [row] = await tx.db
    .select()
    .from(b)
    .where(isNull(b.doneAt))
    .orderBy(asc(b.notBefore), asc(b.id))
    .limit(1);
  return row;
}

function authorsOf(messages: readonly HistoryMessage[]): string[] {
  const users = messages.map(({ raw }) => raw.user);
  return [...new Set(users.filter((user): user is string => typeof user === 'string'))];
}

/** A Slack ts of an instant, UTC ms. */
function tsOf(ms: number): string {
  return (ms / 1000).toFixed(6);
}
