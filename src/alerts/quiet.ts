import { signalsOfAlert } from '../signals/store/signals.js';
import type { Tx } from '../store/transact.js';
import { endCall } from './call.js';
import { endClimb } from './climb.js';
import { endRescue } from './rescue.js';
import { alertById, endAlert } from './store.js';

/** An alert that nobody has ends once none of its signals holds. */
export async function endIfQuiet(tx: Tx, alertId: number, now: number): Promise<void> {
  const alert = await alertById(tx, alertId);
  if (alert?.state !== 'open') return;
  const left = (await signalsOfAlert(tx, alert.id)).filter((signal) => signal.state === 'firing');
  if (left.length === 0) await endAlert(tx, alert, { by: null, reason: 'quiet again', now, source: 'clock' });
}

/** It is somebody's, or over: nobody is called about it any more. */
export async function onAlertTaken(tx: Tx, alertId: number, now: number): Promise<void> {
  await endCall(tx, alertId);
  await endRescue(tx, alertId);
  await endClimb(tx, alertId, now);
}
