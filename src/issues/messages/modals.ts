import { input, md, modal, radio, section, staticSelect, textInput } from '../../slack/blocks/index.js';
import { CATEGORIES, DETAIL_MAX, issueName, PRIORITIES, type Priority, TITLE_MAX } from '../rules/issue.js';
import { type AccountChoice, accountBlock } from './account-field.js';

export const LOG_MODAL = 'issue.log';
export const OTHER_MODAL = 'issue.other_message';

/** What a modal must remember; it comes back from the client. */
export interface LogMemory {
  /** Where the answer is shown: a place, see `slack/place.ts`. */
  channel: string | null;
  /** The message that it is about, and who wrote it. */
  source: {
    channel: string;
    ts: string;
    threadTs?: string | null;
    author?: string | null;
    text?: string;
  } | null;
  /** The account, when it is known and not asked for. */
  accountId: number | null;
}

interface LogSpec extends AccountChoice {
  title?: string;
  detail?: string;
  priority?: Priority;
  /** Issues of the known account that it may be the same as. */
  issues?: readonly { number: number; title: string }[];
  memory: LogMemory;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const choices = (words: readonly string[]) => words.map((value) => ({ text: capital(value), value }));

/** The form of *Log an issue*. With more accounts than a menu holds, the account is typed and matched. */
export function logModal(spec: LogSpec) {
  return modal({
    callbackId: LOG_MODAL,
    title: 'Log an issue',
    submit: 'Log',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      accountBlock(spec),
      input({
        blockId: 'title',
        label: 'Title',
        element: textInput({
          id: 'title',
          max: TITLE_MAX,
          initial: spec.title,
          placeholder: 'What is broken or wanted, in a few words',
        }),
      }),
      input({
        blockId: 'detail',
        label: 'Detail',
        optional: true,
        element: textInput({ id: 'detail', multiline: true, max: DETAIL_MAX, initial: spec.detail }),
      }),
      input({
        blockId: 'priority',
        label: 'Priority',
        optional: true,
        element: staticSelect({
          id: 'priority',
          options: choices(PRIORITIES),
          initial: spec.priority ?? 'normal',
        }),
      }),
      input({
        blockId: 'category',
        label: 'Category',
        optional: true,
        element: staticSelect({ id: 'category', placeholder: 'None', options: choices(CATEGORIES) }),
      }),
      sameBlock(spec),
    ],
  });
}

/** A list where the account is known; a number to type where it is asked for in the same form. */
function sameBlock({ account, issues = [] }: LogSpec) {
  if (account && issues.length === 0) return undefined;
  const element = account
    ? staticSelect({
        id: 'same',
        placeholder: 'A new issue',
        options: issues.map((issue) => ({
          text: `${issueName(issue.number)} ${issue.title}`,
          value: String(issue.number),
        })),
      })
    : textInput({ id: 'same', max: 20, placeholder: 'B-17' });
  return input({
    blockId: 'same',
    label: 'Same as',
    optional: true,
    hint: 'An issue of this account that it belongs to. Empty: a new one.',
    element,
  });
}

/** What *Other message* must remember: ids only. */
export interface OtherMemory {
  number: number;
  /** The contact that the issue holds now, as far as this log attached it. */
  contactId: number | null;
  channel: string | null;
}

/** Stands for "it is about none of these". */
export const NO_MESSAGE = 'none';
/** As many as one list shows at a glance, one place kept for "none of these". */
export const OTHER_MAX = 9;

/** The recent messages of the account, one of which the issue is about. */
export function otherMessageModal(
  issue: { number: number; title: string },
  messages: readonly { contactId: number; author: string; text: string; when: string }[],
  memory: OtherMemory,
) {
  return modal({
    callbackId: OTHER_MODAL,
    title: issueName(issue.number),
    submit: 'Use this one',
    close: 'Cancel',
    privateMetadata: JSON.stringify(memory),
    blocks: [
      section(md`Which message is *${issueName(issue.number)}* about? ${issue.title}`),
      input({
        blockId: 'message',
        label: 'Message',
        element: radio({
          id: 'message',
          options: [
            ...messages.slice(0, OTHER_MAX).map((one) => ({
              text: one.text === '' ? one.author : one.text,
              description: `${one.author}, ${one.when}`,
              value: String(one.contactId),
            })),
            { text: 'None of these', value: NO_MESSAGE },
          ],
          initial: memory.contactId === null ? NO_MESSAGE : String(memory.contactId),
        }),
      }),
    ],
  });
}
