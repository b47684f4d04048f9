import { and, asc, eq, gte, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import type { AccountDetails } from '../../accounts/rules.js';
import type { Followup } from '../../followups/rules.js';
import type { CustomerPromise } from '../../issues/rules/promise.js';
import type { Person } from '../../people/rules.js';
import type { ReadTx, Tx } from '../../store/transact.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'morning.sent': { personId: number; from: number; lines: number; held: number };
  }
}

/** What somebody owes and has not done, the next due first. */
export async function followupsOwnedBy(tx: ReadTx, personId: number): Promise<Followup[]> {
  const { followups: f } = tx.t;
  return tx.db
    .select()
    .from(f)
    .where(and(eq(f.ownerId, personId), eq(f.state, 'open')))
    .orderBy(asc(f.dueAt), asc(f.id));
}

export type ClaimedAlert = ReadTx['t']['alerts']['$inferSelect'];

/** Alerts that somebody claimed and has not ended. */
export async function alertsClaimedBy(tx: ReadTx, personId: number): Promise<ClaimedAlert[]> {
  const { alerts: a } = tx.t;
  return tx.db
    .select()
    .from(a)
    .where(and(eq(a.claimedBy, personId), isNotNull(a.openKey)))
    .orderBy(asc(a.claimedAt), asc(a.id));
}

/**
 * Alerts that call nobody, were first posted since an instant (business time) and that nobody has claimed, of the
 * accounts that somebody looks after.
 */
export async function cardsToClaim(tx: ReadTx, personId: number, since: number): Promise<ClaimedAlert[]> {
  const { alerts: a, accounts } = tx.t;
  const rows = await tx.db
    .select({ alert: a })
    .from(a)
    .innerJoin(accounts, eq(accounts.id, a.accountId))
    .where(
      and(
        eq(accounts.csmId, personId),
        eq(a.state, 'open'),
        eq(a.place, 'card'),
        isNull(a.offeredToId),
        gte(a.postedAt, since),
      ),
    )
    .orderBy(asc(a.postedAt), asc(a.id));
  return rows.map(({ alert }) => alert);
}

/** What somebody promised by a day (YYYY-MM-DD) or before, and has not ended. */
export async function promisesDue(tx: ReadTx, slackId: string, day: string): Promise<CustomerPromise[]> {
  const { promises: p } = tx.t;
  return tx.db
    .select()
    .from(p)
    .where(and(eq(p.byUser, slackId), eq(p.state, 'open'), lte(p.dueOn, day)))
    .orderBy(asc(p.dueOn), asc(p.id));
}

/** Accounts that somebody keeps warm: theirs, and still customers. */
export async function accountsToKeepWarm(tx: ReadTx, personId: number): Promise<AccountDetails[]> {
  const { accounts: a } = tx.t;
  const rows = await tx.db
    .select()
    .from(a)
    .where(and(eq(a.csmId, personId), eq(a.isArchived, false)))
    .orderBy(asc(a.name));
  return rows.filter((account) => account.lifecycle !== 'churned' && account.lifecycle !== 'prospect');
}

/** Remembers which follow-ups a morning message listed: when it is delivered they were shown. @returns its id */
export async function addMorning(
  tx: Tx,
  personId: number,
  at: number,
  followups: readonly number[],
): Promise<number> {
  const { mornings: m } = tx.t;
  const [row] = await tx.db
    .insert(m)
    .values({ personId, at, followups: [...followups] })
    .returning({ id: m.id });
  if (!row) throw new Error('the morning was not written');
  return row.id;
}

/** The follow-ups that a morning message listed and that are still owed. */
export async function followupsOfMorning(tx: ReadTx, morningId: number): Promise<number[]> {
  const { mornings: m, followups: f } = tx.t;
  const [row] = await tx.db.select().from(m).where(eq(m.id, morningId));
  if (!row || row.followups.length === 0) return [];
  const open = await tx.db
    .select({ id: f.id })
    .from(f)
    .where(and(inArray(f.id, row.followups), eq(f.state, 'open')))
    .orderBy(asc(f.id));
  return open.map((one) => one.id);
}

/** A signal that stands in no message but the morning's. */
export interface QuietSignal {
  accountId: number;
  /** Null for what belongs to no account. */
  account: string | null;
  evidence: { line: string; channel?: string; ts?: string };
}

/**
 * What began to hold since an instant (business time) and is for the digest only, for one person: of the accounts that
 * they look after in the rule's function; for a lead also what belongs to no account, or to one that nobody looks after.
 */
export async function quietSignals(tx: ReadTx, person: Person, since: number): Promise<QuietSignal[]> {
  const { signals: s, accounts: a } = tx.t;
  const rows = await tx.db
    .select({ signal: s, name: a.name, csmId: a.csmId, supportId: a.supportOwnerId })
    .from(s)
    .leftJoin(a, eq(a.id, s.accountId))
    .where(
      and(
        eq(s.place, 'digest'),
        eq(s.state, 'firing'),
        eq(s.isShadow, false),
        isNull(s.inhibitedBy),
        gte(s.firedAt, since),
      ),
    )
    .orderBy(asc(s.firedAt), asc(s.id));
  const isTheirs = ({ signal, csmId, supportId }: (typeof rows)[number]) => {
    const ownerId = signal.func === 'success' ? csmId : supportId;
    return ownerId === null ? leads(person, signal.func) : ownerId === person.id;
  };
  return rows.filter(isTheirs).map(({ signal, name }) => ({
    accountId: signal.accountId,
    account: name,
    evidence: signal.evidence,
  }));
}

const leads = (person: Person, func: 'support' | 'success') =>
  person.role === 'lead' && person.functions.includes(func);
