import type Database from 'better-sqlite3';
import type { Probe } from './transact.js';

interface Job {
  run: () => Promise<void>;
  resolve: () => void;
  reject: (err: unknown) => void;
}

export interface GroupCommitOptions {
  /** Opens the transaction; waits while another process writes. */
  begin: () => Promise<void>;
  probe?: Probe | undefined;
}

/** Transactions in one turn of the event loop: then requests and replies have theirs, however much waits. */
const PER_TURN = 16;

/**
 * Runs transactions one at a time, in the order of asking, on the one writing connection, and commits those that wait
 * at the same moment together: a flush to disk costs far more than what it makes durable. Each is a savepoint of its
 * own, so that one which fails takes nothing with it; none counts as done before the commit.
 */
export class GroupCommit {
  private readonly waiting: Job[] = [];
  private isRunning = false;
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

  /** Resolves once what `run` wrote is on disk; rejects with nothing of it written. */
  take(run: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ run, resolve, reject });
      if (!this.isRunning) void this.drain();
    });
  }

  /** Whoever asks while a group is under way still joins it. */
  private async drain(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) {
      if (this.inThisTurn >= PER_TURN) await new Promise((resolve) => setImmediate(resolve));
      await this.group();
    }
    this.isRunning = false;
  }

  private count(): void {
    if (this.inThisTurn === 0)
      setImmediate(() => {
        this.inThisTurn = 0;
      });
    this.inThisTurn += 1;
  }

  private async group(): Promise<void> {
    try {
      await this.o.begin();
    } catch (err) {
      for (const job of this.waiting.splice(0)) job.reject(err);
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
    while (this.inThisTurn < PER_TURN) {
      const job = this.waiting.shift();
      if (!job) return;
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
