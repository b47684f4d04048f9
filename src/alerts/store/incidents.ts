import { and, asc, count, countDistinct, desc, eq, gt, inArray, isNull, lte, max } from 'drizzle-orm';
import { accountById } from '../../accounts/store.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';
import { DAY_MS } from '../../time/index.js';

export type IncidentRow = ReadTx['t']['incidents']['$inferSelect'];
export type HitRow = ReadTx['t']['incidentAccounts']['$inferSelect'];

/** There is one incident at a time, and one offer. */
const OPEN = 'open';
const OFFER = 'offer';
const CHUNK = 500;

/** The incident that is open now, if there is one. */
export async function openIncident(tx: ReadTx): Promise<IncidentRow | undefined> {
  return (await tx.prepared(byOpenKey, { openKey: OPEN }))[0];
}

const byOpenKey = (db: Db, { incidents: i }: Tables, its: { openKey: string }) =>
  db.select().from(i).where(eq(i.openKey, its.openKey));

export async function incidentById(tx: ReadTx, id: number): Promise<IncidentRow | undefined> {
  const [row] = await tx.db.select().from(tx.t.incidents).where(eq(tx.t.incidents.id, id));
  return row;
}

/** The newest incident or offer, whatever became of it. */
export async function lastIncident(tx: ReadTx): Promise<IncidentRow | undefined> {
  return (await tx.prepared(newest, {}))[0];
}

const newest = (db: Db, { incidents: i }: Tables, _its: object) =>
  db.select().from(i).orderBy(desc(i.id)).limit(1);

/** Writes an offer. @returns undefined when one stands already */
export async function insertOffer(
  tx: Tx,
  offer: { title: string; words: string[]; offeredTo: number[]; now: number },
): Promise<IncidentRow | undefined> {
  // What nobody answered is over with the next.
  await tx.db
    .update(tx.t.incidents)
    .set({ state: 'declined', openKey: null })
    .where(eq(tx.t.incidents.openKey, OFFER));
  const [row] = await tx.db
    .insert(tx.t.incidents)
    .values({
      title: offer.title,
      words: offer.words,
      offered: offer.offeredTo,
      state: 'offered',
      openKey: OFFER,
      openedAt: offer.now,
    })
    .onConflictDoNothing({ target: tx.t.incidents.openKey })
    .returning();
  return row;
}

/** Opens an incident, or what was offered as one. Callers hold the key `incident`. */
export async function insertIncident(
  tx: Tx,
  what: { title: string; words: string[]; by: string; now: number; offer?: IncidentRow | undefined },
): Promise<IncidentRow> {
  const { title, words, by, now, offer } = what;
  const set = { title, words, state: 'open' as const, openKey: OPEN, openedAt: now, openedBy: by };
  const { incidents } = tx.t;
  const [row] = offer
    ? await tx.db.update(incidents).set(set).where(eq(incidents.id, offer.id)).returning()
    : await tx.db
        .insert(incidents)
        .values({ ...set, offered: [] })
        .returning();
  if (!row) throw new Error('the incident was not written');
  return row;
}

/**
 * Takes an open incident for this transaction, so that whoever ends it waits for what is being collected.
 * @returns undefined when it is over
 */
export async function takeIncident(tx: Tx, id: number, now: number): Promise<IncidentRow | undefined> {
  const { incidents } = tx.t;
  const [row] = await tx.db
    .update(incidents)
    .set({ touchedAt: now })
    .where(and(eq(incidents.id, id), eq(incidents.state, 'open')))
    .returning();
  return row;
}

export async function setIncident(tx: Tx, id: number, set: Partial<IncidentRow>): Promise<void> {
  await tx.db.update(tx.t.incidents).set(set).where(eq(tx.t.incidents.id, id));
}

/** Every account of an incident, also those that somebody took out; in the order in which they were hit. */
export async function hitsOf(tx: ReadTx, incidentId: number): Promise<HitRow[]> {
  const { incidentAccounts: h } = tx.t;
  return tx.db.select().from(h).where(eq(h.incidentId, incidentId)).orderBy(asc(h.id));
}

/** Writes that an account is hit, by a contact of it or by hand. @returns false when nothing changed */
export async function saveHit(
  tx: Tx,
  incidentId: number,
  hit: { accountId: number; contactId: number | null; now: number; by: string | null },
): Promise<boolean> {
  const { incidentAccounts: h } = tx.t;
  const { accountId, contactId, now, by } = hit;
  const [standing] = await tx.db
    .select()
    .from(h)
    .where(and(eq(h.incidentId, incidentId), eq(h.accountId, accountId)));
  if (!standing) {
    const contactIds = contactId === null ? [] : [contactId];
    await tx.db.insert(h).values({ incidentId, accountId, contactIds, since: now, addedBy: by });
    return true;
  }
  // Whoever was taken out by hand stays out, unless somebody puts them in again.
  if (standing.removedAt !== null && by === null) return false;
  if (standing.removedAt === null && (contactId === null || standing.contactIds.includes(contactId)))
    return false;
  const contactIds = contactId === null ? standing.contactIds : [...standing.contactIds, contactId];
  await tx.db.update(h).set({ contactIds, removedAt: null }).where(eq(h.id, standing.id));
  return true;
}

export async function removeHit(
  tx: Tx,
  incidentId: number,
  accountId: number,
  now: number,
): Promise<boolean> {
  const { incidentAccounts: h } = tx.t;
  const rows = await tx.db
    .update(h)
    .set({ removedAt: now })
    .where(and(eq(h.incidentId, incidentId), eq(h.accountId, accountId), isNull(h.removedAt)))
    .returning({ id: h.id });
  return rows.length > 0;
}

/** How many accounts wrote in a stretch of time. */
export async function accountsWriting(tx: ReadTx, from: number, until: number): Promise<number> {
  return Number((await tx.prepared(writers, { from, until }))[0]?.n ?? 0);
}

const writers = (db: Db, { log }: Tables, its: { from: number; until: number }) =>
  db
    .select({ n: countDistinct(log.accountId) })
    .from(log)
    .where(and(eq(log.kind, 'contact.opened'), gt(log.at, its.from), lte(log.at, its.until)));

/** How many contacts there were in the seven days before an instant. */
export async function contactsOfWeekBefore(tx: ReadTx, until: number): Promise<number> {
  const { log } = tx.t;
  const [row] = await tx.db
    .select({ n: count() })
    .from(log)
    .where(and(eq(log.kind, 'contact.opened'), gt(log.at, until - 7 * DAY_MS), lte(log.at, until)));
  return Number(row?.n ?? 0);
}

/** What customers wrote in a stretch of time, message by message; the newest two thousand count. */
export async function writtenBetween(
  tx: ReadTx,
  from: number,
  until: number,
): Promise<{ accountId: number; contactId: number; text: string }[]> {
  const { log, messages: m } = tx.t;
  const rows = await tx.db
    .select({ contactId: log.contactId })
    .from(log)
    .where(and(inArray(log.kind, ['contact.opened', 'contact.joined']), gt(log.at, from), lte(log.at, until)))
    .orderBy(desc(log.at))
    .limit(2_000);
  const ids = [...new Set(rows.map((row) => row.contactId).filter((id): id is number => id !== null))];
  const said: { accountId: number; contactId: number; text: string }[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) {
    const found = await tx.db
      .select({ accountId: m.accountId, contactId: m.contactId, text: m.text })
      .from(m)
      .where(
        and(inArray(m.contactId, ids.slice(at, at + CHUNK)), eq(m.isCustomer, true), eq(m.isDeleted, false)),
      )
      .orderBy(asc(m.at), asc(m.id));
    for (const row of found) said.push({ ...row, contactId: row.contactId ?? 0 });
  }
  return said;
}

/** When a customer last wrote something that counts; null before the first. */
export async function newestContactAt(tx: ReadTx): Promise<number | null> {
  const { log } = tx.t;
  const newest = async (kind: 'contact.opened' | 'contact.joined') => {
    const [row] = await tx.db
      .select({ at: max(log.at) })
      .from(log)
      .where(eq(log.kind, kind));
    return row?.at == null ? null : Number(row.at);
  };
  const found = [await newest('contact.opened'), await newest('contact.joined')];
  const known = found.filter((at): at is number => at !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** How many signals an incident holds back now. */
export async function signalsHeldBy(tx: ReadTx, incidentId: number, accountIds: number[]): Promise<number> {
  if (accountIds.length === 0) return 0;
  const { signals: s } = tx.t;
  const [row] = await tx.db
    .select({ n: count() })
    .from(s)
    .where(
      and(
        inArray(s.accountId, accountIds),
        eq(s.state, 'firing'),
        eq(s.inhibitedBy, `incident:${incidentId}`),
      ),
    );
  return Number(row?.n ?? 0);
}

/** Names of accounts by id, in the order given. */
export async function namesOfAccounts(tx: ReadTx, ids: readonly number[]): Promise<string[]> {
  const names: string[] = [];
  for (const id of ids) names.push((await accountById(tx, id))?.name ?? 'an account');
  return names;
}
