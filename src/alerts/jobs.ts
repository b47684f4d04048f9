import { signalById } from '../signals/store/signals.js';
import type { Tx } from '../store/transact.js';
import { callJob, climbJob } from './climb.js';
import { lapseJob } from './lapse.js';
import { postJob, showAlert } from './post.js';
import { rescueJob } from './rescue.js';
import { alertById, raise, weigh } from './store.js';

/** A signal began: it goes on its scope's alert, which is posted when its signals have gathered. */
export async function onSignal(tx: Tx, signalId: number, now: number): Promise<void> {
  const signal = await signalById(tx, signalId);
  if (!signal) return;
  const { alert } = await raise(tx, signal, now);
  await showAlert(tx, alert, now);
}

/** There is more of a signal than there was: its alert is as grave as that, and shows it. */
export async function onSignalGrew(tx: Tx, alertId: number, now: number): Promise<void> {
  const alert = await alertById(tx, alertId);
  if (!alert || alert.state === 'ended') return;
  await showAlert(tx, await weigh(tx, alert, now), now);
}

export const alertJobs = {
  'alert.post': postJob,
  'alert.call': callJob,
  'alert.climb': climbJob,
  'alert.rescue': rescueJob,
  'alert.lapse': lapseJob,
};
