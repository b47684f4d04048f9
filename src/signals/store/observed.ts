import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import { accountById } from '../../accounts/store.js';
import type { ReadTx } from '../../store/transact.js';
import { DAY_MS } from '../../time/index.js';
import type { RuleInForce } from '../rules/in-force.js';
import type { Heard } from '../rules/report.js';
import { hearer, NOBODYS } from './hearer.js';
import { NO_ACCOUNT } from './signals.js';

const BEFORE_MS = 14 * DAY_MS;
/** What one message can sum up; beyond, the newest count. */
const MOST = 2_000;

/** Whether anything was ever heard here. */
export async function isUsed(tx: ReadTx): Promise<boolean> {
  const [row] = await tx.db.select({ id: tx.t.contacts.id }).from(tx.t.contacts).limit(1);
  return row !== undefined;
}

/** What rules said or would have said in a stretch, and who would have heard it. */
export async function observedBetween(
  tx: ReadTx,
  rules: readonly RuleInForce[],
  span: { from: number; until: number },
): Promise<Heard[]> {
  const { log, signals: s } = tx.t;
  const fired = await tx.db
    .select({ at: log.at, data: log.data })
    .from(log)
    .where(and(eq(log.kind, 'signal.fired'), gt(log.at, span.from), lte(log.at, span.until)))
    .orderBy(asc(log.at), asc(log.id))
    .limit(MOST);
  const ids = fired.map(({ data }) => Number(data.signalId));
  if (ids.length === 0) return [];
  const rows = await tx.db.select().from(s).where(inArray(s.id, ids)).orderBy(asc(s.id));
  const heard: Heard[] = [];
  for (const row of rows) {
    const account = await accountById(tx, row.accountId);
    const rule = rules.find((one) => one.rule.id === row.rule);
    // What belongs to no account is said to the lead, and comes before nobody's trouble.
    if (!rule || (!account && row.accountId !== NO_ACCOUNT)) continue;
    const wasBefore = account ? await troubleAfter(tx, account.id, row.firedAt ?? row.since) : false;
    const said = { rule: row.rule, place: row.place, wasBefore };
    const person = await hearer(tx, account ?? NOBODYS, rule.rule.func);
    heard.push({ said, accountId: account?.id ?? null, person });
  }
  return heard;
}

/** Whether an account was escalated or something came back within fourteen days after an instant. */
async function troubleAfter(tx: ReadTx, accountId: number, at: number): Promise<boolean> {
  const { log } = tx.t;
  const [row] = await tx.db
    .select({ id: log.id })
    .from(log)
    .where(
      and(
        eq(log.accountId, accountId),
        inArray(log.kind, ['escalation.opened', 'issue.reopened']),
        gt(log.at, at),
        lte(log.at, at + BEFORE_MS),
      ),
    )
    .limit(1);
  return row !== undefined;
}
