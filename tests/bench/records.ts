import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';

/** Looks into Baton's database from outside, on a connection that only reads. */
export class Records {
  private readonly db: Database.Database;

  constructor(file: string) {
    this.db = new Database(file, { readonly: true });
  }

  waiting(): number {
    const row = this.db.prepare("select count(*) as n from inbox where state = 'new'").get() as { n: number };
    return row.n;
  }

  /** @returns how long it took until nothing waited, s */
  async untilEmpty(): Promise<number> {
    const startedAt = performance.now();
    while (this.waiting() > 0) await pause(10);
    return Math.round((performance.now() - startedAt) / 10) / 100;
  }

  /** When the first message about each logged one was put into the outbox (wall time, ms), by channel and ts. */
  outboxAt(): Map<string, number> {
    const rows = this.db
      .prepare(
        `select s.channel || ':' || s.ts as source, min(o.created_at) as at from issue_sources s
         join cards c on c.kind = 'issue' and c.subject_id = s.issue_id join outbox o on o.card_id = c.id
         group by s.id`,
      )
      .all() as { source: string; at: number }[];
    return new Map(rows.map((row) => [row.source, row.at]));
  }

  /** Waits, but not for ever. @returns how many digests are still due */
  async untilDigested(): Promise<number> {
    for (let tries = 0; tries < 500 && this.digestsWaiting() > 0; tries += 1) await pause(20);
    return this.digestsWaiting();
  }

  private digestsWaiting(): number {
    const row = this.db
      .prepare("select count(*) as n from due where kind = 'digest.daily' and due_at <= ?")
      .get(Date.now()) as { n: number };
    return row.n;
  }

  close(): void {
    this.db.close();
  }
}
