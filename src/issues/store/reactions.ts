import { and, eq, gte } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type ContactRow, contactById, messageAt } from './read.js';
import { settleContact } from './waiting.js';

/**
 * A reaction of ours on a customer's message: somebody has seen it, so it is not offered as an issue, and where an issue
 * holds it, it counts as an answer. Logging it (`isLog`) is none.
 */
export async function recordOurReaction(
  tx: Tx,
  on: { channel: string; ts: string; user: string; at: number; isLog?: boolean },
): Promise<void> {
  const message = await messageAt(tx, on.channel, on.ts);
  const contact =
    message?.isCustomer && message.contactId !== null ? await contactById(tx, message.contactId) : undefined;
  if (!contact) return;
  if (contact.waitsSince !== null)
    await settleContact(tx, contact, { settled: 'seen', by: on.user, at: on.at });
  else if (contact.issueId === null || on.isLog || (await wasSeen(tx, contact, on))) return;
  await emit(tx, {
    kind: 'contact.seen',
    at: on.at,
    accountId: contact.accountId,
    contactId: contact.id,
    issueId: contact.issueId,
    actor: on.user,
    source: 'reaction',
    data: { channel: on.channel, ts: on.ts },
  });
}

/** Whether this reaction is known: Slack tells of it again, and so does the history. */
async function wasSeen(
  tx: ReadTx,
  contact: ContactRow,
  on: { ts: string; user: string; at: number },
): Promise<boolean> {
  const { log } = tx.t;
  const rows = await tx.db
    .select({ data: log.data })
    .from(log)
    .where(
      and(
        eq(log.accountId, contact.accountId),
        eq(log.kind, 'contact.seen'),
        gte(log.at, contact.startedAt),
        eq(log.contactId, contact.id),
        eq(log.actor, on.user),
      ),
    );
  return rows.some(({ data }) => data.ts === on.ts);
}
