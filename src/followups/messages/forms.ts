import { type AccountChoice, accountBlock } from '../../issues/messages/account-field.js';
import {
  bold,
  datePicker,
  input,
  lines,
  md,
  modal,
  radio,
  section,
  staticSelect,
  textInput,
} from '../../slack/blocks/index.js';
import { type DraftTemplates, PLACEHOLDERS, TEMPLATE_MAX } from '../rules/draft.js';

export const SNOOZE_MODAL = 'followup.snooze';
export const GIVE_MODAL = 'followup.give';
export const NOT_NEEDED_MODAL = 'followup.not_needed';
export const DRAFT_MODAL = 'followup.draft';
export const OPEN_MODAL = 'followup.open';
export const TEMPLATES_MODAL = 'followup.templates';

/** What a form of one follow-up must remember: ids only, since it comes back from the client. */
export interface FollowupMemory {
  id: number;
  channel: string | null;
}

interface About {
  account: string;
  title: string | null;
  memory: FollowupMemory;
}

const aboutLine = ({ account, title }: About) =>
  section(title === null ? md`${bold(account)}` : md`${bold(account)}: "${title}"`);

/** *Snooze…*: until when. */
export function snoozeModal(spec: About & { isCritical: boolean; left: number }) {
  return modal({
    callbackId: SNOOZE_MODAL,
    title: 'Snooze',
    submit: 'Snooze',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      aboutLine(spec),
      input({
        blockId: 'until',
        label: 'Until when?',
        hint: `The customer waits to hear from us: it can sleep ${spec.left === 1 ? 'once more' : 'twice'}.`,
        element: radio({
          id: 'until',
          initial: '4h',
          options: [
            { text: '4 working hours', value: '4h' },
            ...(spec.isCritical
              ? []
              : [
                  { text: 'The next working day', value: 'tomorrow' },
                  { text: 'Monday', value: 'monday' },
                  { text: 'Another day', value: 'day' },
                ]),
          ],
        }),
      }),
      !spec.isCritical &&
        input({
          blockId: 'day',
          label: 'Which day?',
          optional: true,
          hint: 'Only for another day; at most two weeks from today.',
          element: datePicker({ id: 'day' }),
        }),
    ],
  });
}

/** *Give to…*: to whom; it is theirs once they accept. */
export function giveFollowupModal(spec: About & { people: readonly { id: number; name: string }[] }) {
  return modal({
    callbackId: GIVE_MODAL,
    title: 'Give to…',
    submit: 'Ask them',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      aboutLine(spec),
      input({
        blockId: 'person',
        label: 'Who could do it?',
        hint: 'It stays yours until they accept.',
        element: staticSelect({
          id: 'person',
          options: spec.people.map((person) => ({ text: person.name, value: String(person.id) })),
        }),
      }),
    ],
  });
}

export const REASON_MAX = 300;

/** *Not needed…*: why. */
export function notNeededModal(spec: About) {
  return modal({
    callbackId: NOT_NEEDED_MODAL,
    title: 'Not needed',
    submit: 'End it',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      aboutLine(spec),
      input({
        blockId: 'reason',
        label: 'Why does nobody have to tell them?',
        element: textInput({
          id: 'reason',
          max: REASON_MAX,
          placeholder: 'They closed the account in October',
        }),
      }),
    ],
  });
}

/** *Copy draft*: words to take along, to change, and to send as oneself. */
export function draftModal(spec: { account: string; text: string }) {
  return modal({
    callbackId: DRAFT_MODAL,
    title: 'Draft',
    submit: 'Done',
    close: 'Close',
    blocks: [
      section(
        md`For ${bold(spec.account)}. Copy it, make it yours, and send it yourself: Baton writes to no customer.`,
      ),
      input({
        blockId: 'draft',
        label: 'Draft',
        optional: true,
        element: textInput({ id: 'draft', multiline: true, initial: spec.text }),
      }),
    ],
  });
}

/** What *Open a follow-up* must remember. */
export interface OpenMemory {
  channel: string | null;
  accountId: number | null;
  number: number | null;
}

export const WHY_MAX = 200;

/** `/baton followup` and the button on an issue's card: what is owed, why, by when, by whom. */
export function openModal(spec: {
  account: AccountChoice;
  issue: { name: string; title: string } | null;
  people: readonly { id: number; name: string }[];
  owner: number;
  why: string;
  memory: OpenMemory;
}) {
  return modal({
    callbackId: OPEN_MODAL,
    title: 'Open a follow-up',
    submit: 'Open',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      spec.issue !== null && section(md`On ${bold(spec.issue.name)} ${spec.issue.title}`),
      accountBlock(spec.account),
      input({
        blockId: 'why',
        label: 'What do we owe them?',
        element: textInput({
          id: 'why',
          max: WHY_MAX,
          initial: spec.why,
          placeholder: 'Call Joe about the slow exports',
        }),
      }),
      input({
        blockId: 'by',
        label: 'By when?',
        optional: true,
        hint: 'Empty: by the end of the next working day.',
        element: datePicker({ id: 'by' }),
      }),
      input({
        blockId: 'owner',
        label: 'Who?',
        hint: 'Somebody else is asked first, and has it once they accept.',
        element: staticSelect({
          id: 'owner',
          initial: String(spec.owner),
          options: spec.people.map((person) => ({ text: person.name, value: String(person.id) })),
        }),
      }),
    ],
  });
}

/** The words of the drafts, for an admin to change. */
export function templatesModal(templates: DraftTemplates) {
  const names = Object.entries(PLACEHOLDERS).map(([name, meaning]) => md`\`{${name}}\` ${meaning}`);
  const field = (blockId: keyof DraftTemplates, label: string) =>
    input({
      blockId,
      label,
      element: textInput({ id: blockId, multiline: true, max: TEMPLATE_MAX, initial: templates[blockId] }),
    });
  return modal({
    callbackId: TEMPLATES_MODAL,
    title: 'Drafts',
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      section(lines([md`What *Copy draft* offers. In braces stands what Baton fills in:`, ...names])),
      field('live', 'When something is fixed'),
      field('declined', 'When something will not come'),
    ],
  });
}
