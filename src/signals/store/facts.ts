import { and, asc, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import { issueName } from '../../issues/rules/issue.js';
import { groupByKey } from '../../people/store.js';
import { setting } from '../../settings/store.js';
import type { ReadTx } from '../../store/transact.js';
import { DAY_MS, dayOnly } from '../../time/index.js';
import type { EscalationFacts } from '../rules/escalated.js';
import type { ContactFacts } from '../rules/repeat-contact.js';

const HISTORY_MS = 92 * DAY_MS;

/** Contacts of an account in the last three months as of `now`; read by index, whatever the length of history. */
export async function contactFacts(tx: ReadTx, accountId: number, now: number): Promise<ContactFacts> {
  const { contacts: c } = tx.t;
  const rows = await tx.db
    .select({ at: c.startedAt, channel: c.channel, ts: c.firstTs })
    .from(c)
    .where(and(eq(c.accountId, accountId), gt(c.startedAt, now - HISTORY_MS), lte(c.startedAt, now)))
    .orderBy(asc(c.startedAt), asc(c.id));
  return { contacts: rows };
}

/** Open calls for authority on an account's open issues. */
export async function escalationFacts(tx: ReadTx, accountId: number, now: number): Promise<EscalationFacts> {
  const { escalations: e, issues: i } = tx.t;
  const rows = await tx.db
    .select({ groupKey: e.groupKey, at: e.at, number: i.number })
    .from(e)
    .innerJoin(i, eq(i.id, e.issueId))
    .where(
      and(
        eq(i.accountId, accountId),
        eq(e.kind, 'authority'),
        isNull(e.takenBackAt),
        inArray(i.state, ['new', 'open', 'waiting']),
        lte(e.at, now),
      ),
    )
    .orderBy(asc(e.at), asc(e.id));
  const zone = await setting(tx, 'zone');
  const authority = [];
  for (const row of rows) {
    const group = await groupByKey(tx, row.groupKey);
    authority.push({
      issueName: issueName(row.number),
      group: group?.name ?? row.groupKey,
      at: row.at,
      day: dayOnly(row.at, zone, now),
    });
  }
  return { authority };
}
