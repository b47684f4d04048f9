import { disturbsAt } from '../../people/ladder.js';
import type { Person } from '../../people/rules.js';
import { personById } from '../../people/store.js';
import type { DueHandler } from '../../queue/due.js';
import type { Tx } from '../../store/transact.js';
import type { Followup } from '../rules.js';
import { setOpen } from '../store/hold.js';
import { addRound, pendingOf } from '../store/nudges.js';
import { handToStandIn, lights, placeFor, quietOf, tomorrow } from './deliver.js';

/** One message to one person with all that is to be brought to mind: after a long silence, too. */
export const round: DueHandler = {
  keys: async (tx, row) => {
    const pending = await pendingOf(tx, row.subjectId);
    return [`person:${row.subjectId}`, ...new Set(pending.map((one) => `account:${one.accountId}`))];
  },
  run: async (tx, row, now) => {
    const person = await personById(tx, row.subjectId);
    const pending = await pendingOf(tx, row.subjectId);
    const [first] = pending;
    if (!person || !first) return null;
    // Away or gone since it was wanted: a message to them would reach nobody.
    if (await handToStandIn(tx, first, person, now)) {
      for (const one of pending.slice(1)) await handToStandIn(tx, one, person, now);
      return null;
    }
    const gravest = pending.find((one) => one.severity === 'critical') ?? first;
    const at = disturbsAt(quietOf(gravest, person), now);
    if (at > now) return at;
    const eldest = pending.reduce((a, b) => (a.id <= b.id ? a : b));
    if (
      !(await lights(tx, person, gravest, 'nudge', `followup:${eldest.id}`, now, { step: whichOf(eldest) }))
    )
      return tomorrow(person, now);
    for (const one of pending) await setOpen(tx, one, { pending: null });
    await sendRound(tx, person, pending, now);
    return null;
  },
};

/** Which reminder of it this is: held back and weighed anew it is the same badge. */
function whichOf(one: Followup): string {
  return [one.pending, one.nudges, one.snoozes, one.leadRemindedOn ?? ''].join(':');
}

async function sendRound(tx: Tx, person: Person, pending: readonly Followup[], now: number): Promise<void> {
  const [only] = pending;
  if (only && pending.length === 1) {
    const what = { accounts: [only.accountId], onDelivered: `nudge:${only.id}:${person.id}` };
    return placeFor(tx, person, 'nudge', only.id, what, now);
  }
  const ids = pending.map((one) => one.id);
  const roundId = await addRound(tx, person.id, ids, now);
  for (const one of pending) await setOpen(tx, one, { roundId });
  const accounts = [...new Set(pending.map((one) => one.accountId))];
  await placeFor(tx, person, 'nudge_round', roundId, { accounts, onDelivered: `round:${roundId}` }, now);
}
