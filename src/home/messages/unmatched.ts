import type { ModalView } from '@slack/types';
import { matchLine, type ShownMatch } from '../../accounts/messages/unmatched.js';
import {
  type Block,
  bold,
  button,
  context,
  input,
  md,
  modal,
  section,
  staticSelect,
  textInput,
} from '../../slack/blocks/index.js';

export const DECIDE = 'home.decide_match';
export const DECIDE_MODAL = 'home.decide_match';

/** What is chosen for somebody who belongs to no account. */
export const NOBODY = 'nobody';

const MENU_MAX = 99;

/** For admins: who or what belongs to no account, or to two, the first few each with a button. */
export function unmatchedPart(rows: readonly ShownMatch[], total: number): (Block | undefined)[] {
  if (total === 0) return [];
  const rest = total - rows.length;
  return [
    section(
      bold(total === 1 ? 'One belongs to no account, or to two' : `${total} belong to no account, or to two`),
    ),
    ...rows.map((row) =>
      section(matchLine(row), {
        accessory: button({
          id: DECIDE,
          text: 'Decide…',
          value: String(row.id),
          label: `Decide whose ${row.name} is`,
        }),
      }),
    ),
    rest > 0 ? context([md`and ${rest} more; \`/baton unmatched\` lists them`]) : undefined,
  ];
}

/** Whose they are: an account, or nobody's. */
export function decideModal(spec: {
  id: number;
  match: ShownMatch;
  accounts: readonly { id: number; name: string }[];
  /** The account that is most likely meant. */
  guess: number | null;
}): ModalView {
  const { accounts, guess } = spec;
  const element =
    accounts.length > MENU_MAX
      ? textInput({ id: 'account', max: 100, placeholder: 'Name of the account, or nobody' })
      : staticSelect({
          id: 'account',
          placeholder: 'Which account?',
          options: [
            ...accounts.map((one) => ({ text: one.name, value: String(one.id) })),
            { text: 'Nobody: do not ask again', value: NOBODY },
          ],
          ...(guess === null ? {} : { initial: String(guess) }),
        });
  return modal({
    callbackId: DECIDE_MODAL,
    title: 'Whose is it?',
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: String(spec.id),
    blocks: [section(matchLine(spec.match)), input({ blockId: 'account', label: 'Belongs to', element })],
  });
}
