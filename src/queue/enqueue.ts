import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { ReadTx, Tx } from '../store/transact.js';

/** Text for push and screen readers, and what is drawn. */
export interface Rendered {
  text: string;
  blocks: unknown[];
}

export interface PostOptions {
  /** Same key, one message: give what it is about, e.g. `nudge:followup:7:1`. */
  key?: string;
  /** Accounts that the message speaks of. */
  accounts?: readonly number[];
  /** False only for what customers may read. */
  internal?: boolean;
  threadTs?: string;
  /** Posted into the thread of this card, once the card stands. */
  threadCardId?: number;
  fallbackUserId?: string | null;
  onDelivered?: string;
}

/** Has a message posted to a channel or, for a user id, as a direct message. */
export async function post(
  tx: Tx,
  target: string,
  message: Rendered,
  now: number,
  options: PostOptions = {},
): Promise<void> {
  await tx.db
    .insert(tx.t.outbox)
    .values({
      key: options.key ?? `post:${randomUUID()}`,
      kind: 'message',
      target,
      threadTs: options.threadTs ?? null,
      threadCardId: options.threadCardId ?? null,
      text: message.text,
      blocks: message.blocks,
      accounts: [...(options.accounts ?? [])],
      internal: options.internal ?? true,
      fallbackUserId: options.fallbackUserId ?? null,
      onDelivered: options.onDelivered ?? null,
      state: 'new',
      createdAt: now,
    })
    .onConflictDoNothing({ target: tx.t.outbox.key });
  tx.wake('outbox');
}

/** When the message of a key was delivered (business time, UTC ms); null while it was not, or there is none. */
export async function sentAtOf(tx: ReadTx, key: string): Promise<number | null> {
  const { outbox } = tx.t;
  const [row] = await tx.db.select({ sentAt: outbox.sentAt }).from(outbox).where(eq(outbox.key, key));
  return row?.sentAt ?? null;
}

/** Has a message shown to one of our people only, where they are; elsewhere as a direct message. */
export async function whisper(
  tx: Tx,
  to: { userId: string; channel: string | null; threadTs?: string | null },
  message: Rendered,
  now: number,
): Promise<void> {
  await tx.db.insert(tx.t.outbox).values({
    key: `private:${randomUUID()}`,
    kind: to.channel ? 'private' : 'message',
    target: to.channel ? `private:${to.userId}` : to.userId,
    privateChannel: to.channel,
    userId: to.userId,
    threadTs: to.threadTs ?? null,
    text: message.text,
    blocks: message.blocks,
    accounts: [],
    internal: true,
    state: 'new',
    createdAt: now,
  });
  tx.wake('outbox');
}
