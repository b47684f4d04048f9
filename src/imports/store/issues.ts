import { nextIssueNumber } from '../../issues/store/read.js';
import type { Tx } from '../../store/transact.js';
import { personKey } from '../csv/accounts.js';
import type { ImportKind } from '../csv/kind.js';
import { type IssueRow, issueColumns, issueProblems } from '../csv/others.js';
import { accountsByName, peopleByName } from './account-rows.js';
import { done, idOf, type Named } from './rows.js';

interface KnownIssues {
  accounts: Named;
  people: Map<string, number>;
  there: Set<string>;
}

export const issuesImport: ImportKind<typeof issueColumns, KnownIssues> = {
  columns: issueColumns,
  load: async (tx) => {
    const rows = await tx.db.select({ externalId: tx.t.issues.externalId }).from(tx.t.issues);
    return {
      accounts: await accountsByName(tx),
      people: await peopleByName(tx),
      there: new Set(rows.flatMap((row) => row.externalId ?? [])),
    };
  },
  check: (rows, known, today) => issueProblems(rows, today, known.accounts, known.people, personKey),
  compare: (row, known) => (known.there.has(row.external_id ?? '') ? 'same' : 'added'),
  write: async (tx, rows, known, change) => {
    const fresh = rows.filter((row) => !known.there.has(row.external_id ?? ''));
    for (const row of fresh) await writeIssue(tx, row, known, change.who);
    return done(fresh.length, 0, rows.length - fresh.length, () => {
      for (const row of fresh) known.there.add(row.external_id ?? '');
    });
  },
};

/** History is written down without what would follow from it: nobody is told of what is long over. */
async function writeIssue(tx: Tx, row: IssueRow, known: KnownIssues, who: string): Promise<void> {
  const accountId = idOf(known.accounts, row.account);
  const createdAt = row.created_at ?? 0;
  const resolvedAt = row.resolved_at ?? null;
  const number = await nextIssueNumber(tx);
  const [issue] = await tx.db
    .insert(tx.t.issues)
    .values({
      number,
      accountId,
      title: row.title ?? '',
      priority: row.priority ?? 'normal',
      category: row.category ?? null,
      state: resolvedAt === null ? 'open' : 'closed',
      ownerId: row.owner === undefined ? null : (known.people.get(personKey(row.owner)) ?? null),
      createdAt,
      createdBy: who,
      resolvedAt,
      externalId: row.external_id ?? null,
    })
    .returning({ id: tx.t.issues.id });
  const event = { accountId, issueId: issue?.id ?? null, source: 'import', data: { number } };
  await tx.db
    .insert(tx.t.log)
    .values([
      { ...event, kind: 'issue.opened', at: createdAt },
      ...(resolvedAt === null ? [] : [{ ...event, kind: 'issue.closed', at: resolvedAt, after: 'closed' }]),
    ]);
}
