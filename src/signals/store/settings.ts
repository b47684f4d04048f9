import { and, eq } from 'drizzle-orm';
import { setting } from '../../settings/store.js';
import type { ReadTx } from '../../store/transact.js';
import { type RuleInForce, type RuleSetting, rulesInForce } from '../rules/in-force.js';

/** The scope of the settings table under which each rule has its versions, by its id. */
export const RULES_SCOPE = 'rules';

/** The newest version of each rule's setting. */
export async function ruleSettings(
  tx: ReadTx,
): Promise<Map<string, { value: RuleSetting; version: number }>> {
  const { settings: s } = tx.t;
  const rows = await tx.db
    .select({ key: s.key, value: s.value, version: s.version })
    .from(s)
    .where(and(eq(s.isCurrent, true), eq(s.scope, RULES_SCOPE)));
  return new Map(rows.map((row) => [row.key, { value: row.value as RuleSetting, version: row.version }]));
}

/** The rules as they hold at an instant (business time). */
export async function currentRules(tx: ReadTx, now: number): Promise<RuleInForce[]> {
  const observeUntil = await setting(tx, 'observeUntil');
  return rulesInForce(await ruleSettings(tx), observeUntil !== null && observeUntil > now);
}
