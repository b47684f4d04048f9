import { eq } from 'drizzle-orm';
import { activePeople } from '../../people/store.js';
import type { ReadTx } from '../../store/transact.js';
import type { ImportKind } from '../csv/kind.js';
import { type CustomerRow, customerColumns, customerProblems } from '../csv/others.js';
import type { CsvProblem } from '../csv/read.js';
import { twiceMeant } from '../csv/table.js';
import { accountsByName } from './account-rows.js';
import { done, given, idOf, isSame, type Named } from './rows.js';

type Customer = ReadTx['t']['customers']['$inferSelect'];
interface KnownCustomers {
  accounts: Named;
  /** By external id, e-mail or Slack id. */
  there: Map<string, Customer>;
  holders: Map<string, number>;
  /** Names of our own people by Slack id. */
  ours: Map<string, string>;
}

const customerKeys = (one: { externalId?: string | null; email?: string | null; slackId?: string | null }) =>
  [one.externalId && `id:${one.externalId}`, one.email, one.slackId].filter((key): key is string => !!key);

function customerOf(row: CustomerRow, known: KnownCustomers): Customer | undefined {
  const { external_id: externalId = null, email = null, slack: slackId = null } = row;
  for (const key of customerKeys({ externalId, email, slackId })) {
    const found = known.there.get(key);
    if (found) return found;
  }
  return undefined;
}

const customerFields = (row: CustomerRow, known: KnownCustomers) =>
  given({
    accountId: idOf(known.accounts, row.account),
    name: row.name,
    externalId: row.external_id,
    email: row.email,
    slackId: row.slack,
    role: row.role,
  });

/** An e-mail or a Slack id that somebody else has than the one whom the row is about. */
function ofAnother(row: CustomerRow, known: KnownCustomers): CsvProblem[] {
  const own = customerOf(row, known);
  return (['email', 'slack'] as const).flatMap((column) => {
    const holder = row[column] === undefined ? undefined : known.there.get(row[column]);
    return own && holder && holder.id !== own.id
      ? { row: row.row, column, text: `${row[column]} is ${holder.name}'s, and the row is about ${own.name}` }
      : [];
  });
}

function oneOfOurs({ row, slack }: CustomerRow, { ours }: KnownCustomers): CsvProblem[] {
  const name = slack === undefined ? undefined : ours.get(slack);
  return name === undefined ? [] : [{ row, column: 'slack', text: `${slack} is ${name}, one of ours` }];
}

function rememberCustomer(known: KnownCustomers, customer: Customer): void {
  for (const key of customerKeys(customer)) {
    known.there.set(key, customer);
    known.holders.set(key, customer.accountId);
  }
}

export const customersImport: ImportKind<typeof customerColumns, KnownCustomers> = {
  columns: customerColumns,
  load: async (tx) => {
    const known: KnownCustomers = {
      accounts: await accountsByName(tx),
      there: new Map(),
      holders: new Map(),
      ours: new Map((await activePeople(tx)).map((one) => [one.slackId, one.name])),
    };
    for (const customer of await tx.db.select().from(tx.t.customers)) rememberCustomer(known, customer);
    return known;
  },
  check: (rows, known) => {
    const problems = customerProblems(rows, known.accounts, known.holders);
    const said = new Set(problems.map((one) => one.row));
    const further = rows.filter((row) => !said.has(row.row));
    return [
      ...problems,
      ...twiceMeant(further, 'name', (row) => customerOf(row, known)),
      ...further.flatMap((row) => ofAnother(row, known)),
      ...further.flatMap((row) => oneOfOurs(row, known)),
    ];
  },
  compare: (row, known) => {
    const there = customerOf(row, known);
    if (!there) return 'added';
    return isSame(customerFields(row, known), there) ? 'same' : 'changed';
  },
  write: async (tx, rows, known) => {
    const counts = { added: 0, changed: 0, same: 0 };
    const written: Customer[] = [];
    const fresh = [];
    for (const row of rows) {
      const how = customersImport.compare(row, known);
      counts[how] += 1;
      const fields = customerFields(row, known) as Customer;
      if (how === 'added') fresh.push({ ...fields });
      if (how !== 'changed') continue;
      const there = customerOf(row, known);
      written.push(
        ...(await tx.db
          .update(tx.t.customers)
          .set(fields)
          .where(eq(tx.t.customers.id, there?.id ?? 0))
          .returning()),
      );
    }
    if (fresh.length > 0) written.push(...(await tx.db.insert(tx.t.customers).values(fresh).returning()));
    return done(counts.added, counts.changed, counts.same, () => {
      for (const customer of written) rememberCustomer(known, customer);
    });
  },
};
