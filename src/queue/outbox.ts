import { createHash } from 'node:crypto';
import { and, asc, eq, inArray, min } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { SlackApi } from '../slack/api.js';
import { classify, type Failure } from '../slack/errors.js';
import type { Probe, ReadTx, Store, Tx } from '../store/transact.js';
import type { CardRow } from './cards.js';
import { type OutboxRow, settle, type Verdict } from './delivery.js';
import type { Rendered } from './enqueue.js';
import { Pace } from './pace.js';

export interface OutboxOptions {
  store: Store;
  slack: SlackApi;
  /** Draws a card as it stands now; undefined when there is nothing left to show. */
  render: (tx: ReadTx, card: CardRow, now: number) => Promise<Rendered | undefined>;
  /** Refuses what must not be read where it would go; throws what Slack throws when it cannot tell. */
  audience: (row: OutboxRow, channel: string) => Promise<{ refused: string } | undefined>;
  /** Starts, in the delivering transaction, the clock of what was shown. */
  onDelivered: (tx: Tx, what: string, at: number) => Promise<void>;
  /** Told, in the same transaction, of a message that nobody will see. */
  onUndeliverable: (tx: Tx, row: OutboxRow, reason: string) => Promise<void>;
  machineNow: () => number;
  businessNow: () => number;
  log: Logger;
  /** Least time between two messages to one channel, ms. */
  paceMs?: number;
  /** False while history is read in: messages are dropped, cards wait. */
  isOn?: () => boolean;
  probe?: Probe | undefined;
}

const ACTIVE = ['new', 'sending', 'unknown'] as const;
/** A claim older than this belongs to a process that died: nobody knows whether Slack took it. */
const CLAIM_MS = 30_000;
/** Slack needs a moment until a stored message shows in the history. */
const LOOK_UP_AFTER_MS = 3_000;
const LOOK_UPS = 3;

/** Sends what was committed: in order within a target, one attempt per claim, never a blind resend. */
export class Outbox {
  private readonly pace: Pace;

  constructor(private readonly o: OutboxOptions) {
    this.pace = new Pace(o.paceMs ?? 1_000);
  }

  /** Sends all that can be sent now. @returns the machine instant at which more may go, if something waits. */
  async step(): Promise<number | undefined> {
    const targets = await this.o.store.read((tx) => waitingTargets(tx));
    const waits = await Promise.all(targets.map((target) => this.drain(target)));
    const later = waits.filter((at): at is number => at !== undefined);
    return later.length > 0 ? Math.min(...later) : undefined;
  }

  /** Claims of a process that is gone become unknown at once; only right where this is the only process. */
  async adoptClaims(): Promise<void> {
    await this.o.store.transact([], async (tx) => {
      const { outbox } = tx.t;
      await tx.db.update(outbox).set({ state: 'unknown', notBefore: 0 }).where(eq(outbox.state, 'sending'));
    });
  }

  private async drain(target: string): Promise<number | undefined> {
    for (;;) {
      const waitUntil = this.pace.waitUntil(target, this.o.machineNow());
      if (waitUntil !== undefined) return waitUntil;
      const claim = await this.claim(target);
      if (claim === undefined || typeof claim === 'number') return claim;
      await this.deliver(claim);
    }
  }

  /** @returns the claimed row, the machine instant to wait for, or undefined when the target has nothing to send. */
  private claim(target: string): Promise<OutboxRow | number | undefined> {
    const now = this.o.machineNow();
    return this.o.store.transact([`out:${target}`], async (tx) => {
      const { outbox } = tx.t;
      const [row] = await tx.db
        .select()
        .from(outbox)
        .where(and(eq(outbox.target, target), inArray(outbox.state, [...ACTIVE])))
        .orderBy(asc(outbox.id))
        .limit(1);
      if (!row) return undefined;
      if (row.state === 'sending') {
        const until = (row.sendingSince ?? 0) + CLAIM_MS;
        if (until > now) return until;
        await tx.db.update(outbox).set({ state: 'unknown', notBefore: 0 }).where(eq(outbox.id, row.id));
        return now;
      }
      if (row.notBefore > now) return row.notBefore;
      if (row.state === 'unknown') return row;
      const sendingSince = now;
      await tx.db
        .update(outbox)
        .set({ state: 'sending', sendingSince, attempts: row.attempts + 1 })
        .where(eq(outbox.id, row.id));
      return { ...row, state: 'sending', sendingSince, attempts: row.attempts + 1 };
    });
  }

  private async deliver(row: OutboxRow): Promise<void> {
    let verdict: Verdict;
    try {
      verdict = row.state === 'unknown' ? await this.lookUp(row) : await this.send(row);
    } catch (err) {
      verdict = this.judge(row, classify(err), err);
    }
    await this.o.store.transact([`out:${row.target}`], (tx) => settle(tx, row, verdict, this.o));
  }

  private async send(row: OutboxRow): Promise<Verdict> {
    if (this.o.isOn && !this.o.isOn()) return { state: 'dropped', reason: 'delivery is off' };
    const card =
      row.cardId === null ? undefined : await this.o.store.read((tx) => cardById(tx, row.cardId ?? 0));
    const content = await this.content(row, card);
    if (content === undefined) return { state: 'dropped', reason: 'nothing to show' };
    const hash = card ? hashOf(content) : null;
    if (card?.ts && card.hash === hash) return { state: 'dropped', reason: 'unchanged' };
    const threadTs = await this.threadTs(row);
    if (threadTs === 'not yet') return { state: 'new', notBefore: this.o.machineNow() + 1_000 };
    const place = await this.place(row, card);
    if ('state' in place) return place;
    this.pace.sent(row.target, this.o.machineNow());
    return this.call(row, card, { channel: place.channel, threadTs, content, hash });
  }

  /** Where the row may go, or why not. Nothing was sent yet, so a failed question is simply asked again. */
  private async place(row: OutboxRow, card: CardRow | undefined): Promise<{ channel: string } | Verdict> {
    try {
      const channel = await this.channelOf(row, card);
      const refused = await this.o.audience(row, channel);
      return refused ? { state: 'dead', reason: `audience: ${refused.refused}` } : { channel };
    } catch (err) {
      const failure = classify(err);
      return this.judge(row, failure.class === 'unknown' ? { ...failure, class: 'retry' } : failure, err);
    }
  }

  private async call(
    row: OutboxRow,
    card: CardRow | undefined,
    what: { channel: string; threadTs: string | undefined; content: Rendered; hash: string | null },
  ): Promise<Verdict> {
    const { channel, threadTs, content, hash } = what;
    if (row.kind === 'private') {
      await this.o.slack.postPrivate({ channel, user: row.userId ?? '', threadTs, ...content });
      return { state: 'sent', channel, ts: null, hash: null };
    }
    if (card?.ts) {
      await this.o.slack.update(card.channel ?? channel, card.ts, content);
      return { state: 'sent', channel: card.channel ?? channel, ts: card.ts, hash };
    }
    const sent = await this.o.slack.post({ channel, threadTs, ...content, key: row.key });
    this.o.probe?.('accepted');
    return { state: 'sent', channel: sent.channel, ts: sent.ts, hash };
  }

  private async content(row: OutboxRow, card: CardRow | undefined): Promise<Rendered | undefined> {
    if (row.kind !== 'card') return { text: row.text ?? '', blocks: row.blocks ?? [] };
    return card && this.o.store.read((tx) => this.o.render(tx, card, this.o.businessNow()));
  }

  private async threadTs(row: OutboxRow): Promise<string | undefined | 'not yet'> {
    if (row.threadCardId === null) return row.threadTs ?? undefined;
    const parent = await this.o.store.read((tx) => cardById(tx, row.threadCardId ?? 0));
    if (!parent) return undefined;
    return parent.ts ?? 'not yet';
  }

  /** Where to post: a direct message is opened first, so that a lost reply can be looked up in it. */
  private async channelOf(row: OutboxRow, card: CardRow | undefined): Promise<string> {
    if (row.kind === 'private') return row.privateChannel ?? '';
    if (card?.channel) return card.channel;
    if (!/^[UW]/.test(row.target)) return row.target;
    return this.o.slack.openDm(row.target);
  }

  /** Finds out whether a post of unknown outcome stands in Slack. */
  private async lookUp(row: OutboxRow): Promise<Verdict> {
    const card =
      row.cardId === null ? undefined : await this.o.store.read((tx) => cardById(tx, row.cardId ?? 0));
    // Updating is idempotent: simply do it again.
    if (card?.ts) return { state: 'new', notBefore: 0 };
    if (row.kind === 'private') return { state: 'dead', reason: 'outcome unknown' };
    const threadTs = await this.threadTs(row);
    const channel = await this.channelOf(row, card);
    const since = (row.sendingSince ?? row.createdAt) - 60_000;
    const found = await this.o.slack.findByKey(
      channel,
      threadTs === 'not yet' ? undefined : threadTs,
      row.key,
      since,
    );
    if (found) return { state: 'sent', channel: found.channel, ts: found.ts, hash: null };
    if (row.lookups + 1 >= LOOK_UPS) return { state: 'new', notBefore: 0 };
    return { state: 'unknown', notBefore: this.o.machineNow() + LOOK_UP_AFTER_MS, lookedUp: true };
  }

  private judge(row: OutboxRow, failure: Failure, err: unknown): Verdict {
    const now = this.o.machineNow();
    const backoff = Math.min(300_000, 1_000 * 2 ** Math.min(row.attempts, 8));
    this.o.log.warn({ err, row: row.id, target: row.target, code: failure.code }, 'outbox.failed');
    const isLookUp = row.state === 'unknown';
    switch (failure.class) {
      case 'limited':
        this.pace.limited(row.target, now, failure.retryAfterMs ?? 30_000);
        return {
          state: row.state === 'unknown' ? 'unknown' : 'new',
          notBefore: now + (failure.retryAfterMs ?? 30_000),
        };
      case 'retry':
        return { state: isLookUp ? 'unknown' : 'new', notBefore: now + backoff };
      case 'auth':
        // Where a look-up is not allowed, nobody will ever know; else sending waits until the token works again.
        if (isLookUp && failure.code === 'missing_scope') return { state: 'dead', reason: 'outcome unknown' };
        return { state: isLookUp ? 'unknown' : 'new', notBefore: now + 60_000, authFailed: failure.code };
      case 'unknown':
        return { state: 'unknown', notBefore: now + LOOK_UP_AFTER_MS };
      case 'gone':
        if (isLookUp) return { state: 'dead', reason: 'outcome unknown' };
        if (row.kind === 'private') return { state: 'new', notBefore: 0, asDirectMessage: true };
        return { state: 'held', reason: failure.code };
      case 'missing':
        return { state: 'dead', reason: failure.code, forgetTs: true };
      case 'done':
        return { state: 'dropped', reason: failure.code };
      case 'bad':
        return { state: 'dead', reason: failure.code };
    }
  }
}

function hashOf(content: Rendered): string {
  return createHash('sha256')
    .update(JSON.stringify([content.text, content.blocks]))
    .digest('base64url');
}

async function cardById(tx: ReadTx, id: number): Promise<CardRow | undefined> {
  const [row] = await tx.db.select().from(tx.t.cards).where(eq(tx.t.cards.id, id));
  return row;
}

async function waitingTargets(tx: ReadTx): Promise<string[]> {
  const { outbox } = tx.t;
  const rows = await tx.db
    .select({ target: outbox.target, first: min(outbox.id) })
    .from(outbox)
    .where(inArray(outbox.state, [...ACTIVE]))
    .groupBy(outbox.target)
    .orderBy(asc(min(outbox.id)));
  return rows.map((row) => row.target);
}
