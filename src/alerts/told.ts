import { openFollowupsOf } from '../followups/store.js';
import { authorityKey, openEscalations } from '../issues/store/escalations.js';
import type { Person } from '../people/rules.js';
import { sentAtOf } from '../queue/enqueue.js';
import { type SignalRow, signalsOfAlert } from '../signals/store/signals.js';
import type { ReadTx } from '../store/transact.js';
import { MINUTE_MS } from '../time/index.js';
import { type Alert, alertPlace } from './rules.js';

const ESCALATED = 'S06';
/** A signal is read in a transaction after the one of what happened: a follow-up of the same event is this much older at most. */
export const SAME_EVENT_MS = 5 * MINUTE_MS;

/**
 * One event, one message: whether somebody was told already of all that an alert would call them about, by the note
 * that an account asked for more authority, or by what they owe it since then.
 * @returns since when they know; `shownAt` is null when what they owe has a ladder of its own
 */
export async function toldOf(
  tx: ReadTx,
  alert: Alert,
  who: Person,
): Promise<{ shownAt: number | null } | null> {
  const signals = (await signalsOfAlert(tx, alert.id)).filter((one) => one.state === 'firing');
  const untold: SignalRow[] = [];
  const since: (number | null)[] = [];
  for (const signal of signals.filter((one) => one.place === 'interruptive')) {
    const told = await toldOfSignal(tx, alert, signal, who);
    if (told) since.push(told.shownAt);
    else untold.push(signal);
  }
  const rest = signals.filter((one) => one.place !== 'interruptive');
  if (since.length === 0 || alertPlace([...rest, ...untold]) === 'interruptive') return null;
  const shown = since.filter((at) => at !== null);
  return { shownAt: shown.length < since.length ? null : Math.max(...shown) };
}

async function toldOfSignal(
  tx: ReadTx,
  alert: Alert,
  signal: SignalRow,
  who: Person,
): Promise<{ shownAt: number | null } | null> {
  for (const followup of await openFollowupsOf(tx, alert.accountId))
    if (followup.ownerId === who.id && Math.abs(followup.createdAt - signal.since) <= SAME_EVENT_MS)
      return { shownAt: null };
  if (signal.rule !== ESCALATED) return null;
  for (const call of await openEscalations(tx, Number(signal.about.split(':')[1]))) {
    const shownAt = await sentAtOf(tx, authorityKey(call.id, who.slackId));
    if (shownAt !== null) return { shownAt };
  }
  return null;
}
