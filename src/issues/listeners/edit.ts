import type { Person } from '../../people/rules.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Submit } from '../../slack/interactions.js';
import { nearest } from '../../slack/subcommands.js';
import { noSuchIssue } from '../messages/answers.js';
import { type EditMemory, editModal } from '../messages/forms.js';
import { edited, priorityNow, priorityUsage, withFoldedNote } from '../messages/life.js';
import { readEdits } from '../rules/edits.js';
import { issueName, PRIORITIES, parsePriority } from '../rules/issue.js';
import { editIssue } from '../store/edit.js';
import { issueMeant } from '../store/folded.js';
import { keyOfNumber, memoryOf, onIssue } from './meant.js';
import type { MenuEntry } from './menu.js';

/** `/issue priority B-42 high`. */
export const priorityCommand = onIssue({
  may: 'issue.edit',
  usage: 'priority B-42 high',
  about: `one of ${PRIORITIES.join(', ')}`,
  run: async (tx, { issue, rest, change }) => {
    const priority = parsePriority(rest);
    if (priority === null)
      return { say: priorityUsage(issueName(issue.number), rest, rest ? nearest(rest, PRIORITIES) : null) };
    const changed = await editIssue(tx, issue, { priority }, change);
    return { say: priorityNow(issue, priority, changed.length > 0) };
  },
});

/** *Edit…* */
export const editEntry: MenuEntry = {
  may: 'issue.edit',
  fits: 'any',
  run: async (_tx, issue, at) => ({ open: editModal(issue, at.channel) }),
};

/** The form was sent. What is wrong is said at its field, and what was typed stays. */
export const editSubmit: Surface<Person, Submit> = {
  may: 'issue.edit',
  keys: (tx, it) => keyOfNumber(tx, memoryOf(it).number),
  run: async (tx, by, it, now): Promise<Answer> => {
    const memory = memoryOf<EditMemory>(it);
    const meant = await issueMeant(tx, memory.number);
    if (!meant) return { say: noSuchIssue(issueName(memory.number)), sayIn: memory.channel };
    const read = readEdits(it.values, memory.seen);
    if ('errors' in read) return read;
    const fields = await editIssue(tx, meant.issue, read.edits, { by, now, source: 'form' });
    const say = edited({ ...meant.issue, title: read.edits.title ?? meant.issue.title }, fields);
    return { say: withFoldedNote(say, meant.folded, meant.issue.number), sayIn: memory.channel };
  },
};
