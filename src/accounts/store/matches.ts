import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { slackUser } from '../../queue/lookups.js';
import { surveyedChannel } from '../../queue/survey.js';
import { emit } from '../../store/log.js';
import { plus } from '../../store/sql.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { ShownMatch } from '../messages/unmatched.js';
import { accountById, channelOf } from '../store.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'match.decided': { key: string };
  }
}

export type OpenMatch = ReadTx['t']['openMatches']['$inferSelect'];

/** Somebody who could be several accounts', or nobody's: noted once, counted after that. What was decided stays so. */
export async function notePerson(
  tx: Tx,
  who: { slackId: string; channel: string; accounts: readonly number[]; kind: OpenMatch['kind']; at: number },
): Promise<void> {
  const facts = await slackUser(tx, who.slackId);
  await note(tx, `person:${who.slackId}`, {
    kind: who.kind,
    name: facts?.realName || who.slackId,
    slackId: who.slackId,
    email: facts?.email ?? null,
    domain: null,
    channel: who.channel,
    accounts: who.accounts,
    at: who.at,
  });
}

/** A domain that two accounts claim. */
export async function noteDomain(
  tx: Tx,
  claim: { domain: string; accounts: readonly number[]; at: number },
): Promise<void> {
  const more = { kind: 'conflict' as const, name: claim.domain, slackId: null, email: null, channel: null };
  await note(tx, `domain:${claim.domain}`, { ...more, ...claim });
}

type Noted = Pick<OpenMatch, 'kind' | 'name' | 'slackId' | 'email' | 'domain' | 'channel'> & {
  accounts: readonly number[];
  at: number;
};

async function note(tx: Tx, key: string, { at, accounts, ...match }: Noted): Promise<void> {
  const { openMatches: m } = tx.t;
  const seen = { lastAt: at, channel: match.channel, times: plus(m.times, 1) };
  await tx.db
    .insert(m)
    .values({ key, ...match, accounts: [...accounts], firstAt: at, lastAt: at, times: 1 })
    .onConflictDoUpdate({ target: m.key, set: seen });
}

/** What nobody has decided yet, the oldest first. */
async function openMatches(tx: ReadTx, limit: number): Promise<OpenMatch[]> {
  const { openMatches: m } = tx.t;
  return tx.db.select().from(m).where(isNull(m.decidedAt)).orderBy(asc(m.firstAt), asc(m.id)).limit(limit);
}

/** How many nobody has decided yet. */
export async function openMatchCount(tx: ReadTx): Promise<number> {
  const { openMatches: m } = tx.t;
  const [row] = await tx.db.select({ n: count() }).from(m).where(isNull(m.decidedAt));
  return Number(row?.n ?? 0);
}

/** What nobody has decided yet as people read it: where they wrote, and whose they could be. */
export async function shownMatches(tx: ReadTx, limit: number): Promise<ShownMatch[]> {
  const shown: ShownMatch[] = [];
  for (const match of await openMatches(tx, limit)) shown.push(await shownMatch(tx, match));
  return shown;
}

/** One of them as people read it. */
export async function shownMatch(tx: ReadTx, match: OpenMatch): Promise<ShownMatch> {
  const accounts = [];
  for (const id of match.accounts) accounts.push((await accountById(tx, id))?.name ?? 'an account');
  return { ...match, channel: match.channel && (await channelName(tx, match.channel)), accounts };
}

async function channelName(tx: ReadTx, channel: string): Promise<string> {
  return (await channelOf(tx, channel))?.name ?? (await surveyedChannel(tx, channel))?.name ?? channel;
}

export async function openMatchById(tx: ReadTx, id: number): Promise<OpenMatch | undefined> {
  const { openMatches: m } = tx.t;
  const [row] = await tx.db
    .select()
    .from(m)
    .where(and(eq(m.id, id), isNull(m.decidedAt)));
  return row;
}

/** Decides to whom it belongs, or that it is nobody's (`accountId` null). From now on it is known as such. */
export async function decideMatch(
  tx: Tx,
  match: OpenMatch,
  accountId: number | null,
  change: { actor: string; now: number; source: string },
): Promise<void> {
  const { openMatches: m, customers: c, accountDomains: d } = tx.t;
  await tx.db
    .update(m)
    .set({ decidedAt: change.now, decidedBy: change.actor, accountId })
    .where(eq(m.id, match.id));
  if (accountId !== null && match.slackId !== null) {
    await tx.db
      .insert(c)
      .values({ accountId, slackId: match.slackId, name: match.name })
      .onConflictDoUpdate({ target: c.slackId, set: { accountId } });
  }
  if (accountId !== null && match.domain !== null)
    await tx.db
      .insert(d)
      .values({ accountId, domain: match.domain })
      .onConflictDoUpdate({ target: d.domain, set: { accountId } });
  await emit(tx, {
    kind: 'match.decided',
    at: change.now,
    accountId,
    actor: change.actor,
    source: change.source,
    data: { key: match.key },
  });
}
