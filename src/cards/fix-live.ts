import { accountById } from '../accounts/store.js';
import { fixLive, fixSaid, notWaiting } from '../fixes/messages/answers.js';
import { liveForModal } from '../fixes/messages/live-for.js';
import type { Fix } from '../fixes/rules/fix.js';
import { accountsOfFix, waitingAccounts } from '../fixes/store/accounts.js';
import { markLive } from '../fixes/store/state.js';
import type { Change } from '../issues/store/life.js';
import type { Person } from '../people/rules.js';
import type { Message } from '../slack/blocks/index.js';
import type { Answer } from '../slack/dispatch.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { fixView } from './fix.js';

/** A person says that a fix is live: for all who wait, or for some. */

/** The accounts that it is live for now, or what was typed that is none of them. */
export type ForWhom = 'all' | { ids: number[]; names: string[] } | { unknown: string };

/** Says that all, or some, can use it now. */
export async function sayLive(
  tx: Tx,
  fix: Fix,
  called: string,
  who: ForWhom,
  change: Change & { by: Person },
): Promise<Message> {
  if (who !== 'all' && 'unknown' in who) {
    const names = (await waitingNames(tx, fix)).map((account) => account.name);
    return notWaiting(who.unknown, names);
  }
  const { done } = await markLive(tx, fix, who === 'all' ? 'all' : who.ids, change);
  const { accounts } = await fixView(tx, fix, change.by.hours.zone, change.now);
  const forSome = who === 'all' ? null : who.names;
  return fixLive({ name: called, title: fix.title, isNew: done, forSome, accounts });
}

/** The form with those who wait, to tick for whom it is live; nothing to tick where nobody waits. */
export async function askForWhom(
  tx: ReadTx,
  fix: Fix,
  called: string,
  channel: string | null,
): Promise<Answer> {
  const accounts = await waitingNames(tx, fix);
  if (accounts.length === 0) return { say: fixSaid({ nobodyWaits: called }) };
  return { open: liveForModal({ id: fix.id, name: called, title: fix.title, accounts, channel }) };
}

/** Those who cannot use it yet. */
export async function waitingNames(tx: ReadTx, fix: Fix): Promise<{ id: number; name: string }[]> {
  const names = [];
  for (const { accountId: id } of await waitingAccounts(tx, fix.id))
    names.push({ id, name: (await accountById(tx, id))?.name ?? '' });
  return names;
}

/** Reads the accounts that were typed after *for*, by name or short name; all when none was. */
export async function forWhom(tx: ReadTx, fix: Fix, typed: string): Promise<ForWhom> {
  if (typed === '' || typed.toLowerCase() === 'all') return 'all';
  const known = [];
  for (const { accountId } of await accountsOfFix(tx, fix.id)) known.push(await accountById(tx, accountId));
  const ids: number[] = [];
  const names: string[] = [];
  for (const part of typed.split(',').map((text) => text.trim())) {
    const wanted = part.toLowerCase();
    const found = known.find((one) => one && [one.name.toLowerCase(), one.slug].includes(wanted));
    if (!found) return { unknown: part };
    ids.push(found.id);
    names.push(found.name);
  }
  return { ids, names };
}
