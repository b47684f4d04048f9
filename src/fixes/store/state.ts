import { eq } from 'drizzle-orm';
import { type Change, whoOf } from '../../issues/store/life.js';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import { BROKE_AGAIN_ACCOUNTS, type Fix, type FixAccount, stillWaits } from '../rules/fix.js';
import { fixStep } from '../rules/state.js';
import { accountOfFix, accountsOfFix, saveAccount } from './accounts.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** What happens in the tracker; nobody is nudged by any of the three. */
    'fix.planned': Record<string, never>;
    'fix.started': Record<string, never>;
    'fix.merged': Record<string, never>;
    /** The accounts that can use it now: those named, or all; `news` are those that could not before. */
    'fix.live': { accountIds: number[] | 'all'; news: number[]; version: string | null };
    /** The accounts that waited for it: each is owed a word. */
    'fix.declined': { accountIds: number[]; reason: string | null };
    /** On the account that says so; `said` of `of` accounts do. */
    'fix.still_broken': { said: number; of: number };
    /** It does not hold: those who said so. */
    'fix.broke_again': { accountIds: number[] };
  }
}

/** What came of it: done, or why nothing was changed (null: it stands so already). */
export type FixOutcome = { done: true } | { done: false; refused: string | null };

const DONE = { done: true } as const;

/** Moves a fix as its tracker says: planned again, begun, or merged; nobody hears of it before it is live. */
export async function progressFix(
  tx: Tx,
  fix: Fix,
  verb: 'plan' | 'start' | 'merge',
  change: Change,
): Promise<FixOutcome> {
  const step = fixStep(fix.state, verb);
  // Live for some before it is merged: a release can bring it to the others from now on.
  if (verb === 'merge' && fix.state === 'live' && !fix.isForAll && fix.mergedAt === null)
    await set(tx, fix, { mergedAt: change.now });
  if (!('to' in step)) return { done: false, refused: 'refused' in step ? step.refused : null };
  const mergedAt = verb === 'merge' ? change.now : null;
  await set(tx, fix, { state: step.to, mergedAt, markedBy: whoOf(change).actor });
  const kind = ({ plan: 'fix.planned', start: 'fix.started', merge: 'fix.merged' } as const)[verb];
  await emit(tx, { ...base(fix, change), kind, before: fix.state, after: step.to, data: {} });
  return DONE;
}

/**
 * Accounts can use it now: all that wait, also those linked later, or those named.
 * @returns refused null when they could before; nothing is changed and nobody hears of it again
 */
export async function markLive(
  tx: Tx,
  fix: Fix,
  who: readonly number[] | 'all',
  change: Change & { version?: string | null },
): Promise<FixOutcome> {
  const accounts = await accountsOfFix(tx, fix.id);
  const named = accounts.filter((account) => who === 'all' || who.includes(account.accountId));
  const news = named.filter(stillWaits).map((account) => account.accountId);
  const everybody = accounts.every((account) => !stillWaits(account) || news.includes(account.accountId));
  const isForAll = who === 'all' || everybody;
  const isOld = fix.state === 'live' && news.length === 0 && (fix.isForAll || !isForAll);
  if (isOld || (named.length === 0 && who !== 'all')) return { done: false, refused: null };
  const version = change.version ?? (fix.state === 'live' ? fix.version : null);
  const liveAt = fix.state === 'live' ? (fix.liveAt ?? change.now) : change.now;
  await set(tx, fix, {
    state: 'live',
    isForAll,
    liveAt,
    version,
    reason: null,
    markedBy: whoOf(change).actor,
  });
  for (const accountId of news)
    await saveAccount(tx, fix.id, accountId, { liveAt: change.now, brokenAt: null });
  await emit(tx, {
    ...base(fix, change),
    kind: 'fix.live',
    before: fix.state,
    after: 'live',
    data: { accountIds: who === 'all' ? 'all' : [...who], news, version },
  });
  return DONE;
}

/** It will not be mended: every account that waited is owed a word about that, too. */
export async function declineFix(
  tx: Tx,
  fix: Fix,
  reason: string | null,
  change: Change,
): Promise<FixOutcome> {
  const step = fixStep(fix.state, 'decline');
  if (!('to' in step)) return { done: false, refused: 'refused' in step ? step.refused : null };
  await set(tx, fix, { state: step.to, reason, markedBy: whoOf(change).actor });
  const waiting = (await accountsOfFix(tx, fix.id)).filter(stillWaits);
  await emit(tx, {
    ...base(fix, change),
    kind: 'fix.declined',
    before: fix.state,
    after: step.to,
    data: { accountIds: waiting.map((account) => account.accountId), reason },
  });
  return DONE;
}

/**
 * One account says that it is still broken: it waits again, and nobody else is disturbed. A second account shows that
 * the fix does not hold. @returns what the accounts of the fix say now
 */
export async function sayStillBroken(
  tx: Tx,
  fix: Fix,
  accountId: number,
  change: Change,
): Promise<FixOutcome & { said: number; of: number }> {
  const account = await accountOfFix(tx, fix.id, accountId);
  const isNew = account !== undefined && account.brokenAt === null && account.liveAt !== null;
  if (isNew) await saveAccount(tx, fix.id, accountId, { liveAt: null, brokenAt: change.now });
  const accounts = await accountsOfFix(tx, fix.id);
  const broken = accounts.filter((one) => one.brokenAt !== null);
  const count = { said: broken.length, of: accounts.length };
  if (!isNew) return { done: false, refused: null, ...count };
  await emit(tx, { ...base(fix, change), kind: 'fix.still_broken', accountId, data: count });
  if (broken.length >= BROKE_AGAIN_ACCOUNTS) await markBrokeAgain(tx, fix, change);
  return { ...DONE, ...count };
}

/** It does not hold: said by a person, or by a second account. */
export async function markBrokeAgain(tx: Tx, fix: Fix, change: Change): Promise<FixOutcome> {
  const step = fixStep(fix.state, 'break');
  if (!('to' in step)) return { done: false, refused: 'refused' in step ? step.refused : null };
  await set(tx, fix, { state: step.to, isForAll: false, mergedAt: null, markedBy: whoOf(change).actor });
  const broken = (await accountsOfFix(tx, fix.id)).filter((account) => account.brokenAt !== null);
  await emit(tx, {
    ...base(fix, change),
    kind: 'fix.broke_again',
    before: fix.state,
    after: step.to,
    data: { accountIds: broken.map((account: FixAccount) => account.accountId) },
  });
  return DONE;
}

/** An account that was not told yet is not to be told of a fix that does not hold: it waits again. */
export async function withdrawLive(tx: Tx, fixId: number, accountId: number): Promise<void> {
  await saveAccount(tx, fixId, accountId, { liveAt: null });
}

async function set(tx: Tx, fix: Fix, values: Partial<Omit<Fix, 'id' | 'versions'>>): Promise<void> {
  await tx.db.update(tx.t.fixes).set(values).where(eq(tx.t.fixes.id, fix.id));
}

function base(fix: Fix, change: Change) {
  return { at: change.now, fixId: fix.id, ...whoOf(change), source: change.source };
}
