import { claimPress } from './listeners/claim.js';
import { giveSubmit, noteSubmit, notNeededSubmit, snoozeSubmit } from './listeners/forms.js';
import { morePress, notePress, notNeededPress, type OpenAccount } from './listeners/menu.js';
import { noReplyPress } from './listeners/no-reply.js';
import { GIVE_MODAL, NOT_NEEDED_MODAL, NOTE_MODAL, SNOOZE_MODAL } from './messages/forms.js';
import { NOTE } from './messages/lapse.js';
import { ALERT_MORE, CLAIM, NO_REPLY, NOT_NEEDED } from './messages.js';

/** The routing table of alerts. */
export function alertSurfaces(openAccount: OpenAccount) {
  return {
    presses: {
      [CLAIM]: claimPress,
      [NOT_NEEDED]: notNeededPress,
      [NO_REPLY]: noReplyPress,
      [NOTE]: notePress,
      [ALERT_MORE]: morePress(openAccount),
    },
    submits: {
      [NOT_NEEDED_MODAL]: notNeededSubmit,
      [SNOOZE_MODAL]: snoozeSubmit,
      [GIVE_MODAL]: giveSubmit,
      [NOTE_MODAL]: noteSubmit,
    },
  };
}
