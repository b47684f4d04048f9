import { and, desc, eq, gte, inArray, isNull, lte, or } from 'drizzle-orm';
import { actingFunction } from '../../people/rules.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { isLineFresh } from '../rules/capture.js';
import type { Issue } from '../rules/issue.js';
import type { Logging } from './issues.js';
import type { ContactRow } from './read.js';
import { addSuggestion, openSuggestion, type SuggestionRow, saveItems, settleContact } from './waiting.js';

const AGAIN_MS = 30 * 86_400_000;

/**
 * Offers a contact on the account's line. A line that stood long is far up in the channel: what still waits on it moves
 * to a new one with the contact.
 */
export async function offerContact(tx: Tx, contact: ContactRow, now: number): Promise<SuggestionRow> {
  const line = await openSuggestion(tx, contact.accountId);
  if (!line) return addSuggestion(tx, contact.accountId, [contact.id], now);
  const waiting = line.items.filter((item) => item.settled === null).map((item) => item.contactId);
  if (waiting.includes(contact.id)) return line;
  if (isLineFresh(line.postedAt, now)) {
    const item = { contactId: contact.id, settled: null, by: null, issueId: null };
    const items = [...line.items, item];
    await saveItems(tx, line, items, now);
    return { ...line, items };
  }
  const moved = line.items.map((item) =>
    item.settled === null ? { ...item, settled: 'moved' as const } : item,
  );
  await saveItems(tx, line, moved, now);
  return addSuggestion(tx, contact.accountId, [...waiting, contact.id], now);
}

/**
 * The account's issues that a contact may be the same as: what is open, and what was over for less than thirty days;
 * the most recent first, open ones before others.
 */
export async function issuesToJoin(tx: ReadTx, accountId: number, now: number, limit = 25): Promise<Issue[]> {
  const { issues: i } = tx.t;
  const open = await tx.db
    .select()
    .from(i)
    .where(and(eq(i.accountId, accountId), inArray(i.state, ['new', 'open', 'waiting'])))
    .orderBy(desc(i.createdAt), desc(i.id))
    .limit(limit);
  const over = await tx.db
    .select()
    .from(i)
    .where(
      and(
        eq(i.accountId, accountId),
        inArray(i.state, ['resolved', 'closed']),
        gte(i.resolvedAt, now - AGAIN_MS),
      ),
    )
    .orderBy(desc(i.resolvedAt), desc(i.id))
    .limit(limit);
  return [...open, ...over].slice(0, limit);
}

/** Contacts of an account that one of us may mean, newest first: nobody logged them, or this issue holds them. */
export async function contactsToChoose(
  tx: ReadTx,
  accountId: number,
  issueId: number,
  range: { from: number; to: number },
  limit: number,
): Promise<ContactRow[]> {
  const { contacts: c } = tx.t;
  return tx.db
    .select()
    .from(c)
    .where(
      and(
        eq(c.accountId, accountId),
        gte(c.lastAt, range.from),
        lte(c.startedAt, range.to),
        or(isNull(c.issueId), eq(c.issueId, issueId)),
      ),
    )
    .orderBy(desc(c.lastAt), desc(c.id))
    .limit(limit);
}

/** A person decided that a contact is no issue: it is talk, and no friction. */
export async function dismissContact(tx: Tx, contact: ContactRow, request: Logging): Promise<void> {
  const by = request.by?.slackId ?? null;
  await settleContact(tx, contact, { settled: 'chat', by, at: request.now });
  await emit(tx, {
    kind: 'contact.dismissed',
    at: request.now,
    accountId: contact.accountId,
    contactId: contact.id,
    actor: by,
    func: request.by ? actingFunction(request.by) : null,
    source: request.how,
    data: { channel: contact.channel, ts: contact.firstTs },
  });
}

/** A person decided that what a customer said last wants no answer: nobody waits, and what it was logged as stays. */
export async function needsNoReply(tx: Tx, contact: ContactRow, request: Logging): Promise<void> {
  const by = request.by?.slackId ?? null;
  if (contact.waitsSince !== null)
    await settleContact(tx, contact, { settled: 'no_reply', by, at: request.now });
  await emit(tx, {
    kind: 'contact.dismissed',
    at: request.now,
    accountId: contact.accountId,
    contactId: contact.id,
    issueId: contact.issueId,
    actor: by,
    func: request.by ? actingFunction(request.by) : null,
    source: request.how,
    data: { channel: contact.channel, ts: contact.firstTs },
  });
}

/** The lines on which a contact stood or stands. */
export async function linesOf(tx: ReadTx, accountId: number, contactId: number): Promise<SuggestionRow[]> {
  const { suggestions: s } = tx.t;
  const rows = await tx.db
    .select()
    .from(s)
    .where(eq(s.accountId, accountId))
    .orderBy(desc(s.postedAt), desc(s.id))
    .limit(200);
  return rows.filter((row) => row.items.some((item) => item.contactId === contactId));
}
