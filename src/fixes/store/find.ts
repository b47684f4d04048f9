import { asc, eq, isNotNull } from 'drizzle-orm';
import { type Issue, parseIssueNumber } from '../../issues/rules/issue.js';
import { issueMeant } from '../../issues/store/folded.js';
import { setting } from '../../settings/store.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Fix } from '../rules/fix.js';
import { readTracker } from '../trackers/address.js';
import { accountsOfFix } from './accounts.js';
import { fixByTracker, fixOfIssue } from './fixes.js';

/** What somebody meant by a number, a key or an address: a fix, an issue without one, several fixes, or nothing. */
export type FixMeant =
  | { fix: Fix; issue?: Issue; folded?: Issue | null }
  | { issue: Issue; folded: Issue | null }
  | { several: Fix[] }
  | { none: true };

/** Finds a fix as people name it: `B-42`, `ENG-311`, `app#12`, `acme/app#12`, or its address. */
export async function fixMeant(tx: ReadTx, typed: string): Promise<FixMeant> {
  const number = parseIssueNumber(typed);
  if (number !== null) return byIssue(tx, number);
  const item = readTracker(typed);
  if (item) {
    const fix = await fixByTracker(tx, item.key);
    return fix ? { fix } : { none: true };
  }
  const found = await byName(tx, typed.trim().toLowerCase());
  if (found.length > 1) return { several: found };
  return found[0] ? { fix: found[0] } : { none: true };
}

async function byIssue(tx: ReadTx, number: number): Promise<FixMeant> {
  const meant = await issueMeant(tx, number);
  if (!meant) return { none: true };
  const fix = await fixOfIssue(tx, meant.issue.id);
  const folded = meant.folded ?? null;
  return fix ? { fix, issue: meant.issue, folded } : { issue: meant.issue, folded };
}

async function byName(tx: ReadTx, name: string): Promise<Fix[]> {
  if (name === '') return [];
  const { fixes } = tx.t;
  const linked = await tx.db.select().from(fixes).where(isNotNull(fixes.trackerKey)).orderBy(asc(fixes.id));
  return linked.filter(
    (fix) => fix.itemName?.toLowerCase() === name || fix.trackerKey?.toLowerCase().endsWith(`:${name}`),
  );
}

/** Keys of what changes when a fix does: itself, and every account that it is for. */
export async function keysOfFix(tx: ReadTx, fix: Fix): Promise<string[]> {
  const accounts = await accountsOfFix(tx, fix.id);
  return [`fix:${fix.trackerKey ?? fix.id}`, ...accounts.map((account) => `account:${account.accountId}`)];
}

/** Addresses of where new items are begun: those that were chosen, then the items that were linked, the last first. */
export async function newItemPlaces(tx: ReadTx): Promise<string[]> {
  const { fixes } = tx.t;
  const rows = await tx.db
    .select({ url: fixes.url })
    .from(fixes)
    .where(isNotNull(fixes.trackerKey))
    .orderBy(asc(fixes.id));
  return [...(await setting(tx, 'newItems')), ...rows.flatMap((row) => row.url ?? []).reverse()];
}

/** What whoever linked a fix is asked, until it is answered; null when nothing is. */
export async function setQuestion(tx: Tx, fixId: number, question: Fix['question']): Promise<void> {
  await tx.db.update(tx.t.fixes).set({ question }).where(eq(tx.t.fixes.id, fixId));
}
