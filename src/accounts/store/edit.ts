import { and, desc, eq, isNull } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { AccountDetails } from '../rules.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'account.added': { slug: string };
    'account.changed': { fields: string[] };
    'account.csm_changed': { from: number | null; to: number | null };
    'account.archived': { slug: string };
    'account.merged': { intoId: number };
    'account.channel_linked': { channel: string; kind: string };
  }
}

/** Who changes an account, and how. */
export interface AccountChange {
  /** A Slack user id; null for Baton itself, or a file. */
  actor: string | null;
  /** Business time, UTC ms. */
  now: number;
  source: string;
}

/** Fields of an account that a person or a file may set. */
export type AccountFields = Partial<Omit<AccountDetails, 'id' | 'isArchived' | 'mergedIntoId'>>;

/** Adds an account; its channels are listened to from now on. The slug is free: see `slugFor`. */
export async function addAccount(
  tx: Tx,
  account: AccountFields & { slug: string; name: string },
  change: AccountChange,
): Promise<AccountDetails> {
  const [added] = await tx.db
    .insert(tx.t.accounts)
    .values({
      ...account,
      otherNames: account.otherNames ? [...account.otherNames] : null,
      isArchived: false,
      addedAt: change.now,
    })
    .returning();
  if (!added) throw new Error('the account was not written');
  await emit(tx, { ...base(added.id, change), kind: 'account.added', data: { slug: added.slug } });
  return added;
}

/** Changes what differs, and says so; a new CSM is an event of its own, since what is owed goes along. */
export async function changeAccount(
  tx: Tx,
  account: AccountDetails,
  fields: AccountFields,
  change: AccountChange,
): Promise<AccountDetails> {
  const there = account as unknown as Record<string, unknown>;
  const changed = Object.entries(fields).filter(
    ([field, value]) => JSON.stringify(value ?? null) !== JSON.stringify(there[field] ?? null),
  );
  if (changed.length === 0) return account;
  const patch = Object.fromEntries(changed) as Partial<typeof tx.t.accounts.$inferInsert>;
  const [row] = await tx.db
    .update(tx.t.accounts)
    .set(patch)
    .where(eq(tx.t.accounts.id, account.id))
    .returning();
  if (!row) throw new Error(`account ${account.id} is gone`);
  const names = changed.map(([field]) => field);
  await emit(tx, { ...base(account.id, change), kind: 'account.changed', data: { fields: names } });
  await sayNewCsm(tx, account, row.csmId, change);
  return row;
}

/** Says that an account has another CSM than before; nothing when it is the same. */
export async function sayNewCsm(
  tx: Tx,
  before: Pick<AccountDetails, 'id' | 'csmId'>,
  to: number | null,
  change: AccountChange,
): Promise<void> {
  if (before.csmId === to) return;
  const data = { from: before.csmId, to };
  await emit(tx, { ...base(before.id, change), kind: 'account.csm_changed', data });
}

/** Puts an account away: nothing is offered for it any more, what was said stays. */
export async function archiveAccount(tx: Tx, account: AccountDetails, change: AccountChange): Promise<void> {
  await tx.db.update(tx.t.accounts).set({ isArchived: true }).where(eq(tx.t.accounts.id, account.id));
  await emit(tx, { ...base(account.id, change), kind: 'account.archived', data: { slug: account.slug } });
}

/** An account of this name or slug that was put away, and not merged into another. */
export async function putAway(tx: ReadTx, name: string): Promise<AccountDetails | undefined> {
  const { accounts: a } = tx.t;
  const rows = await tx.db
    .select()
    .from(a)
    .where(and(eq(a.isArchived, true), isNull(a.mergedIntoId)))
    .orderBy(desc(a.id));
  return rows.find((one) => [one.name.toLowerCase(), one.slug].includes(name.toLowerCase()));
}

/** An account that was put away is there again. */
export async function bringBack(tx: Tx, account: AccountDetails, change: AccountChange): Promise<void> {
  await tx.db.update(tx.t.accounts).set({ isArchived: false }).where(eq(tx.t.accounts.id, account.id));
  await emit(tx, { ...base(account.id, change), kind: 'account.added', data: { slug: account.slug } });
}

function base(accountId: number, change: AccountChange) {
  return { at: change.now, accountId, actor: change.actor, source: change.source };
}
