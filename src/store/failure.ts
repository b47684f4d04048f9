import { DrizzleQueryError } from 'drizzle-orm';

const MAX_LENGTH = 500;

/**
 * An error in words that may be stored, logged and shown to admins: without the values of a failed query, since those
 * are what people wrote.
 */
export function failureText(err: unknown): string {
  const told = withoutValues(err);
  return (told instanceof Error ? `${told.name}: ${told.message}` : String(told)).slice(0, MAX_LENGTH);
}

/** The error itself, or for a failed query what the database said of it. */
export function withoutValues(err: unknown): unknown {
  return err instanceof DrizzleQueryError ? (err.cause ?? new Error('the query failed')) : err;
}
