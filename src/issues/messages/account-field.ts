import { input, md, section, staticSelect, textInput } from '../../slack/blocks/index.js';

/** The account that a form is about: known, or to be chosen of these. */
export interface AccountChoice {
  account: { id: number; name: string } | null;
  accounts: readonly { id: number; name: string }[];
}

const MENU_MAX = 100;

/** Names the account, or asks for it; with more accounts than a menu holds it is typed, and matched by name. */
export function accountBlock({ account, accounts }: AccountChoice) {
  if (account) return section(md`Account: *${account.name}*`);
  const element =
    accounts.length > MENU_MAX
      ? textInput({ id: 'account', max: 100, placeholder: 'Name of the account' })
      : staticSelect({
          id: 'account',
          placeholder: 'Which account?',
          options: accounts.map((one) => ({ text: one.name, value: String(one.id) })),
        });
  return input({ blockId: 'account', label: 'Account', element });
}
