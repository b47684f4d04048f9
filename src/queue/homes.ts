import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, isNotNull, lte, or } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { SlackApi } from '../slack/api.js';
import { classify, type Failure } from '../slack/errors.js';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Store, Tx } from '../store/transact.js';
import type { Rendered } from './enqueue.js';

export type HomeRow = ReadTx['t']['homes']['$inferSelect'];

/** Which page of Home somebody looks at; what each name means is the business of who draws it. */
export type HomePage = { name: string } & Record<string, unknown>;

export interface HomesOptions {
  store: Store;
  slack: Pick<SlackApi, 'publishView'>;
  /** Draws what a person sees now. */
  render: (tx: ReadTx, home: HomeRow, now: number) => Promise<unknown>;
  machineNow: () => number;
  businessNow: () => number;
  log: Logger;
  /** False while history is read in: nobody looks yet. */
  isOn?: () => boolean;
}

/** So long after an opening, changes are shown within seconds. */
const WATCHED_MS = 10 * 60_000;
/** Changes within this time become one drawing. */
const SETTLE_MS = 1_500;
/** What depends on time alone is drawn anew this often, while somebody watches and afterwards. */
const WATCHED_EVERY_MS = 60_000;
const LATER_EVERY_MS = 15 * 60_000;
/** Whoever did not open it for this long sees it drawn anew at the next opening only. */
const FORGET_MS = 7 * 24 * 3_600_000;
/** One process has a home to itself for so long: longer than a call to Slack can take. */
const CLAIM_MS = 15_000;
const BATCH = 50;

/** `views.publish` in a minute, over all processes; openings and presses have the last ten to themselves. */
const PER_MINUTE = 60;
const PER_MINUTE_FOR_CHANGES = 50;
const MINUTE_MS = 60_000;
const RETRY_MS = 2_000;
const RETRY_MAX_MS = 300_000;
const TOKEN_RETRY_MS = 60_000;

/** Somebody opened Home: it is drawn anew at once, on its first page. `now` is machine time. */
export async function openHome(tx: Tx, userId: string, now: number, page: HomePage): Promise<void> {
  const fresh = { openedAt: now, page, isUrgent: true, note: null };
  await tx.db
    .insert(tx.t.homes)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({ target: tx.t.homes.userId, set: fresh });
  tx.wake('homes');
}

/**
 * A process that draws no Home changed what stands there (a file from a shell): those that draw look at every Home again
 * at their next tick, within five seconds.
 */
export async function lookAgain(tx: Tx): Promise<void> {
  const { homes } = tx.t;
  await tx.db.update(homes).set({ checkAt: 0 }).where(isNotNull(homes.checkAt));
}

/** Whether somebody was ever in their Home. */
export async function wasOpened(tx: ReadTx, userId: string): Promise<boolean> {
  const { homes } = tx.t;
  const rows = await tx.db.select({ id: homes.id }).from(homes).where(eq(homes.userId, userId));
  return rows.length > 0;
}

/** After a press in Home: it is drawn anew at once, with what was answered above it, on another page if one is named. */
export async function pressedHome(
  tx: Tx,
  userId: string,
  more: { say?: Rendered | undefined; page?: HomePage } = {},
): Promise<void> {
  const { homes } = tx.t;
  const note = more.say ? JSON.stringify(more.say.blocks) : null;
  await tx.db
    .update(homes)
    .set({ isUrgent: true, note, ...(more.page ? { page: more.page } : {}) })
    .where(eq(homes.userId, userId));
  tx.wake('homes');
}

/** Watched homes that were drawn before something changed. */
interface Changed {
  watchedSince: number;
  changedAt: number;
}

const isChanged = ({ homes: h }: Tables, its: Changed) =>
  and(gt(h.openedAt, its.watchedSince), lte(h.drawnAt, its.changedAt));

const toDraw = (db: Db, t: Tables, its: Changed & { now: number }) =>
  db
    .select()
    .from(t.homes)
    .where(or(eq(t.homes.isUrgent, true), lte(t.homes.checkAt, its.now), isChanged(t, its)))
    .orderBy(desc(t.homes.isUrgent), asc(t.homes.drawnAt), asc(t.homes.id))
    .limit(BATCH);

const nextCheck = (db: Db, { homes: h }: Tables, _its: object) =>
  db.select({ at: h.checkAt }).from(h).where(isNotNull(h.checkAt)).orderBy(asc(h.checkAt)).limit(1);

const firstChanged = (db: Db, t: Tables, its: Changed) =>
  db
    .select({ at: t.homes.drawnAt })
    .from(t.homes)
    .where(isChanged(t, its))
    .orderBy(asc(t.homes.drawnAt))
    .limit(1);

/** Draws Home for whoever looks: at once after an opening or a press, within seconds of a change, never stale for ever. */
export class Homes {
  private changedAt = 0;
  private pausedUntil = 0;

  constructor(private readonly o: HomesOptions) {}

  /** Something was committed that Home may show. */
  changed(): void {
    this.changedAt = this.o.machineNow();
  }

  /** Draws what waits. @returns the machine instant at which to look again, if something will */
  async step(): Promise<number | undefined> {
    if (this.o.isOn && !this.o.isOn()) return undefined;
    const now = this.o.machineNow();
    if (now < this.pausedUntil) return this.pausedUntil;
    const rows = await this.o.store.read((tx) => this.waiting(tx, now));
    for (const row of rows) {
      await this.draw(row);
      if (this.o.machineNow() < this.pausedUntil) return this.pausedUntil;
    }
    return this.o.store.read((tx) => this.nextAt(tx));
  }

  private waiting(tx: ReadTx, now: number): Promise<HomeRow[]> {
    const changedAt = Math.min(this.changedAt, now - SETTLE_MS);
    return tx.prepared(toDraw, { now, watchedSince: now - WATCHED_MS, changedAt });
  }

  private async nextAt(tx: ReadTx): Promise<number | undefined> {
    const now = this.o.machineNow();
    const [check] = await tx.prepared(nextCheck, {});
    const watched = { watchedSince: now - WATCHED_MS, changedAt: this.changedAt };
    const [settling] = await tx.prepared(firstChanged, watched);
    const times = [check?.at, settling && settling.at + SETTLE_MS].filter((at) => at != null);
    return times.length > 0 ? Math.max(now + 1, Math.min(...times)) : undefined;
  }

  private async draw(seen: HomeRow): Promise<void> {
    const { store } = this.o;
    const now = this.o.machineNow();
    const home = await store.transact([`home:${seen.userId}`], (tx) => take(tx, seen, now));
    if (!home) return;
    try {
      const view = await store.read((tx) => this.o.render(tx, home, this.o.businessNow()));
      const hash = createHash('sha256').update(JSON.stringify(view)).digest('base64url');
      if (home.isUrgent || hash !== home.hash) {
        const waitUntil = await this.spend(home.isUrgent);
        if (waitUntil !== undefined) return await this.later(home, waitUntil);
        await this.o.slack.publishView(home.userId, view);
      }
      await this.settle(home, { hash, checkAt: this.checkAt(home), attempts: 0, error: null });
    } catch (err) {
      await this.failed(home, err);
    }
  }

  /** One publish of the minute's sixty. @returns when there is one again, if there is none now */
  private spend(isUrgent: boolean): Promise<number | undefined> {
    const now = this.o.machineNow();
    return this.o.store.transact(['homes'], async (tx) => {
      const { homePublishes: p } = tx.t;
      await tx.db.delete(p).where(lte(p.at, now - MINUTE_MS));
      const spent = await tx.db.select({ at: p.at }).from(p).orderBy(asc(p.at), asc(p.id));
      const most = isUrgent ? PER_MINUTE : PER_MINUTE_FOR_CHANGES;
      if (spent.length >= most) return (spent[spent.length - most]?.at ?? now) + MINUTE_MS;
      await tx.db.insert(p).values({ at: now });
      return undefined;
    });
  }

  /** No publish was left: the home waits as it was, an opening before a change. */
  private later(home: HomeRow, checkAt: number): Promise<void> {
    return this.settle(home, { checkAt, hash: home.isUrgent ? null : home.hash });
  }

  private checkAt(row: HomeRow): number | null {
    const now = this.o.machineNow();
    if (row.openedAt > now - WATCHED_MS) return now + WATCHED_EVERY_MS;
    return row.openedAt > now - FORGET_MS ? now + LATER_EVERY_MS : null;
  }

  private async failed(row: HomeRow, err: unknown): Promise<void> {
    const failure = classify(err);
    const now = this.o.machineNow();
    this.o.log.warn({ err, user: row.userId, code: failure.code }, 'home.not_published');
    if (failure.class === 'limited') this.pausedUntil = now + (failure.retryAfterMs ?? TOKEN_RETRY_MS);
    if (failure.class === 'auth') this.pausedUntil = now + TOKEN_RETRY_MS;
    const attempts = row.attempts + 1;
    const checkAt = this.retryAt(row, failure, attempts);
    // What stands in Slack is not known any more: the next drawing is published whatever it is.
    // Nobody is there to look; an opening would say otherwise.
    const isGone = failure.class === 'gone' ? { openedAt: 0 } : {};
    await this.settle(row, { hash: null, checkAt, attempts, error: failure.code, ...isGone });
  }

  private retryAt(row: HomeRow, failure: Failure, attempts: number): number | null {
    const now = this.o.machineNow();
    if (failure.class === 'gone') return null;
    if (failure.class === 'limited' || failure.class === 'auth') return this.pausedUntil;
    if (failure.class === 'bad') return this.checkAt(row);
    return now + Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** attempts);
  }

  private async settle(row: HomeRow, set: Partial<HomeRow>): Promise<void> {
    await this.o.store.transact([`home:${row.userId}`], async (tx) => {
      await tx.db.update(tx.t.homes).set(set).where(eq(tx.t.homes.id, row.id));
    });
  }
}

/**
 * Takes a home to draw it, unless another process took it or it was opened since it was seen; a process that dies
 * gives it back after a while.
 */
async function take(tx: Tx, seen: HomeRow, now: number): Promise<HomeRow | undefined> {
  const { homes } = tx.t;
  const [row] = await tx.db
    .update(homes)
    .set({ drawnAt: now, isUrgent: false, checkAt: now + CLAIM_MS })
    .where(
      and(
        eq(homes.id, seen.id),
        eq(homes.drawnAt, seen.drawnAt),
        eq(homes.openedAt, seen.openedAt),
        eq(homes.isUrgent, seen.isUrgent),
      ),
    )
    .returning();
  return row && { ...row, isUrgent: seen.isUrgent };
}
