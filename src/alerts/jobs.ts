import { accountById } from '../accounts/store.js';
import { personById } from '../people/store.js';
import { placeCard } from '../queue/cards.js';
import { type DueHandler, setDueBy } from '../queue/due.js';
import { setting } from '../settings/store.js';
import { openSignals } from '../signals/store/signals.js';
import type { Tx } from '../store/transact.js';
import { type Alert, firstPostAt } from './rules.js';
import { alertById, endAlert, markPosted, openAlertOf, raise } from './store.js';

/** A signal began: it goes on the account's alert, which is posted when its signals have gathered. */
export async function onSignal(
  tx: Tx,
  signal: { accountId: number; signalId: number; severity: Alert['severity'] },
  now: number,
): Promise<void> {
  const { alert } = await raise(tx, signal, now);
  if (alert.postedAt === null)
    await setDueBy(tx, `post:alert:${alert.id}`, 'alert.post', alert.id, firstPostAt(alert));
}

/** A signal cleared: an alert that nobody claimed ends with its last signal. */
export async function onSignalCleared(tx: Tx, accountId: number, now: number): Promise<void> {
  const alert = await openAlertOf(tx, accountId);
  if (alert?.state !== 'open') return;
  const left = (await openSignals(tx, accountId)).filter((signal) => signal.alertId === alert.id);
  if (left.length === 0) await endAlert(tx, alert, { by: null, reason: 'quiet again', now, source: 'clock' });
}

const post: DueHandler = {
  keys: async (tx, row) => {
    const alert = await alertById(tx, row.subjectId);
    return alert ? [`account:${alert.accountId}`] : [];
  },
  run: async (tx, row, now) => {
    const alert = await alertById(tx, row.subjectId);
    const channel = await setting(tx, 'teamChannel');
    if (!alert || alert.state === 'ended' || channel === null) return null;
    const account = await accountById(tx, alert.accountId);
    const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
    await placeCard(
      tx,
      {
        kind: 'alert',
        subjectId: alert.id,
        target: channel,
        accounts: [alert.accountId],
        fallbackUserId: csm?.slackId ?? null,
      },
      now,
    );
    await markPosted(tx, alert.id, now);
    return null;
  },
};

export const alertJobs = { 'alert.post': post };
