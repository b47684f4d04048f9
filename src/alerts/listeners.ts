import { accountById } from '../accounts/store.js';
import { followupDueAt } from '../followups/rules.js';
import { followupById, openFollowup } from '../followups/store.js';
import { type Person, workingHours } from '../people/rules.js';
import { personById } from '../people/store.js';
import type { Answer, Surface } from '../slack/dispatch.js';
import type { Press } from '../slack/interactions.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';
import { alertOver, CLAIM, claimed, claimedBy, dismissed, NOT_NEEDED } from './messages.js';
import type { Alert } from './rules.js';
import { alertById, claim, endAlert, linkFollowup } from './store.js';

async function alertKeys(tx: ReadTx, it: Press): Promise<string[]> {
  const alert = await alertById(tx, Number(it.value));
  return alert ? [`account:${alert.accountId}`] : [];
}

/** *Claim follow-up*: one wins and owes the account a call; everybody else learns who it is. */
const claimPress: Surface<Person, Press> = {
  may: 'alert.claim',
  keys: alertKeys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const alert = await alertById(tx, Number(it.value));
    const account = alert && (await accountById(tx, alert.accountId));
    if (!alert || !account) return { say: alertOver({ account: 'the account', endText: 'it is gone' }) };
    if (alert.state === 'ended')
      return { say: alertOver({ account: account.name, endText: alert.endReason ?? 'ended' }) };
    const result = await claim(tx, alert, person, now);
    if (!result.won)
      return { say: claimedBy({ account: account.name, ...(await ownerOf(tx, result.alert, person)) }) };
    const dueAt = await owe(tx, result.alert, person, now);
    return { say: claimed({ account: account.name, dueText: dayAndClock(dueAt, person.hours.zone, now) }) };
  },
};

async function ownerOf(tx: ReadTx, alert: Alert, asking: Person): Promise<{ owner: string; isYou: boolean }> {
  const owner = alert.claimedBy === null ? undefined : await personById(tx, alert.claimedBy);
  return { owner: owner?.name ?? 'Somebody', isYou: owner?.id === asking.id };
}

async function owe(tx: Tx, alert: Alert, person: Person, now: number): Promise<number> {
  const dueAt = followupDueAt(now, workingHours(person.hours));
  const { followup } = await openFollowup(tx, {
    accountId: alert.accountId,
    kind: 'restore',
    alertId: alert.id,
    ownerId: person.id,
    dueAt,
    now,
    source: 'button',
    actor: person.slackId,
  });
  await linkFollowup(tx, alert.id, followup.id);
  return (await followupById(tx, followup.id))?.dueAt ?? dueAt;
}

/** *Not needed*: the alert ends, and its signals stay quiet until they were clear once. */
const notNeededPress: Surface<Person, Press> = {
  may: 'alert.dismiss',
  keys: alertKeys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const alert = await alertById(tx, Number(it.value));
    const account = alert && (await accountById(tx, alert.accountId));
    if (!alert || !account) return { say: alertOver({ account: 'the account', endText: 'it is gone' }) };
    if (alert.state === 'claimed')
      return { say: claimedBy({ account: account.name, ...(await ownerOf(tx, alert, person)) }) };
    const ended = await endAlert(tx, alert, {
      by: person,
      reason: `not needed (${person.name})`,
      now,
      source: 'button',
    });
    return {
      say: ended
        ? dismissed({ account: account.name })
        : alertOver({ account: account.name, endText: alert.endReason ?? 'ended' }),
    };
  },
};

export const alertSurfaces = { presses: { [CLAIM]: claimPress, [NOT_NEEDED]: notNeededPress } };
