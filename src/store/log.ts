import type { Tx } from './transact.js';

/**
 * The kinds of events and what each carries. A room adds its own by declaration merging, so that `loop.ts`
 * must name every one of them.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the rooms
export interface EventKinds {}

export type EventKind = keyof EventKinds;

export interface NewEvent<K extends EventKind = EventKind> {
  kind: K;
  /** Business time, UTC ms. */
  at: number;
  accountId?: number | null;
  issueId?: number | null;
  fixId?: number | null;
  alertId?: number | null;
  followupId?: number | null;
  contactId?: number | null;
  /** The Slack user who did it; absent for Baton itself. */
  actor?: string | null;
  func?: 'support' | 'success' | null;
  /** Where it came from, e.g. `command`, `reaction`, `button`, `clock`. */
  source: string;
  before?: string | null;
  after?: string | null;
  data: EventKinds[K];
}

export type LoggedEvent = { [K in EventKind]: NewEvent<K> & { id: number } }[EventKind];

/** Writes what happened and, in the same transaction, what follows from it (`loop.ts`). */
export async function emit<K extends EventKind>(tx: Tx, event: NewEvent<K>): Promise<void> {
  const { log } = tx.t;
  const [row] = await tx.db
    .insert(log)
    .values({ ...event, data: event.data as Record<string, unknown> })
    .returning({ id: log.id });
  await tx.follow({ ...event, id: row?.id ?? 0 } as unknown as LoggedEvent);
}
