import { openStore } from '../../src/main/database.js';
import { changeSetting } from '../../src/settings/store.js';
import type { Tx } from '../../src/store/transact.js';
import { DAY_MS } from '../../src/time/index.js';

/** Who works here, and the channels of the accounts. */
export interface Company {
  teamId: string;
  /** Slack ids of our people. */
  ours: string[];
  channels: { id: string; customer: string }[];
}

/** Some accounts have two channels. */
const ACCOUNTS = 190;
const CHANNELS = 200;
/** One digest each; those beyond the number of accounts have none and nothing to read. */
const SUCCESS_PEOPLE = 200;
const SUPPORT_PEOPLE = 10;

export function company(): Company {
  const ids = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, n) => `${prefix}${String(n).padStart(3, '0')}`);
  return {
    teamId: 'THOME',
    ours: [...ids('USUPPORT', SUPPORT_PEOPLE), ...ids('USUCCESS', SUCCESS_PEOPLE)],
    channels: ids('CCUST', CHANNELS).map((id, n) => ({ id, customer: `UCUST${n}` })),
  };
}

/** Writes the company into an empty database. @returns the row ids of those who get a digest */
export async function seedCompany(file: string, it: Company): Promise<number[]> {
  const store = await openStore({ database: { kind: 'sqlite', file }, logLevel: 'error' });
  const at = Date.now();
  const success = await store.transact(['company'], async (tx) => {
    const people = await tx.db.insert(tx.t.people).values(it.ours.map(personRow)).returning();
    const ids = (func: 'support' | 'success') =>
      people.filter((person) => person.functions.includes(func)).map((person) => person.id);
    const support = ids('support');
    const csms = ids('success');
    for (let n = 0; n < ACCOUNTS; n += 1)
      await seedAccount(tx, it, n, { csmId: csms[n] ?? null, supportOwnerId: support[n % 10] ?? null });
    // Their next morning message is the first of a week, which tells of their accounts, whichever day it is.
    await tx.db
      .insert(tx.t.digests)
      .values(csms.map((personId) => ({ personId, kind: 'weekly', coveredUntil: at - 8 * DAY_MS })));
    // In its first week Baton would begin nothing by itself.
    await changeSetting(tx, 'observeUntil', null, { who: 'bench', at });
    await changeSetting(tx, 'triageChannel', 'CTRIAGE', { who: 'bench', at });
    await changeSetting(tx, 'teamChannel', 'CTEAM', { who: 'bench', at });
    return csms;
  });
  await store.close();
  return success;
}

/** Success works at any hour: a morning message goes out on working days, and the bench runs whenever it runs. */
const ALWAYS = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
);

function personRow(slackId: string) {
  const isSupport = slackId.startsWith('USUPPORT');
  return {
    slackId,
    handle: slackId.toLowerCase(),
    name: slackId,
    role: isSupport ? ('support' as const) : ('success' as const),
    functions: [isSupport ? ('support' as const) : ('success' as const)],
    hours: { zone: 'Europe/Berlin', days: isSupport ? {} : ALWAYS, holidays: [] },
    isAdmin: false,
    isActive: true,
  };
}

async function seedAccount(
  tx: Tx,
  it: Company,
  n: number,
  owners: { csmId: number | null; supportOwnerId: number | null },
): Promise<void> {
  const [account] = await tx.db
    .insert(tx.t.accounts)
    .values({ slug: `account-${n}`, name: `Account ${n}`, ...owners })
    .returning();
  if (!account) throw new Error('no account was written');
  const place = (channel: string, kind: 'customer' | 'internal') =>
    tx.db
      .insert(tx.t.accountChannels)
      .values({ accountId: account.id, channel, name: channel.toLowerCase(), kind, capture: 'suggest' });
  for (const { id, customer } of it.channels.filter((_, at) => at % ACCOUNTS === n)) {
    await tx.db
      .insert(tx.t.customers)
      .values({ accountId: account.id, name: `Customer ${customer}`, slackId: customer });
    await place(id, 'customer');
  }
  await place(`CINT${n}`, 'internal');
}
