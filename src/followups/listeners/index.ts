import type { Person } from '../../people/rules.js';
import type { SubCommand } from '../../slack/subcommands.js';
import { COPY_DRAFT, FOLLOWUP_MORE, I_TOLD_THEM, THAT_WAS_IT } from '../buttons.js';
import { DRAFT_MODAL, TEMPLATES_MODAL } from '../messages/forms.js';
import { ACCEPT, DECLINE } from '../messages/moved.js';
import { GIVE_TO } from '../messages/nudge.js';
import { HOW, OUTCOME } from '../messages/told.js';
import { draftPress, draftSubmit, draftsCommand, templatesSubmit } from './draft.js';
import { acceptPress, declinePress, giveSubmits, giveToPress } from './give.js';
import { menuSubmits, morePress } from './menu.js';
import { onCallCommand } from './on-call.js';
import { followupCommand, openSubmits } from './open.js';
import { howPress, outcomePress, proofPress, toldPress } from './tell.js';

/** The routing table of follow-ups. */
export const followupSurfaces = {
  presses: {
    [I_TOLD_THEM]: toldPress,
    [THAT_WAS_IT]: proofPress,
    [COPY_DRAFT]: draftPress,
    [FOLLOWUP_MORE]: morePress,
    [GIVE_TO]: giveToPress,
    [ACCEPT]: acceptPress,
    [DECLINE]: declinePress,
    [HOW]: howPress,
    [OUTCOME]: outcomePress,
  },
  submits: {
    ...menuSubmits,
    ...giveSubmits,
    ...openSubmits,
    [DRAFT_MODAL]: draftSubmit,
    [TEMPLATES_MODAL]: templatesSubmit,
  },
};

/** Its subcommands of `/baton`. */
export const followupCommands: Readonly<Record<string, SubCommand<Person>>> = {
  followup: followupCommand,
  drafts: draftsCommand,
  oncall: onCallCommand,
};
