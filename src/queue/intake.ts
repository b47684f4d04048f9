import type { Store, Tx } from '../store/transact.js';

/** A delivery to be handled once: an Events API envelope, or what catching up from history found. */
export interface Delivery {
  /** One effect per key: the event id, or `history:channel:ts`. */
  key: string;
  kind: string;
  lane: string;
  body: Record<string, unknown>;
}

interface Waiting {
  delivery: Delivery;
  resolve: () => void;
  reject: (err: unknown) => void;
}

/** Rows per insert: Postgres and SQLite both take more, and a commit stays short. */
const BATCH = 200;

/**
 * Stores deliveries durably; what waits while a commit is under way shares the next one, so that a burst costs
 * few disk flushes. A delivery whose key is known already counts as stored.
 */
export class Intake {
  private waiting: Waiting[] = [];
  private flushing = false;

  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  /** Resolves once the delivery is on disk. Rejects, with nothing written, when it could not be stored. */
  put(delivery: Delivery): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ delivery, resolve, reject });
      void this.flush();
    });
  }

  private async flush(): Promise<void> {
    if (this.flushing) return;
    this.flushing = true;
    try {
      while (this.waiting.length > 0) await this.flushBatch(this.waiting.splice(0, BATCH));
    } finally {
      this.flushing = false;
    }
  }

  private async flushBatch(batch: Waiting[]): Promise<void> {
    const receivedAt = this.now();
    try {
      const store = async (tx: Tx) => {
        const rows = batch.map(({ delivery }) => ({ ...delivery, state: 'new' as const, receivedAt }));
        await tx.db.insert(tx.t.inbox).values(rows).onConflictDoNothing({ target: tx.t.inbox.key });
        tx.wake('inbox');
      };
      await this.store.transact([], store, { isUrgent: true });
      for (const one of batch) one.resolve();
    } catch (err) {
      for (const one of batch) one.reject(err);
    }
  }
}
