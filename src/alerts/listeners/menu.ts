import { accountById } from '../../accounts/store.js';
import { openGive } from '../../followups/listeners/give.js';
import { followupById } from '../../followups/store.js';
import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { activePeople } from '../../people/store.js';
import type { Answer } from '../../slack/dispatch.js';
import type { Press } from '../../slack/interactions.js';
import { placeOf } from '../../slack/place.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { refusedAlert } from '../messages/answers.js';
import { giveAlertModal, noteModal, notNeededModal, snoozeModal, whyModal } from '../messages/forms.js';
import { whyOf } from '../why.js';
import { alertPress, type Meant, taken } from './meant.js';

/** What only a later room can show: the account's card. */
export type OpenAccount = (tx: ReadTx, accountId: number, person: Person, now: number) => Promise<Answer>;

type Choice = (tx: Tx, found: Meant, person: Person, it: Press, now: number) => Promise<Answer>;

const about = ({ alert, name }: Meant, it: Press) => ({
  account: name,
  memory: { id: alert.id, channel: placeOf(it) },
});

/** *Not needed*: asks why; what somebody has is theirs to end. */
export const notNeededPress = alertPress('alert.dismiss', async (tx, found, person, it, now) => {
  const { alert } = found;
  if (alert.state === 'claimed' && alert.claimedBy !== person.id) return taken(tx, found, person, now);
  return { open: notNeededModal(about(found, it)) };
});

export const notePress = alertPress('alert.note', (_tx, found, _person, it) => openNote(found, it));

const openNote = async (found: Meant, it: Press): Promise<Answer> => ({
  open: noteModal({ ...about(found, it), note: null }),
});

/** The ⋯ menu: `snooze:7`. */
export function morePress(openAccount: OpenAccount) {
  const choices: Readonly<Record<string, Choice>> = {
    snooze: async (tx, found, person, it, now) => {
      if (found.alert.state !== 'open') return taken(tx, found, person, now);
      return { open: snoozeModal({ ...about(found, it), isCritical: found.alert.severity === 'critical' }) };
    },
    give: openGiveForm,
    note: async (_tx, found, _person, it) => openNote(found, it),
    account: async (tx, found, person, _it, now) => openAccount(tx, found.alert.accountId, person, now),
    why: async (tx, found, person, _it, now) => ({
      open: whyModal({ account: found.name, ...(await whyOf(tx, found.alert, person.hours.zone, now)) }),
    }),
  };
  return alertPress(
    'alert.see',
    async (tx, found, person, it, now) => {
      const verb = it.value.split(':')[0] ?? '';
      const choice = Object.hasOwn(choices, verb) ? choices[verb] : undefined;
      if (!choice) return { say: refusedAlert('That is not offered any more. The card shows what is.') };
      return choice(tx, found, person, it, now);
    },
    (it) => Number(it.value.split(':')[1]),
  );
}

/** What nobody has is offered to somebody; what somebody has goes the way of its follow-up. */
async function openGiveForm(tx: Tx, found: Meant, person: Person, it: Press): Promise<Answer> {
  const { alert } = found;
  const followup = alert.followupId === null ? undefined : await followupById(tx, alert.followupId);
  const account = await accountById(tx, alert.accountId);
  if (alert.state === 'claimed' && followup && account)
    return openGive(tx, { followup, account }, person, placeOf(it));
  const people = (await activePeople(tx)).filter((one) => may(one, 'alert.claim') && one.id !== person.id);
  return { open: giveAlertModal({ ...about(found, it), people }) };
}
