import type { Account } from '../accounts/rules.js';
import type { ReadTx } from '../store/transact.js';
import { factsAsOf } from './rules/as-of.js';
import { readAccount, type Said } from './rules/evaluate.js';
import { readHistory } from './store/history.js';
import { currentRules } from './store/settings.js';
import { accountScope, openSignals, type SignalRow } from './store/signals.js';

export interface Explained {
  rule: string;
  mode: string;
  version: string;
  about: string;
  level: number;
  fireAt: number;
  clearAt: number;
  state: SignalRow['state'] | 'quiet';
  numbers: Record<string, number>;
  text: string;
}

/** What each rule reads of an account at an instant (business time), and what came of it; nothing is written. */
export async function explainAccount(tx: ReadTx, account: Account, now: number): Promise<Explained[]> {
  const rules = await currentRules(tx, now);
  const facts = factsAsOf(await readHistory(tx, account.id, { from: now, until: now }), now);
  const open = await openSignals(tx, accountScope(account.id));
  const said = readAccount(
    facts,
    rules.map((one) => ({ ...one, mode: one.mode === 'off' ? 'observe' : one.mode })),
    [],
    now,
  );
  const modes = new Map(rules.map((one) => [one.rule.id, one.mode]));
  return said.map((one) => explained(one, modes.get(one.by.rule.id) ?? 'off', open));
}

function explained(said: Said, mode: string, open: readonly SignalRow[]): Explained {
  const { by, about, reading } = said;
  const row = open.find((one) => one.rule === by.rule.id && one.about === about);
  const state = row?.state ?? 'quiet';
  const fires = reading.level >= reading.fireAt;
  const numbers = Object.entries(reading.evidence.numbers).map(([name, value]) => `${name} ${value}`);
  const where = about === '' ? '' : ` (${about})`;
  const level = `${reading.level}, fires at ${reading.fireAt}, over at ${reading.clearAt}`;
  const what = fires ? reading.evidence.line : 'does not hold';
  return {
    ...{ rule: by.rule.id, mode, version: by.version, about, level: reading.level, state },
    ...{ fireAt: reading.fireAt, clearAt: reading.clearAt, numbers: reading.evidence.numbers },
    text: `${by.rule.id} ${by.rule.name}${where}: ${mode}, ${state}; ${level}; ${what}; ${numbers.join(', ')}; version ${by.version}`,
  };
}
