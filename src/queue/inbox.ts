import { and, asc, eq, min } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { MessageFacts, SlackApi } from '../slack/api.js';
import { classify, isOutage } from '../slack/errors.js';
import { failureText } from '../store/failure.js';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Store, Tx } from '../store/transact.js';
import type { LookupDesk, Lookups } from './lookups.js';
import { Underway } from './underway.js';

/** What is to be done about one inbox row, decided from its body alone. */
export interface Handling {
  /** What must be known first; reads what is known already, so that Slack is asked as little as possible. */
  lookups?: (tx: ReadTx) => Promise<Lookups>;
  /** Keys of what the handler changes, e.g. `account:7`; read outside, so take them from stable facts only. */
  keys?: (tx: ReadTx) => Promise<readonly string[]>;
  /**
   * Asks somebody else than Slack, before the transaction; rejects when the row is to be tried again.
   * @param attempts how often this row was tried before
   */
  ask?: (read: Store['read'], attempts: number) => Promise<unknown>;
  run: (tx: Tx, found: { message?: MessageFacts | undefined; asked?: unknown }) => Promise<void>;
}

/** Decides what a row asks for; undefined when nobody listens. Throws when the body is not what it claims. */
export type Route = (kind: string, body: Record<string, unknown>) => Handling | undefined;

export interface InboxOptions {
  store: Store;
  slack: Pick<SlackApi, 'message'>;
  lookups: LookupDesk;
  route: Route;
  now: () => number;
  log: Logger;
  /** Told, in the parking transaction, of each row that is given up. */
  onParked: (tx: Tx, row: { id: number; kind: string; error: string }) => Promise<void>;
  /** Lanes handled at once. */
  lanes?: number;
}

/** A failing row holds its lane this long in all, then it is parked. */
const PARK_AFTER_MS = 120_000;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;

/** Rows of a lane that are read at once. */
const AT_ONCE = 10;

type InboxRow = Tables['inbox']['$inferSelect'];
type Outcome = 'handled' | 'moved' | 'empty' | number;

/** Handles stored deliveries: order within a lane, lanes side by side, each row in one transaction. */
export class Inbox {
  private readonly held = new Map<string, number>();
  private readonly underway = new Underway();

  constructor(private readonly o: InboxOptions) {}

  /**
   * Handles all that can be handled now.
   * @param patienceMs after this long the step ends, and what a slow look-up holds up goes on beside the next one
   * @returns the machine instant at which to look again, if something waits
   */
  async step(patienceMs?: number): Promise<number | undefined> {
    const lanes = await this.o.store.read((tx) => waitingLanes(tx));
    const queue = lanes.filter((lane) => (this.held.get(lane) ?? 0) <= this.o.now());
    const round = Promise.all(Array.from({ length: this.o.lanes ?? 8 }, () => this.drainLanes(queue)));
    await this.underway.wait(round, patienceMs);
    const waits = [...this.held.values()].filter((at) => at > this.o.now());
    if (this.underway.isBusy()) waits.push(this.o.now() + (patienceMs ?? 0));
    return waits.length > 0 ? Math.min(...waits) : undefined;
  }

  private async drainLanes(queue: string[]): Promise<void> {
    for (let lane = queue.shift(); lane !== undefined; lane = queue.shift()) {
      const one = lane;
      if (!this.underway.has(one)) await this.underway.run(one, () => this.drainLane(one));
    }
  }

  private async drainLane(lane: string): Promise<void> {
    let outcome: Outcome = 'moved';
    while (outcome === 'handled' || outcome === 'moved') {
      const rows = await this.o.store.read((tx) => tx.prepared(headOfLane, { lane }));
      outcome = 'empty';
      for (const row of rows) {
        outcome = await this.handle(lane, row);
        if (outcome !== 'handled') break;
      }
    }
    if (typeof outcome === 'number') this.held.set(lane, outcome);
    else this.held.delete(lane);
  }

  /** Resolves when nothing is being handled any more. */
  ended(): Promise<void> {
    return this.underway.ended();
  }

  /** @returns what happened, or the machine instant before which this lane is not tried again. */
  private async handle(lane: string, row: InboxRow): Promise<Outcome> {
    if (row.notBefore > this.o.now()) return row.notBefore;
    try {
      const handling = this.o.route(row.kind, row.body ?? {});
      const message = handling?.lookups
        ? await this.lookUp(await this.o.store.read(handling.lookups))
        : undefined;
      const asked = await handling?.ask?.(this.o.store.read, row.attempts);
      const keys = handling?.keys ? await this.o.store.read(handling.keys) : [];
      const handle = async (tx: Tx): Promise<Outcome> => {
        // Another process may have handled it meanwhile, or an earlier row may have appeared.
        const head = await headId(tx, lane);
        if (head !== row.id) return 'moved';
        await handling?.run(tx, { message, asked });
        await finish(tx, row.id);
        return 'handled';
      };
      return await this.o.store.transact([`lane:${lane}`, ...keys], handle, { isRepeatable: true });
    } catch (err) {
      return this.failed(row, err);
    }
  }

  private async lookUp(wanted: Lookups): Promise<MessageFacts | undefined> {
    const message = wanted.message ? await this.message(wanted.message) : undefined;
    await this.o.lookups.ensureUsers([...(wanted.users ?? []), ...(message?.user ? [message.user] : [])]);
    for (const id of wanted.channels ?? []) await this.o.lookups.ensureChannel(id, 24 * 3_600_000);
    return message;
  }

  private async message(wanted: { channel: string; ts: string }): Promise<MessageFacts | undefined> {
    try {
      return await this.o.slack.message(wanted.channel, wanted.ts);
    } catch (err) {
      const failure = classify(err);
      if (failure.class === 'gone' || failure.class === 'missing') return undefined;
      throw err;
    }
  }

  private async failed(row: InboxRow, err: unknown): Promise<Outcome> {
    const now = this.o.now();
    const error = failureText(err);
    const failure = classify(err);
    // While Slack cannot be asked, waiting costs nothing and giving up would lose what was acknowledged.
    const firstFailedAt = isOutage(failure) ? null : (row.firstFailedAt ?? now);
    const waitMs = failure.retryAfterMs ?? Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** row.attempts);
    if (firstFailedAt !== null && now + waitMs - firstFailedAt > PARK_AFTER_MS) {
      this.o.log.error({ err, row: row.id, kind: row.kind }, 'inbox.parked');
      await this.o.store.transact([], async (tx) => {
        await tx.db
          .update(tx.t.inbox)
          .set({ state: 'parked', error, firstFailedAt })
          .where(eq(tx.t.inbox.id, row.id));
        await this.o.onParked(tx, { id: row.id, kind: row.kind, error });
      });
      return 'handled';
    }
    this.o.log.warn({ err, row: row.id, kind: row.kind, waitMs }, 'inbox.retry');
    await this.o.store.transact([], async (tx) => {
      await tx.db
        .update(tx.t.inbox)
        .set({ attempts: row.attempts + 1, firstFailedAt, notBefore: now + waitMs, error })
        .where(eq(tx.t.inbox.id, row.id));
    });
    return now + waitMs;
  }
}

/** Reserves a key for something handled at once (a command, a press). @returns false when it was handled before. */
export async function once(tx: Tx, key: string, kind: string, receivedAt: number): Promise<boolean> {
  const rows = await tx.db
    .insert(tx.t.inbox)
    .values({ key, kind, lane: 'once', state: 'done', receivedAt })
    .onConflictDoNothing({ target: tx.t.inbox.key })
    .returning({ id: tx.t.inbox.id });
  return rows.length > 0;
}

/** True while something of this lane waits to be handled: what is decided by time had better wait for it. */
export async function isLaneBusy(tx: ReadTx, lane: string): Promise<boolean> {
  return (await headId(tx, lane)) !== undefined;
}

const lanes = (db: Db, { inbox }: Tables, _its: object) =>
  db
    .select({ lane: inbox.lane, first: min(inbox.id) })
    .from(inbox)
    .where(eq(inbox.state, 'new'))
    .groupBy(inbox.lane)
    .orderBy(asc(min(inbox.id)));

async function waitingLanes(tx: ReadTx): Promise<string[]> {
  return (await tx.prepared(lanes, {})).map((row) => row.lane);
}

/** Read from the index alone: the rows of a lane carry their bodies. */
const firstOfLane = (db: Db, { inbox }: Tables, its: { lane: string }) =>
  db
    .select({ id: min(inbox.id) })
    .from(inbox)
    .where(and(eq(inbox.state, 'new'), eq(inbox.lane, its.lane)));

async function headId(tx: ReadTx, lane: string): Promise<number | undefined> {
  return (await tx.prepared(firstOfLane, { lane }))[0]?.id ?? undefined;
}

const headOfLane = (db: Db, { inbox }: Tables, its: { lane: string }) =>
  db
    .select()
    .from(inbox)
    .where(and(eq(inbox.state, 'new'), eq(inbox.lane, its.lane)))
    .orderBy(asc(inbox.id))
    .limit(AT_ONCE);

const done = (db: Db, { inbox }: Tables, its: { id: number }) =>
  db.update(inbox).set({ state: 'done', body: null, found: null, error: null }).where(eq(inbox.id, its.id));

async function finish(tx: Tx, id: number): Promise<void> {
  await tx.prepared(done, { id });
}
