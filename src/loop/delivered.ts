import { onCallShown, onStepShown } from '../alerts/climb.js';
import { onWarned } from '../alerts/lapse.js';
import { onCardShown } from '../alerts/post.js';
import { onFollowupDelivered, onNudgeDelivered, onRoundDelivered } from '../followups/jobs/course.js';
import { onCallDelivered } from '../issues/jobs/escalation.js';
import { onFlagDelivered } from '../issues/jobs/flag.js';
import { onPromiseAsked } from '../issues/jobs/promise.js';
import type { Tx } from '../store/transact.js';
import { onMorningDelivered } from './morning.js';

/** What starts when a message was delivered: `followup:7` starts the follow-up's reminder. */
export async function delivered(tx: Tx, what: string, at: number): Promise<void> {
  const [kind, id, toId] = what.split(':');
  if (kind === 'followup') await onFollowupDelivered(tx, Number(id), at, Number(toId));
  if (kind === 'nudge')
    await onNudgeDelivered(tx, Number(id), at, toId === undefined ? undefined : Number(toId));
  if (kind === 'round') await onRoundDelivered(tx, Number(id), at);
  if (kind === 'alert') await onCallShown(tx, Number(id), Number(toId), at);
  if (kind === 'alert_card') await onCardShown(tx, Number(id), at);
  if (kind === 'alert_lapse') await onWarned(tx, Number(id), Number(toId), at);
  if (kind === 'alert_step') await onStepShown(tx, Number(id), Number(toId), at);
  if (kind === 'escalation') await onCallDelivered(tx, Number(id), at);
  if (kind === 'flag') await onFlagDelivered(tx, Number(id), at);
  if (kind === 'promise')
    await onPromiseAsked(tx, Number(id), toId === undefined ? undefined : Number(toId), at);
  if (kind === 'morning') await onMorningDelivered(tx, Number(id), at);
}
