import type { Person } from '../../people/rules.js';
import type { Message } from '../../slack/blocks/index.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { Tx } from '../../store/transact.js';
import { type Done, hasIt, moved, refused } from '../messages/life.js';
import type { Issue } from '../rules/issue.js';
import {
  type Change,
  closeIssue,
  reopenIssue,
  resolveIssue,
  type TakeResult,
  takeIssue,
  waitForCustomer,
} from '../store/life.js';
import { accountName, onIssue } from './meant.js';
import type { MenuEntry } from './menu.js';
import { nameOfPerson } from './names.js';

type By = Change & { by: Person };

const DO: Readonly<Record<Done, (tx: Tx, issue: Issue, change: By) => Promise<TakeResult>>> = {
  take: (tx, issue, change) => takeIssue(tx, issue, change.by, change),
  wait: waitForCustomer,
  resolve: resolveIssue,
  reopen: reopenIssue,
  close: closeIssue,
};

/** Does it, or says why not. */
export async function moveIssue(tx: Tx, verb: Done, issue: Issue, change: By): Promise<Message> {
  const result = await DO[verb](tx, issue, change);
  if (result.done) return moved(verb, issue, await accountName(tx, issue));
  if ('refused' in result) return refused(result.refused);
  const isYou = result.ownerId === change.by.id;
  return hasIt(issue, { name: await nameOfPerson(tx, result.ownerId), isYou });
}

const ABOUT: Readonly<Record<Done, string>> = {
  take: 'makes you the one who has it',
  wait: 'the next word is the customer’s; their answer opens it again',
  resolve: 'what was wrong works again; they may still have to be told',
  reopen: 'it is not over, or does not wait on them any more',
  close: 'nothing is left to do, solved or not',
};

function verbCommand(verb: Done): SubCommand<Person> {
  return onIssue({
    may: `issue.${verb}`,
    usage: `${verb} B-42`,
    about: ABOUT[verb],
    run: async (tx, { issue, change }) => ({ say: await moveIssue(tx, verb, issue, change) }),
  });
}

/** `/issue take`, `wait`, `resolve`, `reopen`, `close`. */
export const lifeCommands: Readonly<Record<Done, SubCommand<Person>>> = {
  take: verbCommand('take'),
  wait: verbCommand('wait'),
  resolve: verbCommand('resolve'),
  reopen: verbCommand('reopen'),
  close: verbCommand('close'),
};

function entry(verb: Done, fits: MenuEntry['fits']): MenuEntry {
  return {
    may: `issue.${verb}`,
    fits,
    run: async (tx, issue, at) => ({ say: await moveIssue(tx, verb, issue, at.change) }),
  };
}

/** The same as buttons and entries of the card's menu. */
export const lifeEntries: Readonly<Record<Done, MenuEntry>> = {
  take: entry('take', 'live'),
  wait: entry('wait', 'live'),
  resolve: entry('resolve', 'live'),
  reopen: entry('reopen', 'any'),
  close: entry('close', 'any'),
};
