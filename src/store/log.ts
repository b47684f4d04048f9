import type { Tables } from './tables/index.js';
import type { Db, Tx } from './transact.js';

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

type Row = Required<Omit<Tables['log']['$inferInsert'], 'id'>>;

/** What an event may leave out. */
const NOBODY = {
  accountId: null,
  issueId: null,
  fixId: null,
  alertId: null,
  followupId: null,
  contactId: null,
  actor: null,
  func: null,
  before: null,
  after: null,
};

const append = (db: Db, { log }: Tables, its: Row) =>
  db
    .insert(log)
    .values({
      kind: its.kind,
      at: its.at,
      accountId: its.accountId,
      issueId: its.issueId,
      fixId: its.fixId,
      alertId: its.alertId,
      followupId: its.followupId,
      contactId: its.contactId,
      actor: its.actor,
      func: its.func,
      source: its.source,
      before: its.before,
      after: its.after,
      data: its.data,
    })
    .returning({ id: log.id });

/** Writes what happened and, in the same transaction, what follows from it (`loop.ts`). */
export async function emit<K extends EventKind>(tx: Tx, event: NewEvent<K>): Promise<void> {
  const [row] = await tx.prepared(append, {
    ...NOBODY,
    ...event,
    data: event.data as Record<string, unknown>,
  });
  await tx.follow({ ...event, id: row?.id ?? 0 } as unknown as LoggedEvent);
}
