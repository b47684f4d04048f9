import { onSignal, onSignalGrew } from '../alerts/jobs.js';
import { endIfQuiet, onAlertTaken } from '../alerts/quiet.js';
import { evaluateSoon, evaluateTeamSoon } from '../signals/jobs.js';
import { readWords } from '../signals/read-words.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';

/** What follows for signals from what happened, and for alerts from signals. */

type SignalEvent = LoggedEvent & { data: { signalId: number } };

/** What happened may change what the rules say of its account: they look at it soon, in a transaction of their own. */
export async function lookAtAccount(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.accountId != null) await evaluateSoon(tx, event.accountId, event.at);
}

/** What happened may change what the rules say of the team. */
export async function lookAtTeam(tx: Tx, event: LoggedEvent): Promise<void> {
  await evaluateTeamSoon(tx, event.at);
}

/** Telling phrases in what a customer wrote, edited or took away. */
export async function lookAtWords(
  tx: Tx,
  event: LoggedEvent & { data: { channel: string; ts: string } },
): Promise<void> {
  const { accountId, contactId = null, data, at } = event;
  if (accountId != null)
    await readWords(tx, { accountId, contactId, channel: data.channel, ts: data.ts }, at);
}

/** A signal that speaks goes on its scope's alert; one that is observed, held back or for the digest does not. */
export async function raiseFired(
  tx: Tx,
  event: LoggedEvent & { data: { signalId: number; raises: boolean } },
): Promise<void> {
  if (event.data.raises) await raiseAlert(tx, event);
}

export async function raiseAlert(tx: Tx, event: SignalEvent): Promise<void> {
  await onSignal(tx, event.data.signalId, event.at);
}

/** An alert is as grave as its gravest signal, and shows what came to it. */
export async function growAlert(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId != null) await onSignalGrew(tx, event.alertId, event.at);
}

/** There is more of it than there was; less of it, or other words for as much, is drawn where it stands. */
export async function growIfMore(tx: Tx, event: LoggedEvent & { data: { isMore: boolean } }): Promise<void> {
  if (event.data.isMore) await growAlert(tx, event);
}

export async function settleAlert(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId != null) await endIfQuiet(tx, event.alertId, event.at);
}

/** Somebody has it, or it is over: nobody else is called about it. */
export async function quietAlert(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.alertId != null) await onAlertTaken(tx, event.alertId, event.at);
}
