import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { factsAsOf } from './rules/as-of.js';
import { nextLook, type OpenOne, readAccount, type Said } from './rules/evaluate.js';
import { type RuleInForce, ruleOfSignal } from './rules/in-force.js';
import { type Decision, decide } from './rules/life.js';
import { readTeamRules } from './rules/team-evaluate.js';
import { readHistory } from './store/history.js';
import { inhibitorOf } from './store/inhibitions.js';
import { currentRules } from './store/settings.js';
import {
  accountScope,
  forgetSignal,
  insertSignal,
  lifeOf,
  NO_ACCOUNT,
  openSignals,
  pastOf,
  type SignalRow,
  updateSignal,
} from './store/signals.js';
import { readTeam } from './store/team.js';

declare module '../store/log.js' {
  interface EventKinds {
    /** A rule holds. `raises`: it belongs on an alert; else it is observed, held back or for the digest. */
    'signal.fired': SignalEvent & { raises: boolean };
    /** It was observed or held back, and belongs on an alert from now on. */
    'signal.raised': SignalEvent;
    /** `isMore`: there is more of it than there was, or a snooze is over. */
    'signal.changed': SignalEvent & { isMore: boolean };
    /** It is graver than before. */
    'signal.rose': SignalEvent;
    'signal.cleared': SignalEvent;
  }
}

interface SignalEvent {
  rule: string;
  signalId: number;
  severity: SignalRow['severity'];
}

/** What is evaluated: an account, a team or a feed. */
interface Scoped {
  scope: string;
  accountId: number | null;
}

/**
 * Has the rules look at an account, and writes what that changes.
 * @returns when to look again although nothing happens (business time, UTC ms); null when only a change asks for it
 */
export async function evaluateAccount(tx: Tx, accountId: number, now: number): Promise<number | null> {
  const it = { scope: accountScope(accountId), accountId };
  const inForce = await currentRules(tx, now);
  const rows = await openSignals(tx, it.scope);
  const open = openOnes(rows, inForce);
  const facts = factsAsOf(await readHistory(tx, accountId, { from: now, until: now }), now);
  return settle(tx, it, readAccount(facts, inForce, open, now), rows, now);
}

const TEAM = { team: 'team:support', feed: 'feed:unmatched' } as const;

/**
 * Has the rules look at the team as a whole, and at what belongs to no account.
 * @returns when to look again although nothing happens
 */
export async function evaluateTeam(tx: Tx, now: number): Promise<number | null> {
  const inForce = await currentRules(tx, now);
  const facts = await readTeam(tx, now);
  const looks: (number | null)[] = [];
  for (const kind of ['team', 'feed'] as const) {
    const scope = TEAM[kind];
    const rows = await openSignals(tx, scope);
    const said = readTeamRules(facts, inForce, kind, openOnes(rows, inForce), now);
    looks.push(await settle(tx, { scope, accountId: null }, said, rows, now));
  }
  return nextLook([], looks, now);
}

function openOnes(rows: readonly SignalRow[], inForce: readonly RuleInForce[]): OpenOne[] {
  return rows.flatMap((row) => {
    const by = ruleOfSignal(row, inForce);
    return by ? [{ about: row.about, by }] : [];
  });
}

/** Takes over what the rules said of a scope. @returns when to look again */
async function settle(
  tx: Tx,
  it: Scoped,
  said: readonly Said[],
  rows: readonly SignalRow[],
  now: number,
): Promise<number | null> {
  const looks: (number | null)[] = [];
  const inhibitedBy = await inhibitorOf(tx, it.scope);
  for (const one of said) {
    const key = `${one.by.rule.id}:${it.scope}:${one.about}`;
    const open = rows.find((row) => row.key === key);
    const decision = await decideOn(tx, key, one, open, now);
    looks.push(decision.lookAgainAt);
    await apply(tx, { ...it, key, said: one, inhibitedBy }, open, decision, now);
  }
  return nextLook(said, looks, now);
}

async function decideOn(
  tx: ReadTx,
  key: string,
  said: Said,
  open: SignalRow | undefined,
  now: number,
): Promise<Decision> {
  const { reading, severity, by } = said;
  const fires = reading.level >= reading.fireAt;
  // The past matters only to what is about to begin.
  const past = fires && (!open || open.state === 'pending') ? await pastOf(tx, key) : undefined;
  return decide({ reading, severity, numbers: by.numbers, open: open && lifeOf(open), past }, now);
}

interface Applied extends Scoped {
  key: string;
  said: Said;
  inhibitedBy: string | null;
}

async function apply(
  tx: Tx,
  it: Applied,
  open: SignalRow | undefined,
  { move }: Decision,
  now: number,
): Promise<void> {
  const { said } = it;
  const isShadow = said.by.mode !== 'on';
  if (!open) {
    if (move !== 'start' && move !== 'fire') return;
    const state = move === 'fire' ? 'firing' : 'pending';
    const row = await insertSignal(tx, { ...it, state, isShadow }, now);
    if (row && state === 'firing') await tell(tx, 'signal.fired', row, now);
    return;
  }
  if (move === 'forget') return forgetSignal(tx, open.id);
  if (move === 'clear') return clear(tx, open, now);
  const current = {
    severity: said.severity,
    place: said.place,
    level: Math.round(said.reading.level),
    evidence: said.reading.evidence,
    changedAt: now,
  };
  if (move === 'fire' || move === 'again')
    await fire(tx, open, { ...current, isShadow, inhibitedBy: it.inhibitedBy }, now);
  if (move === 'change' || move === 'rise' || move === 'wake') {
    const quiet = { snoozedUntil: null, snoozedLevel: null };
    const row = await updateSignal(tx, open.id, { ...current, ...(move === 'change' ? {} : quiet) });
    const isMore = move !== 'change' || row.level > open.level;
    await tell(tx, move === 'rise' ? 'signal.rose' : 'signal.changed', row, now, isMore);
  }
  if (open.state === 'firing' && (open.isShadow || open.inhibitedBy !== null))
    await raiseLate(tx, it, open, now);
}

async function fire(tx: Tx, open: SignalRow, set: Partial<SignalRow>, now: number): Promise<void> {
  const row = await updateSignal(tx, open.id, {
    ...set,
    state: 'firing',
    firedAt: now,
    handledAt: null,
    alertId: null,
  });
  await tell(tx, 'signal.fired', row, now);
}

async function clear(tx: Tx, open: SignalRow, now: number): Promise<void> {
  const row = await updateSignal(tx, open.id, {
    state: 'cleared',
    openKey: null,
    clearedAt: now,
    changedAt: now,
  });
  await tell(tx, 'signal.cleared', row, now);
}

/** What was only observed or held back when it fired is raised once its rule is on and nothing holds it back. */
async function raiseLate(tx: Tx, it: Applied, open: SignalRow, now: number): Promise<void> {
  if (it.said.by.mode !== 'on' || it.inhibitedBy !== null) return;
  const row = await updateSignal(tx, open.id, { isShadow: false, inhibitedBy: null });
  if (raises(row)) await tell(tx, 'signal.raised', row, now);
}

/** Whether a signal belongs on an alert. */
function raises(row: SignalRow): boolean {
  return !row.isShadow && row.inhibitedBy === null && row.place !== 'digest';
}

type Kind = 'signal.fired' | 'signal.raised' | 'signal.changed' | 'signal.rose' | 'signal.cleared';

async function tell(tx: Tx, kind: Kind, row: SignalRow, now: number, isMore = false): Promise<void> {
  const data = { rule: row.rule, signalId: row.id, severity: row.severity, raises: raises(row), isMore };
  await emit(tx, {
    kind,
    at: now,
    accountId: row.accountId === NO_ACCOUNT ? null : row.accountId,
    alertId: row.alertId,
    source: 'clock',
    data,
  });
}
