import { bold, input, md, modal, radio, section, staticSelect, textInput } from '../../slack/blocks/index.js';
import { fingerprint, type SeenFields } from '../rules/edits.js';
import { CATEGORIES, DETAIL_MAX, type Issue, issueName, PRIORITIES, TITLE_MAX } from '../rules/issue.js';

export const MORE_MODAL = 'issue.more';
export const EDIT_MODAL = 'issue.edit';
export const GIVE_MODAL = 'issue.give';
export const SAME_MODAL = 'issue.same';

/** What the forms about one issue must remember: ids only, since they come back from the client. */
export interface IssueMemory {
  number: number;
  /** Where the answer is shown. */
  channel: string | null;
}

/** The form of *Edit*, and what it showed: what comes back the same was not edited. */
export interface EditMemory extends IssueMemory {
  seen: SeenFields;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const NO_CATEGORY = 'none';

export function editModal(issue: Issue, channel: string | null) {
  const category = issue.category ?? NO_CATEGORY;
  const memory: EditMemory = {
    number: issue.number,
    channel,
    seen: {
      title: fingerprint(issue.title),
      detail: fingerprint(issue.detail ?? ''),
      priority: issue.priority,
      category,
    },
  };
  return form(EDIT_MODAL, `Edit ${issueName(issue.number)}`, 'Save', memory, [
    input({
      blockId: 'title',
      label: 'Title',
      element: textInput({ id: 'title', max: TITLE_MAX, initial: issue.title }),
    }),
    input({
      blockId: 'detail',
      label: 'Detail',
      optional: true,
      hint: 'A single - empties it.',
      element: textInput({
        id: 'detail',
        multiline: true,
        max: DETAIL_MAX,
        initial: issue.detail ?? undefined,
      }),
    }),
    input({
      blockId: 'priority',
      label: 'Priority',
      optional: true,
      element: staticSelect({
        id: 'priority',
        options: PRIORITIES.map((value) => ({ text: capital(value), value })),
        initial: issue.priority,
      }),
    }),
    input({
      blockId: 'category',
      label: 'Category',
      optional: true,
      element: staticSelect({
        id: 'category',
        options: [NO_CATEGORY, ...CATEGORIES].map((value) => ({ text: capital(value), value })),
        initial: category,
      }),
    }),
  ]);
}

export function giveModal(
  issue: Issue,
  people: readonly { slackId: string; name: string }[],
  channel: string | null,
) {
  return form(GIVE_MODAL, `Give ${issueName(issue.number)}`, 'Give', { number: issue.number, channel }, [
    section(md`${bold(issueName(issue.number))} ${issue.title}`),
    input({
      blockId: 'person',
      label: 'To whom?',
      element: staticSelect({
        id: 'person',
        placeholder: 'Choose a person',
        options: people.map((person) => ({ text: person.name, value: person.slackId })),
      }),
    }),
  ]);
}

export function sameModal(issue: Issue, others: readonly Issue[], channel: string | null) {
  return form(
    SAME_MODAL,
    `Same as ${issueName(issue.number)}`,
    'Make one',
    { number: issue.number, channel },
    [
      section(
        md`${bold(issueName(issue.number))} ${issue.title} becomes part of the issue that you choose, which goes on for both.`,
      ),
      input({
        blockId: 'into',
        label: 'Which issue goes on?',
        element: staticSelect({
          id: 'into',
          placeholder: 'Choose an issue',
          options: others.map((other) => ({
            text: `${issueName(other.number)} ${other.title}`,
            value: String(other.number),
          })),
        }),
      }),
    ],
  );
}

/** What the ⋯ menu has no room for: chosen and sent, since not every Slack hears buttons inside a form. */
export function moreModal(
  issue: Pick<Issue, 'number' | 'title'>,
  choices: readonly { verb: string; text: string }[],
  channel: string | null,
) {
  return form(MORE_MODAL, issueName(issue.number), 'Go on', { number: issue.number, channel }, [
    section(md`${bold(issueName(issue.number))} ${issue.title}`),
    input({
      blockId: 'what',
      label: 'What do you want to do?',
      element: radio({ id: 'what', options: choices.map(({ verb, text }) => ({ text, value: verb })) }),
    }),
  ]);
}

function form(
  callbackId: string,
  title: string,
  submit: string,
  memory: IssueMemory,
  blocks: Parameters<typeof modal>[0]['blocks'],
) {
  return modal({
    callbackId,
    title,
    submit,
    close: 'Cancel',
    privateMetadata: JSON.stringify(memory),
    blocks,
  });
}
