import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { SlackApi } from '../slack/api.js';
import { classify, type Failure } from '../slack/errors.js';
import type { Probe, ReadTx, Store, Tx } from '../store/transact.js';
import { type CardRow, cardById } from './cards.js';
import { adoptClaims, claimHead, renewClaim, waitingTargets } from './claims.js';
import { type OutboxRow, settle, type Verdict } from './delivery.js';
import type { Rendered } from './enqueue.js';
import { LOOK_UP_AFTER_MS, RETRY_AFTER_MS, TOKEN_RETRY_MS, verdictOf } from './judge.js';
import { Pace } from './pace.js';
import { Underway } from './underway.js';

export interface OutboxOptions {
  store: Store;
  slack: SlackApi;
  /** Draws a card as it stands now; undefined when there is nothing left to show. */
  render: (tx: ReadTx, card: CardRow, now: number) => Promise<Rendered | undefined>;
  /** Refuses what must not be read where it would go; throws what Slack throws when it cannot tell. */
  audience: (row: OutboxRow, channel: string) => Promise<{ refused: string } | undefined>;
  /** Why a row must not be sent now although it could: it waits until it is let go. */
  quiet?: (row: OutboxRow, card: CardRow | undefined) => Promise<string | undefined>;
  /** Starts, in the delivering transaction, the clock of what was shown. */
  onDelivered: (tx: Tx, what: string, at: number) => Promise<void>;
  /** Told, in the same transaction, of a message that nobody will see. */
  onUndeliverable: (tx: Tx, row: OutboxRow, reason: string) => Promise<void>;
  machineNow: () => number;
  businessNow: () => number;
  log: Logger;
  /** Least time between two messages to one channel, ms. */
  paceMs?: number;
  /** How long one process may have a row to itself, ms; longer than a call to Slack can take. */
  claimMs?: number;
  /** How long a message of unknown outcome is given until it shows in the history, ms. */
  lookUpAfterMs?: number;
  /** False while history is read in: messages are dropped, cards wait. */
  isOn?: () => boolean;
  probe?: Probe | undefined;
}

/** Targets sent to at once: two hundred digests that fall due together leave room for what comes in meanwhile. */
const AT_ONCE = 10;
const CLAIM_MS = 30_000;
const LOOK_UPS = 3;
const DRAW_TRIES = 8;

/** Sends what was committed: in order within a target, one attempt per claim, never a blind resend. */
export class Outbox {
  private readonly pace: Pace;
  private readonly claimMs: number;
  private readonly underway = new Underway();
  private refusedToken: string | null = null;

  constructor(private readonly o: OutboxOptions) {
    this.pace = new Pace(o.paceMs ?? 1_000);
    this.claimMs = o.claimMs ?? CLAIM_MS;
  }

  /**
   * Sends all that can be sent now.
   * @param patienceMs after this long the step ends, and a call that hangs goes on beside the next one
   * @returns the machine instant at which to look again, if something waits
   */
  async step(patienceMs?: number): Promise<number | undefined> {
    const targets = await this.o.store.read((tx) => waitingTargets(tx));
    const waits: number[] = [];
    const drainTargets = async () => {
      for (let target = targets.shift(); target !== undefined; target = targets.shift()) {
        const one = target;
        if (this.underway.has(one)) continue;
        const at = await this.underway.run(one, () => this.drain(one));
        if (at !== undefined) waits.push(at);
      }
    };
    const round = Promise.all(Array.from({ length: AT_ONCE }, drainTargets));
    await this.underway.wait(round, patienceMs);
    if (this.underway.isBusy()) waits.push(this.o.machineNow() + (patienceMs ?? 0));
    return waits.length > 0 ? Math.min(...waits) : undefined;
  }

  /** Resolves when nothing is being sent any more. */
  ended(): Promise<void> {
    return this.underway.ended();
  }

  /** Slack's word for a token that no longer works; null once something was sent again. */
  tokenProblem(): string | null {
    return this.refusedToken;
  }

  /** Claims of a process that is gone become unknown at once; only right where this is the only process. */
  adoptClaims(): Promise<void> {
    return adoptClaims(this.o.store);
  }

  private async drain(target: string): Promise<number | undefined> {
    for (;;) {
      const waitUntil = this.pace.waitUntil(target, this.o.machineNow());
      if (waitUntil !== undefined) return waitUntil;
      const claim = await this.o.store.transact([`out:${target}`], (tx) =>
        claimHead(tx, target, this.o.machineNow(), this.claimMs),
      );
      if (claim === undefined || typeof claim === 'number') return claim;
      await this.deliver(claim);
    }
  }

  private lookUpAfterMs(): number {
    return this.o.lookUpAfterMs ?? LOOK_UP_AFTER_MS;
  }

  private async deliver(row: OutboxRow): Promise<void> {
    let verdict: Verdict | undefined;
    try {
      verdict = row.state === 'unknown' ? await this.lookUp(row) : await this.send(row);
    } catch (err) {
      verdict = this.judge(row, classify(err), err);
    }
    if (!verdict) return;
    const outcome = verdict;
    // Taken back, a sent row stands as claimed: then Slack is asked what became of it.
    const how = { isRepeatable: outcome.state === 'sent' };
    if (how.isRepeatable) this.refusedToken = null;
    await this.o.store.transact([`out:${row.target}`], (tx) => settle(tx, row, outcome, this.o), how);
  }

  /** Right before the call: that no other process has taken the row over while this one was reading. */
  private async holds(row: OutboxRow): Promise<boolean> {
    const now = this.o.machineNow();
    return now - (row.sendingSince ?? 0) < this.claimMs / 3 || renewClaim(this.o.store, row, now);
  }

  private async send(row: OutboxRow): Promise<Verdict | undefined> {
    if (this.o.isOn && !this.o.isOn()) return { state: 'dropped', reason: 'delivery is off' };
    const card =
      row.cardId === null ? undefined : await this.o.store.read((tx) => cardById(tx, row.cardId ?? 0));
    const content = await this.content(row, card).catch((err: unknown) => this.notDrawn(row, err));
    if (content && 'state' in content) return content;
    if (content === undefined) return { state: 'dropped', reason: 'nothing to show' };
    const hash = card ? hashOf(content) : null;
    if (card?.ts && card.hash === hash) return { state: 'dropped', reason: 'unchanged' };
    const threadTs = await this.threadTs(row);
    if (threadTs === 'not yet') return { state: 'new', notBefore: this.o.machineNow() + 1_000 };
    const place = await this.place(row, card);
    if ('state' in place) return place;
    if (!(await this.holds(row))) return undefined;
    this.pace.sent(row.target, this.o.machineNow());
    return this.call(row, card, { channel: place.channel, threadTs, content, hash });
  }

  /** Where the row may go, or why not. Nothing was sent yet, so a failed question is simply asked again. */
  private async place(row: OutboxRow, card: CardRow | undefined): Promise<{ channel: string } | Verdict> {
    try {
      const quiet = await this.o.quiet?.(row, card);
      if (quiet) return { state: 'quiet', reason: quiet };
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

  /** Nothing was sent; what still cannot be drawn after a while does not hold up what waits behind it. */
  private notDrawn(row: OutboxRow, err: unknown): Verdict {
    const failure: Failure = { class: row.attempts < DRAW_TRIES ? 'retry' : 'bad', code: 'not_drawn' };
    return this.judge(row, failure, err);
  }

  private async threadTs(row: OutboxRow): Promise<string | undefined | 'not yet'> {
    if (row.threadCardId === null) return row.threadTs ?? undefined;
    const parent = await this.o.store.read((tx) => cardById(tx, row.threadCardId ?? 0));
    if (!parent) return undefined;
    // In the same place the parent's turn came before: if it does not stand, it was refused and will not come.
    return parent.ts ?? (parent.target === row.target ? undefined : 'not yet');
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
    return { state: 'unknown', notBefore: this.o.machineNow() + this.lookUpAfterMs(), lookedUp: true };
  }

  /** What a failed attempt means for the row, and for everything else that waits. */
  private judge(row: OutboxRow, failure: Failure, err: unknown): Verdict {
    const now = this.o.machineNow();
    this.o.log.warn({ err, row: row.id, target: row.target, code: failure.code }, 'outbox.failed');
    if (failure.class === 'limited')
      this.pace.limited(row.target, now, failure.retryAfterMs ?? RETRY_AFTER_MS);
    if (failure.class === 'auth' && failure.code !== 'missing_scope') {
      this.refusedToken = failure.code;
      this.pace.stopAll(now + TOKEN_RETRY_MS);
    }
    return verdictOf(row, failure, now, this.lookUpAfterMs());
  }
}

function hashOf(content: Rendered): string {
  return createHash('sha256')
    .update(JSON.stringify([content.text, content.blocks]))
    .digest('base64url');
}
