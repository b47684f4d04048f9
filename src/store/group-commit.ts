import type Database from 'better-sqlite3';
import type { How, Probe } from './transact.js';

interface Job {
  run: () => Promise<void>;
  isRepeatable: boolean;
  resolve: () => void;
  reject: (err: unknown) => void;
}

export interface GroupCommitOptions {
  /** Opens the transaction; waits while another process writes. */
  begin: () => Promise<void>;
  probe?: Probe | undefined;
}

/** Transactions in one turn of the event loop, each of about a millisecond: then requests and replies have theirs. */
const PER_TURN = 2;

/** Transactions in one commit: with more, the first would wait long for the last. */
const PER_COMMIT = 16;

/**
 * Runs transactions one at a time, in the order of asking, on the one writing connection, and commits those that wait
 * at the same moment together: a flush to disk costs far more than what it makes durable. Each is a savepoint of its
 * own, so that one which fails takes nothing with it; none counts as done before the commit.
 */
export class GroupCommit {
  private readonly waiting: Job[] = [];
  private readonly urgent: Job[] = [];
  private isRunning = false;
  private isFlushing = true;
  private inThisTurn = 0;
  private readonly sql: Record<'commit' | 'rollback' | 'savepoint' | 'release' | 'undo', () => void>;

  constructor(
    private readonly connection: Database.Database,
    private readonly o: GroupCommitOptions,
  ) {
    const prepared = (text: string) => {
      const statement = connection.prepare(text);
      return () => void statement.run();
    };
    this.sql = {
      commit: prepared('COMMIT'),
      rollback: prepared('ROLLBACK'),
      savepoint: prepared('SAVEPOINT one'),
      release: prepared('RELEASE one'),
      undo: prepared('ROLLBACK TO one'),
    };
  }

  /**
   * Resolves once what `run` wrote is committed, and on disk unless it is repeatable; rejects with nothing of it written.
   * What is urgent goes first.
   */
  take(run: () => Promise<void>, { isUrgent = false, isRepeatable = false }: How = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      (isUrgent ? this.urgent : this.waiting).push({ run, isRepeatable, resolve, reject });
      if (!this.isRunning) void this.drain();
    });
  }

  /** Whoever asks while a group is under way still joins it. */
  private async drain(): Promise<void> {
    this.isRunning = true;
    while (this.urgent.length + this.waiting.length > 0) {
      await this.turn();
      await this.group();
    }
    this.isRunning = false;
  }

  /** Lets the event loop go round once a turn's transactions have run. */
  private async turn(): Promise<void> {
    if (this.inThisTurn < PER_TURN) return;
    await new Promise((resolve) => setImmediate(resolve));
  }

  private count(): void {
    if (this.inThisTurn === 0)
      setImmediate(() => {
        this.inThisTurn = 0;
      });
    this.inThisTurn += 1;
  }

  private next(): Job | undefined {
    return this.urgent[0] ?? this.waiting[0];
  }

  /** Whether the coming commits wait for the disk; where not, the next one that does takes them along. */
  private flush(isFlushing: boolean): void {
    if (this.isFlushing === isFlushing) return;
    this.connection.pragma(`synchronous = ${isFlushing ? 'FULL' : 'NORMAL'}`);
    this.isFlushing = isFlushing;
  }

  private async group(): Promise<void> {
    try {
      this.flush(this.next()?.isRepeatable !== true);
      await this.o.begin();
    } catch (err) {
      for (const job of [...this.urgent.splice(0), ...this.waiting.splice(0)]) job.reject(err);
      return;
    }
    const done: Job[] = [];
    const failed: { job: Job; err: unknown }[] = [];
    try {
      await this.runWaiting(done, failed);
      this.o.probe?.('committing');
      this.sql.commit();
      this.o.probe?.('committed');
    } catch (err) {
      // The whole group is gone, also what went well.
      if (this.connection.inTransaction) this.sql.rollback();
      for (const job of done.splice(0)) failed.push({ job, err });
    }
    for (const job of done) job.resolve();
    for (const { job, err } of failed) job.reject(err);
  }

  /** @throws when the database gave up the whole transaction, e.g. because the disk is full */
  private async runWaiting(done: Job[], failed: { job: Job; err: unknown }[]): Promise<void> {
    let hasUrgent = false;
    for (let n = 0; n < PER_COMMIT; n += 1) {
      await this.turn();
      // Somebody waits for what was urgent: it is committed before anything else joins.
      if (hasUrgent && this.urgent.length === 0) return;
      hasUrgent ||= this.urgent.length > 0;
      const job = this.next();
      if (!job || (this.isFlushing === false && !job.isRepeatable)) return;
      (hasUrgent ? this.urgent : this.waiting).shift();
      this.count();
      this.sql.savepoint();
      try {
        await job.run();
        this.sql.release();
        done.push(job);
      } catch (err) {
        failed.push({ job, err });
        if (!this.connection.inTransaction) throw err;
        this.sql.undo();
        this.sql.release();
      }
    }
  }
}
