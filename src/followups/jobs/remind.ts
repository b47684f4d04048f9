import { accountById } from '../../accounts/store.js';
import { personById } from '../../people/store.js';
import type { Tx } from '../../store/transact.js';
import { wallOf } from '../../time/index.js';
import type { Followup } from '../rules.js';
import { setOpen } from '../store/hold.js';
import { openFollowupsOfPerson } from '../store.js';
import { remindSoon } from './course.js';

/** What a lead's *Remind* did to one teller, and why it did nothing. */
export interface Reminding {
  who: string;
  /** Which accounts they have not told. */
  accounts: string[];
  what: 'reminded' | 'today already' | 'not shown' | 'asleep';
}

/**
 * A lead brings what is still owed to its tellers' minds: in their working time and their budget, each once a day of
 * theirs, in one message. Nobody is reminded of what they were never shown, or put off themselves.
 * @param owed open follow-ups @param now business time, UTC ms @returns a line per teller, in the order of their ids
 */
export async function remindTellers(tx: Tx, owed: readonly Followup[], now: number): Promise<Reminding[]> {
  const done: Reminding[] = [];
  const tellers = [...new Set(owed.map((followup) => followup.ownerId))].sort((a, b) => a - b);
  for (const id of tellers) {
    const own = owed.filter((followup) => followup.ownerId === id);
    done.push(await remindOne(tx, id, own, now));
  }
  return done;
}

async function remindOne(tx: Tx, id: number, own: readonly Followup[], now: number): Promise<Reminding> {
  const person = await personById(tx, id);
  const today = wallOf(now, person?.hours.zone ?? 'UTC').date;
  const all = await openFollowupsOfPerson(tx, id);
  const shown = own.filter((one) => one.deliveredAt !== null);
  const awake = shown.filter((one) => one.snoozedUntil === null);
  const wasReminded = all.some((one) => one.leadRemindedOn === today || one.pending !== null);
  const what = wasReminded
    ? 'today already'
    : shown.length === 0
      ? 'not shown'
      : awake.length === 0
        ? 'asleep'
        : 'reminded';
  const named = what === 'reminded' ? awake : own;
  if (what === 'reminded')
    for (const followup of awake) {
      await setOpen(tx, followup, { leadRemindedOn: today });
      await remindSoon(tx, followup, 'lead', now);
    }
  const accounts = [];
  for (const followup of named) accounts.push((await accountById(tx, followup.accountId))?.name ?? '');
  return { who: person?.name ?? 'Somebody', accounts, what };
}
