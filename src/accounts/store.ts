import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Person } from '../people/rules.js';
import { personBySlackId } from '../people/store.js';
import { slackUser } from '../queue/lookups.js';
import { emit } from '../store/log.js';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../store/transact.js';
import { type AccountChannel, type AccountDetails, companyDomains } from './rules.js';

declare module '../store/log.js' {
  interface EventKinds {
    'channel.moved': { from: string; to: string };
  }
}

/** Who somebody in Slack is to us. Unknown is external. */
export type Who =
  | { kind: 'person'; person: Person }
  | { kind: 'customer'; accountId: number; name: string }
  | { kind: 'member' }
  | { kind: 'bot' }
  | { kind: 'external' };

const accountOfId = (db: Db, t: Tables, its: { id: number }) =>
  db.select().from(t.accounts).where(eq(t.accounts.id, its.id));

export async function accountById(tx: ReadTx, id: number): Promise<AccountDetails | undefined> {
  return (await tx.prepared(accountOfId, { id }))[0];
}

export async function activeAccounts(tx: ReadTx): Promise<AccountDetails[]> {
  return tx.db
    .select()
    .from(tx.t.accounts)
    .where(eq(tx.t.accounts.isArchived, false))
    .orderBy(asc(tx.t.accounts.name));
}

const accountChannel = (db: Db, t: Tables, its: { channel: string }) =>
  db
    .select({ link: t.accountChannels, isArchived: t.accounts.isArchived })
    .from(t.accountChannels)
    .innerJoin(t.accounts, eq(t.accounts.id, t.accountChannels.accountId))
    .where(eq(t.accountChannels.channel, its.channel));

/** The account's channel of this id, also of an id that it had before. Of an account that was put away nothing is kept. */
export async function channelOf(tx: ReadTx, channel: string): Promise<AccountChannel | undefined> {
  const [row] = await tx.prepared(accountChannel, { channel });
  const found = row ?? (await channelOnceKnownAs(tx, channel));
  return found?.isArchived ? { ...found.link, capture: 'ignore' } : found?.link;
}

/** The channel that had this id before Slack gave it another: late events still carry the old one. */
async function channelOnceKnownAs(
  tx: ReadTx,
  old: string,
): Promise<{ link: AccountChannel; isArchived: boolean } | undefined> {
  const { accountChannels: c, channelAliases: a, accounts } = tx.t;
  const [row] = await tx.db
    .select({ link: c, isArchived: accounts.isArchived })
    .from(a)
    .innerJoin(c, eq(c.channel, a.channel))
    .innerJoin(accounts, eq(accounts.id, c.accountId))
    .where(eq(a.oldChannel, old));
  return row;
}

export async function channelsOf(
  tx: ReadTx,
  accountId: number,
  kind: 'customer' | 'internal',
): Promise<AccountChannel[]> {
  const { accountChannels: c } = tx.t;
  return tx.db
    .select()
    .from(c)
    .where(and(eq(c.accountId, accountId), eq(c.kind, kind)))
    .orderBy(asc(c.id));
}

const customerOfId = (db: Db, t: Tables, its: { slackId: string }) =>
  db.select().from(t.customers).where(eq(t.customers.slackId, its.slackId));

/** Decides who a Slack user is: one of our people, a customer (by id, e-mail or domain), a colleague, or a stranger. */
export async function whoIs(tx: ReadTx, slackId: string): Promise<Who> {
  const person = await personBySlackId(tx, slackId);
  if (person?.isActive) return { kind: 'person', person };
  const [known] = await tx.prepared(customerOfId, { slackId });
  if (known) return { kind: 'customer', accountId: known.accountId, name: known.name };
  const facts = await slackUser(tx, slackId);
  if (!facts) return { kind: 'external' };
  if (facts.isBot) return { kind: 'bot' };
  const customer = await customerByMail(tx, facts.email);
  if (customer) return { kind: 'customer', accountId: customer, name: facts.realName };
  if (facts.isExternal || facts.isGuest || facts.isDeleted) return { kind: 'external' };
  return { kind: 'member' };
}

async function customerByMail(tx: ReadTx, email: string | null): Promise<number | undefined> {
  if (!email) return undefined;
  const [byMail] = await tx.db
    .select()
    .from(tx.t.customers)
    .where(eq(tx.t.customers.email, email.toLowerCase()));
  if (byMail) return byMail.accountId;
  const domains = companyDomains(email);
  if (domains.length === 0) return undefined;
  const found = await tx.db
    .select()
    .from(tx.t.accountDomains)
    .where(inArray(tx.t.accountDomains.domain, domains));
  return found.sort((a, b) => b.domain.length - a.domain.length)[0]?.accountId;
}

/** Of these Slack users, those who are no people of ours: a channel that they read is not internal. */
export async function outsidersAmong(tx: ReadTx, slackIds: readonly string[]): Promise<string[]> {
  if (slackIds.length === 0) return [];
  const people = await tx.db
    .select({ slackId: tx.t.people.slackId })
    .from(tx.t.people)
    .where(and(inArray(tx.t.people.slackId, [...slackIds]), eq(tx.t.people.isActive, true)));
  const ours = new Set(people.map((person) => person.slackId));
  const outsiders: string[] = [];
  for (const id of slackIds) {
    if (ours.has(id)) continue;
    const who = await whoIs(tx, id);
    if (who.kind === 'customer' || who.kind === 'external') outsiders.push(id);
  }
  return outsiders;
}

/** How to call somebody on a card: their name as Slack or company.yml has it, never empty. */
export async function nameOf(tx: ReadTx, slackId: string): Promise<string> {
  const person = await personBySlackId(tx, slackId);
  if (person) return person.name;
  const [customer] = await tx.db.select().from(tx.t.customers).where(eq(tx.t.customers.slackId, slackId));
  if (customer) return customer.name;
  const facts = await slackUser(tx, slackId);
  return facts?.realName || slackId;
}

/** The account's channel has another id from now on; what was said in it follows. */
export async function moveChannel(tx: Tx, from: string, to: string, at: number): Promise<void> {
  const { accountChannels: c } = tx.t;
  const known = await channelOf(tx, from);
  if (!known || (await channelOf(tx, to))?.channel === to) return;
  await tx.db.update(c).set({ channel: to }).where(eq(c.channel, from));
  const { channelAliases: a } = tx.t;
  await tx.db.update(a).set({ channel: to }).where(eq(a.channel, from));
  await tx.db.delete(a).where(eq(a.oldChannel, to));
  await tx.db
    .insert(a)
    .values({ oldChannel: from, channel: to })
    .onConflictDoUpdate({ target: a.oldChannel, set: { channel: to } });
  await emit(tx, {
    kind: 'channel.moved',
    at,
    accountId: known.accountId,
    source: 'slack',
    before: from,
    after: to,
    data: { from, to },
  });
}

/** Every channel in which something may be said that Baton keeps, in the order of their accounts. */
export async function watchedChannels(tx: ReadTx): Promise<string[]> {
  const { accountChannels: c } = tx.t;
  const rows = await tx.db.select({ channel: c.channel }).from(c).orderBy(asc(c.accountId), asc(c.id));
  return rows.map((row) => row.channel);
}
