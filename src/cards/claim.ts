import { accountById } from '../accounts/store.js';
import { type LapseView, lapseCard } from '../alerts/messages/lapse.js';
import { TEAM } from '../alerts/messages.js';
import { type Alert, lapseOf } from '../alerts/rules.js';
import { alertById } from '../alerts/store.js';
import { type Person, workingHours } from '../people/rules.js';
import { personById, personBySlackId } from '../people/store.js';
import type { CardRow } from '../queue/cards.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';
import { renderFolded } from './alert.js';

/** Draws what is said to the owner of a claim before it lapses, and what became of it. */
export async function renderLapse(
  tx: ReadTx,
  alertId: number,
  now: number,
  target?: string,
  card?: CardRow,
): Promise<Message | undefined> {
  const alert = await alertById(tx, alertId);
  if (!alert) return undefined;
  const folded = await renderFolded(tx, alert, card);
  if (folded) return folded;
  const reader = target === undefined ? undefined : await personBySlackId(tx, target);
  const owner = alert.claimedBy === null ? undefined : await personById(tx, alert.claimedBy);
  const account = await accountById(tx, alert.accountId);
  return lapseCard({
    id: alert.id,
    account: account?.name ?? TEAM,
    followupId: alert.followupId,
    state: stateOf(alert, reader, card),
    when: reader ? whenOf(alert, reader, now) : '',
    since: reader && alert.progressAt !== null ? dayAndClock(alert.progressAt, reader.hours.zone, now) : '',
    owner: owner?.name ?? null,
  });
}

function stateOf(alert: Alert, reader: Person | undefined, card: CardRow | undefined): LapseView['state'] {
  if (alert.state === 'ended') return 'over';
  if (alert.state === 'open') return 'open';
  if (alert.claimedBy !== reader?.id) return 'other';
  // On its way it is the warning; once it was shown, progress takes the warning back.
  return card?.deliveredAt == null || alert.warnedAt !== null ? 'warned' : 'kept';
}

function whenOf(alert: Alert, reader: Person, now: number): string {
  const { progressAt, warnedAt } = alert;
  if (progressAt === null) return '';
  const { lapseAt } = lapseOf({ progressAt, warnedAt: warnedAt ?? now }, workingHours(reader.hours));
  return lapseAt === null ? '' : dayAndClock(lapseAt, reader.hours.zone, now);
}
