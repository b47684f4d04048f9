import {
  bold,
  checkboxes,
  input,
  md,
  modal,
  section,
  staticSelect,
  textInput,
} from '../../slack/blocks/index.js';
import { type Issue, issueName, REASON_MAX, TITLE_MAX } from '../rules/issue.js';
import { type AccountChoice, accountBlock } from './account-field.js';

export const ESCALATE_MODAL = 'issue.escalate';

export interface EscalateMemory {
  /** Null while the message is no issue yet. */
  number: number | null;
  /** Where the answer is shown. */
  channel: string | null;
  /** The message, where there is no issue yet. */
  source?: {
    channel: string;
    ts: string;
    threadTs?: string | null;
    author?: string | null;
    text?: string;
  } | null;
  accountId?: number | null;
}

/** The form of *Escalate*: to whom, and why; a message that is no issue yet is logged by it first. */
export function escalateModal(spec: {
  issue: Pick<Issue, 'number' | 'title'> | null;
  groups: readonly { key: string; name: string }[];
  memory: EscalateMemory;
  /** Asked for only where there is no issue yet. */
  account?: AccountChoice;
  title?: string;
  reason?: string | undefined;
  isCustomerWish?: boolean;
}) {
  const { issue } = spec;
  return modal({
    callbackId: ESCALATE_MODAL,
    title: issue ? `Escalate ${issueName(issue.number)}` : 'Escalate',
    submit: issue ? 'Escalate' : 'Log and escalate',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      section(
        issue
          ? md`${bold(issueName(issue.number))} ${issue.title}`
          : md`This message is no issue yet: it is logged first, then the group is called on it.`,
      ),
      !issue && spec.account && accountBlock(spec.account),
      !issue &&
        input({
          blockId: 'title',
          label: 'Title',
          element: textInput({ id: 'title', max: TITLE_MAX, initial: spec.title }),
        }),
      input({
        blockId: 'group',
        label: 'To whom?',
        element: staticSelect({
          id: 'group',
          placeholder: 'Choose a group',
          options: spec.groups.map((g) => ({ text: g.name, value: g.key })),
        }),
      }),
      input({
        blockId: 'reason',
        label: 'Why?',
        element: textInput({
          id: 'reason',
          multiline: true,
          max: REASON_MAX,
          initial: spec.reason,
          placeholder: 'What they need to know to help',
        }),
      }),
      customerInput(spec.isCustomerWish ?? false),
    ],
  });
}

function customerInput(isWish: boolean) {
  return input({
    blockId: 'customer',
    label: 'Who wants it?',
    optional: true,
    element: checkboxes({
      id: 'customer',
      options: [{ text: 'The customer asked for it', value: 'yes', description: 'Their CSM is told' }],
      ...(isWish ? { initial: ['yes'] } : {}),
    }),
  });
}
