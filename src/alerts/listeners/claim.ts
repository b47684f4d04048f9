import { accountById } from '../../accounts/store.js';
import { followupDueAt } from '../../followups/rules.js';
import { moveFollowup } from '../../followups/store/hold.js';
import { followupById, openFollowup } from '../../followups/store.js';
import { type Person, workingHours } from '../../people/rules.js';
import type { Tx } from '../../store/transact.js';
import { dayAndClock } from '../../time/index.js';
import { alertOver, claimed } from '../messages.js';
import type { Alert } from '../rules.js';
import { claim, linkFollowup } from '../store.js';
import { alertPress, taken } from './meant.js';

/** *Claim follow-up*: one wins and owes the account a call; everybody else learns who it is. */
export const claimPress = alertPress('alert.claim', async (tx, found, person, _it, now) => {
  const account = await accountById(tx, found.alert.accountId);
  if (!account) return { say: alertOver({ account: found.name, endText: 'there is nobody to call' }) };
  const result = await claim(tx, found.alert, person, now);
  if (!result.won) return taken(tx, { ...found, alert: result.alert }, person, now);
  const dueAt = await owe(tx, result.alert, account.id, person, now);
  return { say: claimed({ account: account.name, dueText: dayAndClock(dueAt, person.hours.zone, now) }) };
});

async function owe(tx: Tx, alert: Alert, accountId: number, person: Person, now: number): Promise<number> {
  const dueAt = followupDueAt(now, workingHours(person.hours));
  const { followup } = await openFollowup(tx, {
    accountId,
    kind: 'restore',
    alertId: alert.id,
    ownerId: person.id,
    dueAt,
    now,
    source: 'button',
    actor: person.slackId,
  });
  await linkFollowup(tx, alert.id, followup.id);
  const open = await followupById(tx, followup.id);
  // What somebody's lapsed claim left behind is taken up, with the time that anybody has.
  if (open && open.ownerId !== person.id)
    await moveFollowup(
      tx,
      open,
      { to: person, why: 'taken', dueAt: Math.max(open.dueAt, dueAt) },
      { by: person, now, source: 'button' },
    );
  return (await followupById(tx, followup.id))?.dueAt ?? dueAt;
}
