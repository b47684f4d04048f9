import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { freeSlug } from '../rules/edit.js';
import { knownOfOne } from '../rules/merge.js';
import type { AccountDetails } from '../rules.js';
import { type AccountChange, changeAccount } from './edit.js';

/** The account that a domain belongs to. */
export async function holderOfDomain(tx: ReadTx, domain: string): Promise<number | null> {
  const { accountDomains: d } = tx.t;
  const [row] = await tx.db.select().from(d).where(eq(d.domain, domain));
  return row?.accountId ?? null;
}

export async function addDomain(tx: Tx, accountId: number, domain: string): Promise<void> {
  await tx.db.insert(tx.t.accountDomains).values({ accountId, domain }).onConflictDoNothing();
}

export async function removeDomain(tx: Tx, domain: string): Promise<void> {
  await tx.db.delete(tx.t.accountDomains).where(eq(tx.t.accountDomains.domain, domain));
}

/** A short name for a new account that no other has. */
export async function slugFor(tx: ReadTx, name: string): Promise<string> {
  const { accounts: a } = tx.t;
  const taken = new Set((await tx.db.select({ slug: a.slug }).from(a)).map((row) => row.slug));
  return freeSlug(name, (slug) => taken.has(slug));
}

/** Links a channel to an account; one that is linked to it already gets the kind. */
export async function linkChannel(
  tx: Tx,
  account: { id: number },
  link: { channel: string; name: string; kind: 'customer' | 'internal' },
  change: AccountChange,
): Promise<void> {
  const { accountChannels: c } = tx.t;
  await tx.db
    .insert(c)
    .values({ accountId: account.id, ...link, capture: 'suggest' })
    .onConflictDoUpdate({
      target: c.channel,
      set: { accountId: account.id, kind: link.kind, name: link.name },
    });
  await emit(tx, {
    kind: 'account.channel_linked',
    at: change.now,
    accountId: account.id,
    actor: change.actor,
    source: change.source,
    data: { channel: link.channel, kind: link.kind },
  });
}

/** Tables whose rows go along when an account is merged into another. */
const GOES_ALONG = [
  'accountChannels',
  'accountDomains',
  'customers',
  'touches',
  'contacts',
  'messages',
  'issues',
  'flags',
  'promises',
  'log',
] as const;

/**
 * Makes one account of two: everything of `from` is `into`'s from now on, and `from` is put away. What only one account
 * can have open at a time (an alert, a line in the triage channel) ends for `from`; what it owed goes along, and what
 * was known of it alone.
 */
export async function mergeAccounts(
  tx: Tx,
  from: AccountDetails,
  into: AccountDetails,
  change: AccountChange,
): Promise<void> {
  const { t } = tx;
  for (const table of GOES_ALONG)
    await tx.db
      .update(t[table] as typeof t.issues)
      .set({ accountId: into.id })
      .where(eq((t[table] as typeof t.issues).accountId, from.id));
  await endWhatWasOpen(tx, from, change.now);
  await moveOwed(tx, from.id, into.id);
  await moveWaiting(tx, from.id, into.id);
  await relabelCards(tx, from.id, into.id);
  const names = new Set([...(into.otherNames ?? []), from.name, from.slug, ...(from.otherNames ?? [])]);
  // As people type them, capitals make no other name.
  if (from.slug === from.name.toLowerCase()) names.delete(from.slug);
  names.delete(into.name);
  await tx.db
    .update(t.accounts)
    .set({ otherNames: [...names] })
    .where(eq(t.accounts.id, into.id));
  await changeAccount(tx, into, knownOfOne(from, into), change);
  await tx.db
    .update(t.accounts)
    .set({ isArchived: true, mergedIntoId: into.id })
    .where(eq(t.accounts.id, from.id));
  await emit(tx, {
    kind: 'account.merged',
    at: change.now,
    accountId: into.id,
    actor: change.actor,
    source: change.source,
    before: from.slug,
    after: into.slug,
    data: { intoId: into.id },
  });
}

async function endWhatWasOpen(tx: Tx, from: AccountDetails, now: number): Promise<void> {
  const { alerts: a, signals: s, suggestions: g } = tx.t;
  await tx.db
    .update(a)
    .set({ openKey: null, state: 'ended', endedAt: now, endReason: 'the account was merged' })
    .where(and(eq(a.accountId, from.id), isNotNull(a.openKey)));
  await tx.db
    .update(s)
    .set({ openKey: null, state: 'cleared', changedAt: now })
    .where(and(eq(s.accountId, from.id), isNotNull(s.openKey)));
  await tx.db.update(g).set({ openKey: null }).where(eq(g.accountId, from.id));
}

/** What is owed goes along; a matter that both owe stays with what stood there. */
async function moveOwed(tx: Tx, fromId: number, intoId: number): Promise<void> {
  const { followups: f, followupMatters: m } = tx.t;
  const owed = await tx.db.select().from(f).where(eq(f.accountId, fromId));
  const rekey = (key: string | null) => key?.replace(/^\d+:/, `${intoId}:`) ?? null;
  for (const row of owed)
    await tx.db
      .update(f)
      .set({ accountId: intoId, openKey: await freeKey(tx, 'followups', rekey(row.openKey)) })
      .where(eq(f.id, row.id));
  if (owed.length === 0) return;
  const ids = owed.map((row) => row.id);
  for (const row of await tx.db.select().from(m).where(inArray(m.followupId, ids)))
    await tx.db
      .update(m)
      .set({ openKey: await freeKey(tx, 'followupMatters', rekey(row.openKey)) })
      .where(eq(m.id, row.id));
}

/** How fixes stand for it goes along; for one that both wait for, it stands as it did there. */
async function moveWaiting(tx: Tx, fromId: number, intoId: number): Promise<void> {
  const { fixAccounts: a } = tx.t;
  for (const { id: _id, ...row } of await tx.db.select().from(a).where(eq(a.accountId, fromId)))
    await tx.db
      .insert(a)
      .values({ ...row, accountId: intoId })
      .onConflictDoNothing({ target: [a.fixId, a.accountId] });
  await tx.db.delete(a).where(eq(a.accountId, fromId));
}

/** The key itself, or null where another row holds it. */
async function freeKey(
  tx: ReadTx,
  table: 'followups' | 'followupMatters',
  key: string | null,
): Promise<string | null> {
  if (key === null) return null;
  const t = tx.t[table] as typeof tx.t.followups;
  const [held] = await tx.db.select({ id: t.id }).from(t).where(eq(t.openKey, key));
  return held ? null : key;
}

/** Cards that speak of the one speak of the other: who may read them follows. */
async function relabelCards(tx: Tx, fromId: number, intoId: number): Promise<void> {
  const { cards } = tx.t;
  for (const card of await tx.db.select({ id: cards.id, accounts: cards.accounts }).from(cards)) {
    if (!card.accounts.includes(fromId)) continue;
    const accounts = [...new Set(card.accounts.map((id) => (id === fromId ? intoId : id)))];
    await tx.db.update(cards).set({ accounts }).where(eq(cards.id, card.id));
  }
}
