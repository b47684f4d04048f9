import { eq } from 'drizzle-orm';
import { accountById } from '../../accounts/store.js';
import type { HoursSpec } from '../../people/rules.js';
import { companyHours } from '../../people/store/calendar.js';
import { personById } from '../../people/store.js';
import { touchCards } from '../../queue/cards.js';
import { clearDue, setDue } from '../../queue/due.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { isUnanswered, offeredAt, type Settled } from '../rules/capture.js';
import { openLine, wait } from './prepared.js';
import type { ContactRow } from './read.js';

/** The kind of the due row at which a contact has waited too long. */
export const CONTACT_WAITS = 'contact.waits';

const waitKey = (contactId: number) => `waits:contact:${contactId}`;

export type SuggestionRow = ReadTx['t']['suggestions']['$inferSelect'];
export type SuggestionItem = SuggestionRow['items'][number];

/**
 * The working hours of those who should answer an account: its support owner's while they are there, else the company's.
 * A customer does not wait longer because one of us is away.
 */
export async function answeringHours(tx: ReadTx, accountId: number): Promise<HoursSpec> {
  const account = await accountById(tx, accountId);
  const owner = account?.supportOwnerId == null ? undefined : await personById(tx, account.supportOwnerId);
  return owner?.isActive && owner.awaySince == null ? owner.hours : companyHours(tx);
}

/** From now on the contact waits for an answer of ours. */
export async function startWaiting(
  tx: Tx,
  contact: Pick<ContactRow, 'id' | 'accountId'>,
  since: number,
): Promise<void> {
  await tx.prepared(wait, { id: contact.id, since });
  const hours = await answeringHours(tx, contact.accountId);
  await setDue(tx, waitKey(contact.id), CONTACT_WAITS, contact.id, offeredAt(since, hours));
}

export interface Settlement {
  settled: Settled;
  /** Who ended it; a Slack user id, null for Baton itself. */
  by: string | null;
  issueId?: number | null;
  at: number;
}

/** The contact waits no more; the line that offers it shows what became of it. */
export async function settleContact(tx: Tx, contact: ContactRow, how: Settlement): Promise<void> {
  await tx.db
    .update(tx.t.contacts)
    .set({ waitsSince: null, settled: how.settled, settledAt: how.at })
    .where(eq(tx.t.contacts.id, contact.id));
  // Logged or called no issue, the customer still waits: that they did is counted when its time comes.
  if (!isUnanswered({ settled: how.settled })) await clearDue(tx, waitKey(contact.id));
  const line = await openSuggestion(tx, contact.accountId);
  if (!line) return;
  const items = line.items.map((item) =>
    item.contactId === contact.id && item.settled === null
      ? { ...item, settled: how.settled, by: how.by, issueId: how.issueId ?? null }
      : item,
  );
  await saveItems(tx, line, items, how.at);
}

/** The line of an account on which something still waits. */
export async function openSuggestion(tx: ReadTx, accountId: number): Promise<SuggestionRow | undefined> {
  return (await tx.prepared(openLine, { openKey: String(accountId) }))[0];
}

export async function suggestionById(tx: ReadTx, id: number): Promise<SuggestionRow | undefined> {
  const [row] = await tx.db.select().from(tx.t.suggestions).where(eq(tx.t.suggestions.id, id));
  return row;
}

/** Writes what stands on a line; with nothing left that waits it is over. */
export async function saveItems(
  tx: Tx,
  line: SuggestionRow,
  items: SuggestionItem[],
  now: number,
): Promise<void> {
  const isOver = items.every((item) => item.settled !== null);
  await tx.db
    .update(tx.t.suggestions)
    .set({ items, ...(isOver ? { openKey: null } : {}) })
    .where(eq(tx.t.suggestions.id, line.id));
  await touchCards(tx, 'suggestion', line.id, now);
}

export async function addSuggestion(
  tx: Tx,
  accountId: number,
  contactIds: readonly number[],
  now: number,
): Promise<SuggestionRow> {
  const items = contactIds.map((contactId) => ({ contactId, settled: null, by: null, issueId: null }));
  const [row] = await tx.db
    .insert(tx.t.suggestions)
    .values({ accountId, openKey: String(accountId), postedAt: now, items })
    .returning();
  if (!row) throw new Error('the suggestion was not written');
  return row;
}
