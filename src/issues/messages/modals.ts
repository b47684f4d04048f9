import { input, md, modal, section, staticSelect, textInput } from '../../slack/blocks/index.js';
import { REASON_MAX, TITLE_MAX } from '../rules/issue.js';

export const LOG_MODAL = 'issue.log';
export const ESCALATE_MODAL = 'issue.escalate';

/** What a modal must remember: ids only, since it comes back from the client. */
export interface LogMemory {
  /** Where the answer is shown. */
  channel: string | null;
  source: { channel: string; ts: string } | null;
  /** The account, when it is known from the channel and not asked for. */
  accountId: number | null;
}

const MENU_MAX = 100;

/** The form of *Log an issue*. With more accounts than a menu holds, the account is typed and matched. */
export function logModal(spec: {
  accounts: readonly { id: number; name: string }[];
  account: { id: number; name: string } | null;
  title?: string;
  detail?: string;
  memory: LogMemory;
}) {
  const element =
    spec.accounts.length > MENU_MAX
      ? textInput({ id: 'account', max: 100, placeholder: 'Name of the account' })
      : staticSelect({
          id: 'account',
          placeholder: 'Which account?',
          options: spec.accounts.map((account) => ({ text: account.name, value: String(account.id) })),
        });
  return modal({
    callbackId: LOG_MODAL,
    title: 'Log an issue',
    submit: 'Log',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      spec.account
        ? section(md`Account: *${spec.account.name}*`)
        : input({ blockId: 'account', label: 'Account', element }),
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
        element: textInput({ id: 'detail', multiline: true, max: 3000, initial: spec.detail }),
      }),
    ],
  });
}

export interface EscalateMemory {
  number: number;
  channel: string | null;
}

/** The form of *Escalate*: to whom, and why. */
export function escalateModal(spec: {
  name: string;
  title: string;
  groups: readonly { key: string; name: string }[];
  memory: EscalateMemory;
  reason?: string;
}) {
  return modal({
    callbackId: ESCALATE_MODAL,
    title: `Escalate ${spec.name}`,
    submit: 'Escalate',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      section(md`*${spec.name}* ${spec.title}`),
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
    ],
  });
}
