import { activeAccounts } from '../accounts/store.js';
import type { ReadTx, Store } from '../store/transact.js';
import { DAY_MS, HOUR_MS } from '../time/index.js';
import { backtest, WARM_UP_MS } from './rules/backtest.js';
import type { RuleInForce } from './rules/in-force.js';
import { Replay } from './rules/replay.js';
import { type Heard, type RuleReport, summarise } from './rules/report.js';
import { dismissedBetween } from './store/dismissed.js';
import { hearer, NOBODYS } from './store/hearer.js';
import { readHistory } from './store/history.js';
import { currentRules } from './store/settings.js';
import { readTeam } from './store/team.js';

export interface BacktestOptions {
  /** Business time, UTC ms. */
  now: number;
  /** How far back. */
  days: number;
  /** Only this rule; all when absent. */
  rule?: string;
}

export interface BacktestReport {
  days: number;
  accounts: number;
  rules: RuleReport[];
}

/**
 * Lives through the last days of every account with the rules as they are now, all of them switched on, one account
 * at a time and without writing anything.
 * @throws Error in words when there is no such rule
 */
export async function runBacktest(store: Store, o: BacktestOptions): Promise<BacktestReport> {
  const span = { from: o.now - o.days * DAY_MS, until: o.now };
  const all = await store.read((tx) => currentRules(tx, o.now));
  const wanted = all.filter(({ rule }) => o.rule === undefined || rule.id === o.rule);
  if (wanted.length === 0)
    throw new Error(`There is no rule ${o.rule}. There are ${all.map(({ rule }) => rule.id).join(', ')}.`);
  const ofTeam = wanted.filter(isOfTeam);
  const ofAccounts = wanted.filter((one) => !isOfTeam(one));
  const accounts = await store.read(activeAccounts);
  const heard: Heard[] = [];
  if (ofAccounts.length > 0)
    for (const account of accounts)
      heard.push(...(await store.read((tx) => hear(tx, account, ofAccounts, all, span))));
  if (ofTeam.length > 0) heard.push(...(await hearTeam(store, ofTeam, span)));
  const dismissed = await store.read((tx) => dismissedBetween(tx, span));
  return {
    days: o.days,
    accounts: accounts.length,
    rules: summarise(wanted, heard, span, dismissed),
  };
}

const isOfTeam = ({ rule }: RuleInForce) => rule.scope === 'team' || rule.scope === 'feed';

/** Rules of the team count days and weeks: looked at as often as this, none of what they say is missed. */
const TEAM_EVERY_MS = 6 * HOUR_MS;

async function hearTeam(
  store: Store,
  tested: readonly RuleInForce[],
  span: { from: number; until: number },
): Promise<Heard[]> {
  const replay = new Replay(tested.map((one) => ({ ...one, mode: 'on' as const })));
  for (let at = span.from - WARM_UP_MS; at <= span.until; at += TEAM_EVERY_MS)
    replay.lookAtTeam(await store.read((tx) => readTeam(tx, at)), at);
  const funcs = new Map(tested.map(({ rule }) => [rule.id, rule.func]));
  const heard: Heard[] = [];
  for (const said of replay.spoken.filter(({ firedAt }) => firedAt >= span.from)) {
    const person = await store.read((tx) => hearer(tx, NOBODYS, funcs.get(said.rule) ?? 'support'));
    heard.push({ said: { ...said, wasBefore: false }, accountId: null, person });
  }
  return heard;
}

type Owned = { id: number; csmId: number | null; supportOwnerId: number | null };

async function hear(
  tx: ReadTx,
  account: Owned,
  tested: readonly RuleInForce[],
  all: readonly RuleInForce[],
  span: { from: number; until: number },
): Promise<Heard[]> {
  const history = await readHistory(tx, account.id, { from: span.from - WARM_UP_MS, until: span.until });
  // What reads other signals needs them, also when only that rule was asked for.
  const needsAll = tested.some(({ rule }) => rule.scope === 'account' && rule.readsSignals);
  const rules = (needsAll ? all : tested).map((one) => ({ ...one, mode: 'on' as const }));
  const names = {
    success: await hearer(tx, account, 'success'),
    support: await hearer(tx, account, 'support'),
  };
  const ids = new Map(tested.map((one) => [one.rule.id, one.rule.func]));
  return backtest(history, rules, span).flatMap((said) => {
    const func = ids.get(said.rule);
    return func === undefined ? [] : [{ said, accountId: account.id, person: names[func] }];
  });
}
