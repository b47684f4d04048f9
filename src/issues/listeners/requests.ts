import type { Person } from '../../people/rules.js';
import type { Command } from '../../slack/interactions.js';
import type { SubCommand } from '../../slack/subcommands.js';
import {
  ANSWER_ESCALATION,
  ESCALATE_FORM,
  ESCALATE_TO,
  TAKE_BACK_ESCALATION,
} from '../messages/escalation.js';
import { ESCALATE_MODAL } from '../messages/escalation-form.js';
import { FLAG_ACCEPT, FLAG_COMPLETE, FLAG_MORE, FLAG_OPEN, FLAG_RETURN } from '../messages/flag.js';
import { FLAG_ANSWER_MODAL, FLAG_MODAL } from '../messages/flag-form.js';
import { PROMISE_BROKEN, PROMISE_KEPT, PROMISE_MODAL, PROMISE_OPEN } from '../messages/promise.js';
import { answerPress, takeBackPress } from './call.js';
import {
  escalateCommand,
  escalateFormPress,
  escalateMessageShortcut,
  escalateSubmit,
  escalateToPress,
} from './escalate.js';
import { flagCommand, flagMessageShortcut, flagOpenPress, flagSubmit } from './flag.js';
import {
  flagAcceptPress,
  flagAnswerSubmit,
  flagCompletePress,
  flagMorePress,
  flagReturnPress,
} from './flag-decide.js';
import { promiseCommand, promiseMessageShortcut, promiseOpenPress, promiseSubmit } from './promise.js';
import { promiseBrokenPress, promiseKeptPress } from './promise-end.js';

/** The routing table of what people ask of each other: escalations, flags and promises. */
export const requestSurfaces = {
  commands: { '/escalate': (it: Command) => ({ surface: escalateCommand, it }) },
  presses: {
    [ESCALATE_TO]: escalateToPress,
    [ESCALATE_FORM]: escalateFormPress,
    [ANSWER_ESCALATION]: answerPress,
    [TAKE_BACK_ESCALATION]: takeBackPress,
    [FLAG_OPEN]: flagOpenPress,
    [FLAG_ACCEPT]: flagAcceptPress,
    [FLAG_RETURN]: flagReturnPress,
    [FLAG_MORE]: flagMorePress,
    [FLAG_COMPLETE]: flagCompletePress,
    [PROMISE_OPEN]: promiseOpenPress,
    [PROMISE_KEPT]: promiseKeptPress,
    [PROMISE_BROKEN]: promiseBrokenPress,
  },
  shortcuts: {
    'issue.escalate_message': escalateMessageShortcut,
    'flag.message': flagMessageShortcut,
    'promise.message': promiseMessageShortcut,
  },
  submits: {
    [ESCALATE_MODAL]: escalateSubmit,
    [FLAG_MODAL]: flagSubmit,
    [FLAG_ANSWER_MODAL]: flagAnswerSubmit,
    [PROMISE_MODAL]: promiseSubmit,
  },
};

/** Their subcommands of `/baton`. */
export const requestCommands: Readonly<Record<string, SubCommand<Person>>> = {
  flag: flagCommand,
  promise: promiseCommand,
};
