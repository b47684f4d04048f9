import {
  bold,
  checkboxes,
  input,
  lines,
  md,
  modal,
  quote,
  radio,
  section,
  textInput,
} from '../../slack/blocks/index.js';
import { ANSWER_MAX, DETAIL_MAX, type FlagKind } from '../rules/flag.js';
import { type AccountChoice, accountBlock } from './account-field.js';

export const FLAG_MODAL = 'flag.send';
export const FLAG_ANSWER_MODAL = 'flag.answer';

/** What the form must remember: ids only, since it comes back from the client. */
export interface FlagMemory {
  channel: string | null;
  source: { channel: string; ts: string } | null;
  accountId: number | null;
  /** The returned flag that is sent again. */
  flagId?: number;
}

/** The form of *Flag to support*. */
export function flagModal(spec: {
  account: AccountChoice;
  memory: FlagMemory;
  kind?: FlagKind;
  detail?: string | undefined;
  evidence?: readonly string[];
  isSevere?: boolean;
  /** What support asked for, when it came back. */
  missing?: string | null;
}) {
  return modal({
    callbackId: FLAG_MODAL,
    title: 'Flag to support',
    submit: spec.memory.flagId === undefined ? 'Send' : 'Send again',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      spec.missing
        ? section(lines([md`It came back. What is missing:`, quote(spec.missing, 10)]))
        : undefined,
      accountBlock(spec.account),
      input({
        blockId: 'kind',
        label: 'What is it?',
        element: radio({
          id: 'kind',
          initial: spec.kind,
          options: [
            {
              text: 'A problem to take over',
              value: 'problem',
              description: 'Becomes an issue; you see every change',
            },
            { text: 'A pattern to look into', value: 'pattern', description: 'Needs links that show it' },
          ],
        }),
      }),
      input({
        blockId: 'detail',
        label: 'What is wrong?',
        hint: 'The first line becomes the title.',
        element: textInput({ id: 'detail', multiline: true, max: DETAIL_MAX, initial: spec.detail }),
      }),
      ...evidenceInputs(spec.evidence ?? [], spec.isSevere ?? false),
    ],
  });
}

function evidenceInputs(evidence: readonly string[], isSevere: boolean) {
  return [
    input({
      blockId: 'evidence',
      label: 'Links that show it',
      optional: true,
      hint: 'One per line. A pattern needs two or more.',
      element: textInput({ id: 'evidence', multiline: true, max: 3000, initial: evidence.join('\n') }),
    }),
    input({
      blockId: 'severe',
      label: 'Only one case?',
      optional: true,
      element: checkboxes({
        id: 'severe',
        options: [
          { text: 'A single severe case', value: 'yes', description: 'One link or none is enough then' },
        ],
        ...(isSevere ? { initial: ['yes'] } : {}),
      }),
    }),
  ];
}

export interface FlagAnswerMemory {
  flagId: number;
  act: 'return' | 'decline';
  channel: string | null;
}

/** Asks what is missing, or why support declines: the sender reads it. */
export function flagAnswerModal(spec: { title: string; account: string; memory: FlagAnswerMemory }) {
  const isReturn = spec.memory.act === 'return';
  return modal({
    callbackId: FLAG_ANSWER_MODAL,
    title: isReturn ? 'Return the flag' : 'Decline the flag',
    submit: isReturn ? 'Return' : 'Decline',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      section(md`${bold(spec.account)} ${spec.title}`),
      input({
        blockId: 'answer',
        label: isReturn ? 'What is missing?' : 'Why not?',
        hint: 'The sender reads it as you write it.',
        element: textInput({ id: 'answer', multiline: true, max: ANSWER_MAX }),
      }),
    ],
  });
}
