import type { Person } from '../../people/rules.js';
import { type SubCommand, subcommands } from '../../slack/subcommands.js';
import { LOG_FORM, OTHER_MESSAGE } from '../messages/answers.js';
import { ISSUE_MORE, TAKE_ISSUE } from '../messages/card.js';
import { EDIT_MODAL, GIVE_MODAL, MORE_MODAL, SAME_MODAL } from '../messages/forms.js';
import { ISSUE_DO } from '../messages/life.js';
import { LOG_MODAL, OTHER_MODAL } from '../messages/modals.js';
import { otherMessagePress, otherMessageSubmit } from './attach.js';
import { editEntry, editSubmit, priorityCommand } from './edit.js';
import { openEscalateForm } from './escalate.js';
import { giveCommand, giveEntry, giveSubmit } from './give.js';
import { lifeCommands, lifeEntries } from './life.js';
import { logCommand, logFormPress, logGlobalShortcut, logMessageShortcut } from './log.js';
import { logSubmit } from './log-form.js';
import { issueMenu, type LineOf, type MenuEntry } from './menu.js';
import { noReplyShortcut } from './no-reply.js';
import { promiseEntry } from './promise.js';
import { rateCommand } from './rate.js';
import { requestSurfaces } from './requests.js';
import { sameCommand, sameEntry, sameSubmit } from './same.js';
import { suggestionSurfaces } from './suggestion.js';

/** What only later rooms can show or do about an issue. */
export interface LaterRooms {
  show: SubCommand<Person>;
  list: SubCommand<Person>;
  link: SubCommand<Person>;
  history: SubCommand<Person>;
  entries: Readonly<Record<string, MenuEntry>>;
  lineOf: LineOf;
}

const escalateEntry: MenuEntry = {
  may: 'issue.escalate',
  fits: 'live',
  run: (tx, issue, at) => openEscalateForm(tx, issue, at.channel),
};

/** What can be chosen on an issue's card, by its word. */
export function menuEntries(later: Pick<LaterRooms, 'entries'>): Readonly<Record<string, MenuEntry>> {
  return {
    ...lifeEntries,
    give: giveEntry,
    edit: editEntry,
    same: sameEntry,
    escalate: escalateEntry,
    promise: promiseEntry,
    ...later.entries,
  };
}

/** The routing table of issues. */
export function issueSurfaces(later: LaterRooms) {
  const menu = issueMenu(menuEntries(later), later.lineOf);
  // The order is that of the help.
  const { take, wait, resolve, reopen, close } = lifeCommands;
  const table = {
    log: logCommand,
    show: later.show,
    list: later.list,
    take,
    give: giveCommand,
    priority: priorityCommand,
    wait,
    resolve,
    reopen,
    close,
    same: sameCommand,
    rate: rateCommand,
    link: later.link,
    history: later.history,
  };
  return {
    commands: {
      '/issue': subcommands<Person>('/issue', table, 'help.see'),
      ...requestSurfaces.commands,
    },
    presses: {
      [TAKE_ISSUE]: menu.press,
      [ISSUE_MORE]: menu.press,
      [ISSUE_DO]: menu.press,
      [OTHER_MESSAGE]: otherMessagePress,
      [LOG_FORM]: logFormPress,
      ...suggestionSurfaces.presses,
      ...requestSurfaces.presses,
    },
    shortcuts: {
      'issue.log_message': logMessageShortcut,
      'issue.log_global': logGlobalShortcut,
      'contact.no_reply': noReplyShortcut,
      ...requestSurfaces.shortcuts,
    },
    submits: {
      [LOG_MODAL]: logSubmit,
      [OTHER_MODAL]: otherMessageSubmit,
      ...suggestionSurfaces.submits,
      [MORE_MODAL]: menu.submit,
      [EDIT_MODAL]: editSubmit,
      [GIVE_MODAL]: giveSubmit,
      [SAME_MODAL]: sameSubmit,
      ...requestSurfaces.submits,
    },
  };
}
