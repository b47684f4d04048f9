import { TOUCH_NOTE_MAX } from '../../accounts/rules/touch.js';
import { type AccountChoice, accountBlock } from '../../issues/messages/account-field.js';
import {
  datePicker,
  input,
  type Message,
  md,
  message,
  modal,
  radio,
  textInput,
} from '../../slack/blocks/index.js';

/** Opens the form of *Log a conversation*; the value is the account's id. */
export const TOUCH_OPEN = 'touch.open';
export const TOUCH_MODAL = 'touch.log';

/** What the form remembers; it comes back from the client and is checked again. */
export interface TouchMemory {
  accountId: number | null;
  /** Where the answer is shown. */
  channel: string | null;
  /** The message that it was logged from. */
  permalink: string | null;
}

const HOWS = { call: 'Call', meeting: 'Meeting', mail: 'Mail', chat: 'Chat' };

/** The form: how, when, what came of it. */
export function touchModal(spec: {
  account: AccountChoice;
  memory: TouchMemory;
  how: keyof typeof HOWS;
  note?: string | undefined;
  /** YYYY-MM-DD, in the zone of whoever logs it. */
  today: string;
}) {
  return modal({
    callbackId: TOUCH_MODAL,
    title: 'Log a conversation',
    submit: 'Log',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      accountBlock(spec.account),
      input({
        blockId: 'how',
        label: 'How did you speak?',
        element: radio({
          id: 'how',
          options: Object.entries(HOWS).map(([value, text]) => ({ value, text })),
          initial: spec.how,
        }),
      }),
      input({
        blockId: 'when',
        label: 'When?',
        hint: 'Today, if left empty.',
        optional: true,
        element: datePicker({ id: 'when', initial: spec.today }),
      }),
      input({
        blockId: 'outcome',
        label: 'What came of it?',
        optional: true,
        element: textInput({ id: 'outcome', max: 150, placeholder: 'e.g. happy, wants a demo of reports' }),
      }),
      input({
        blockId: 'note',
        label: 'Note',
        hint: 'For support, success and leads; viewers do not see it.',
        optional: true,
        element: textInput({ id: 'note', max: TOUCH_NOTE_MAX, multiline: true, initial: spec.note }),
      }),
    ],
  });
}

export function touchLogged(view: { account: string; day: string }): Message {
  return message({
    text: md`Noted: you spoke with ${view.account} ${view.day}. Both functions see it on the account's card.`,
    blocks: [],
  });
}
