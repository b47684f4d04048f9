import { and, asc, eq, inArray } from 'drizzle-orm';
import { type AccountChange, addAccount } from '../../accounts/store/edit.js';
import { linkChannel, slugFor } from '../../accounts/store/links.js';
import { activePeople } from '../../people/store.js';
import { surveyedAt } from '../../queue/survey.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type Coverage, coverageOf } from '../rules/coverage.js';

/** Every channel with customers, and whether Baton hears it. */
export async function readCoverage(tx: ReadTx): Promise<Coverage> {
  const { surveyedChannels, accountChannels: c, accounts: a, slackUsers: u } = tx.t;
  const at = await surveyedAt(tx);
  const seen = await tx.db.select().from(surveyedChannels).orderBy(asc(surveyedChannels.name));
  const people = await activePeople(tx);
  const slackIds = new Map(people.map((person) => [person.id, person.slackId]));
  const linked = await tx.db
    .select({ channel: c.channel, name: c.name, account: a })
    .from(c)
    .innerJoin(a, eq(a.id, c.accountId))
    .where(eq(c.kind, 'customer'))
    .orderBy(asc(c.name));
  const colleagues = await tx.db
    .select({ id: u.userId })
    .from(u)
    .where(and(eq(u.isExternal, false), eq(u.isBot, false), eq(u.isDeleted, false), eq(u.isGuest, false)));
  return coverageOf(
    seen.map((one) => ({ ...one, isVisible: one.seenAt === at })),
    linked.map(({ channel, name, account }) => ({
      channel,
      name,
      accountId: account.id,
      account: account.name,
      isArchived: account.isArchived,
      owners: [account.csmId, account.supportOwnerId].flatMap((id) =>
        id === null ? [] : (slackIds.get(id) ?? []),
      ),
    })),
    {
      people: new Set(people.map((person) => person.slackId)),
      members: new Set(colleagues.map((one) => one.id)),
    },
  );
}

/** No customer is in this channel, an admin said: it is not offered any more. */
export async function ignoreChannel(tx: Tx, channel: string): Promise<void> {
  const { surveyedChannels: c } = tx.t;
  await tx.db.update(c).set({ isIgnored: true }).where(eq(c.channel, channel));
  tx.wake('homes');
}

/** Gives a channel to an account, or to a new one of this name. @returns the account, undefined when it has the channel */
export async function adoptChannel(
  tx: Tx,
  wanted: { channel: string; name: string; account: { id: number } | { newName: string } },
  change: { actor: string; now: number },
): Promise<number | undefined> {
  const { accountChannels: c } = tx.t;
  const [taken] = await tx.db.select({ id: c.id }).from(c).where(eq(c.channel, wanted.channel));
  if (taken) return undefined;
  const by = { ...change, source: 'setup' };
  const account = 'id' in wanted.account ? wanted.account : await newAccount(tx, wanted.account.newName, by);
  const { channel, name } = wanted;
  await linkChannel(tx, account, { channel, name, kind: 'customer' }, by);
  return account.id;
}

async function newAccount(tx: Tx, name: string, by: AccountChange): Promise<{ id: number }> {
  return addAccount(tx, { slug: await slugFor(tx, name), name }, by);
}

/** Of these keys of messages, those that were sent or wait to be. */
export async function sentKeys(tx: ReadTx, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { outbox: o } = tx.t;
  const rows = await tx.db
    .select({ key: o.key })
    .from(o)
    .where(inArray(o.key, [...keys]));
  return new Set(rows.map((row) => row.key));
}
