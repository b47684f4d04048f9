import type { Person } from '../../people/rules.js';
import { escalationGroups } from '../../people/store.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command, Press } from '../../slack/interactions.js';
import { type SubCommand, subcommands } from '../../slack/subcommands.js';
import type { Tx } from '../../store/transact.js';
import { ANSWER_ESCALATION, ESCALATE_TO, noSuchIssue, taken } from '../messages/answers.js';
import { ISSUE_MORE, TAKE_ISSUE } from '../messages/card.js';
import { ESCALATE_MODAL, escalateModal, LOG_MODAL } from '../messages/modals.js';
import { issueName, parseIssueNumber } from '../rules/issue.js';
import { takeIssue } from '../store/issues.js';
import { issueByNumber } from '../store/read.js';
import { answerPress, escalateCommand, escalateSubmit, escalateToPress, keyOfIssue } from './escalate.js';
import { logCommand, logGlobalShortcut, logMessageShortcut, logSubmit } from './log.js';
import { nameOfPerson } from './names.js';

const takeCommand: SubCommand<Person> = {
  may: 'issue.take',
  usage: 'take B-42',
  about: 'makes you the one who has it',
  keys: (tx, it) => keyOfIssue(tx, parseIssueNumber(it.text)),
  run: async (tx, person, it, now) => ({
    say: await take(tx, person, parseIssueNumber(it.text), it.text, now, 'command'),
  }),
};

const takePress: Surface<Person, Press> = {
  may: 'issue.take',
  keys: (tx, it) => keyOfIssue(tx, parseIssueNumber(it.value)),
  run: async (tx, person, it, now) => ({
    say: await take(tx, person, parseIssueNumber(it.value), it.value, now, 'button'),
  }),
};

async function take(
  tx: Tx,
  person: Person,
  number: number | null,
  typed: string,
  now: number,
  source: string,
) {
  const issue = number === null ? undefined : await issueByNumber(tx, number);
  if (!issue) return noSuchIssue(typed);
  const result = await takeIssue(tx, issue, person, now, source);
  if (result.taken) return taken(issue, null);
  if ('state' in result) return taken(issue, null, result.state);
  return taken(issue, { name: await nameOfPerson(tx, result.by), isYou: result.by === person.id });
}

/** The card's ⋯ menu: `escalate:42`. */
const morePress: Surface<Person, Press> = {
  may: 'issue.escalate',
  run: async (tx, _person, it): Promise<Answer> => {
    const [, number] = it.value.split(':');
    const issue = await issueByNumber(tx, Number(number));
    if (!issue) return { say: noSuchIssue(number ?? '') };
    const groups = await escalationGroups(tx);
    const memory = { number: issue.number, channel: it.channel };
    return { open: escalateModal({ name: issueName(issue.number), title: issue.title, groups, memory }) };
  },
};

/** The routing table of issues; `more` are subcommands of `/issue` that need to read later rooms. */
export function issueSurfaces(more: Record<string, SubCommand<Person>>) {
  return {
    commands: {
      '/issue': subcommands<Person>('/issue', { log: logCommand, ...more, take: takeCommand }, 'help.see'),
      '/escalate': (it: Command) => ({ surface: escalateCommand, it }),
    },
    presses: {
      [TAKE_ISSUE]: takePress,
      [ISSUE_MORE]: morePress,
      [ESCALATE_TO]: escalateToPress,
      [ANSWER_ESCALATION]: answerPress,
    },
    shortcuts: { 'issue.log_message': logMessageShortcut, 'issue.log_global': logGlobalShortcut },
    submits: { [LOG_MODAL]: logSubmit, [ESCALATE_MODAL]: escalateSubmit },
  };
}
