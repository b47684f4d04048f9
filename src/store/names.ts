import { createHash } from 'node:crypto';

/**
 * Queries that are run again and again have a name on a Postgres server, which then reads and plans each text once for a
 * connection. Where a pooler hands connections from one transaction to the next, a name may be gone or taken: the first
 * such answer ends the naming for good, and what it hit runs again.
 */
export interface Names {
  areKept: boolean;
}

/** What a query is called: two of one name have one text, whichever process named them. */
export function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 30);
}

/** No such name, a name that is there already, or a plan kept from before the tables changed. */
const OF_NAMES = new Set(['26000', '42P05', '0A000']);

/** Whether a query failed for its name on the server, not for what it asks. */
export function isOfNames(err: unknown): boolean {
  return OF_NAMES.has(sqlState(err));
}

/** What the server calls an error, e.g. `40P01`; empty for one that is not the server's. */
export function sqlState(err: unknown): string {
  for (let e: unknown = err; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code;
  }
  return '';
}
