import { marks } from './sql.js';
import type { Tables } from './tables/index.js';
import type { Db, Query } from './transact.js';

/** What drizzle's queries offer besides being awaited. */
interface Buildable<Built> {
  toSQL(): { sql: string };
  prepare(name?: string): Built;
}

/** The queries that one connection has built, by the function that describes each. */
export class BuiltOnce<Built> {
  private readonly built = new WeakMap<object, Built>();

  /** @param nameOf what a query is called on the server, by its text; without it, it has no name there */
  constructor(
    private readonly db: Db,
    private readonly t: Tables,
    private readonly nameOf: (text: string) => string | undefined = () => undefined,
  ) {}

  /** The query with marks for its values, built at its first use. */
  of<Its extends object, Result>(query: Query<Its, Result>): Built {
    const known = this.built.get(query);
    if (known) return known;
    const described = query(this.db, this.t, marks<Its>()) as unknown as Buildable<Built>;
    const one = described.prepare(this.nameOf(described.toSQL().sql));
    this.built.set(query, one);
    return one;
  }
}
