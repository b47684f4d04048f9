import { input, md, section, staticSelect, textInput } from '../../slack/blocks/index.js';

/** What is known of the account that a form is about. */
export interface AccountGuess {
  account: { id: number; name: string } | null;
  /** Where it is not known: the account that is most likely meant. */
  guess?: number | null;
  /** Slack is being asked who wrote the message: the account may come by itself. */
  isLooking?: boolean;
}

/** The account that a form is about: known, or to be chosen of these. */
export interface AccountChoice extends AccountGuess {
  accounts: readonly { id: number; name: string }[];
}

const MENU_MAX = 100;

/** Names the account, or asks for it; with more accounts than a menu holds it is typed, and matched by name. */
export function accountBlock({ account, accounts, guess, isLooking = false }: AccountChoice) {
  if (account) return section(md`Account: *${account.name}*`);
  const likely = accounts.find((one) => one.id === guess);
  const element =
    accounts.length > MENU_MAX
      ? textInput({ id: 'account', max: 100, placeholder: 'Name of the account', initial: likely?.name })
      : staticSelect({
          id: 'account',
          placeholder: 'Which account?',
          options: accounts.map((one) => ({ text: one.name, value: String(one.id) })),
          ...(likely ? { initial: String(likely.id) } : {}),
        });
  const hint = isLooking ? 'Baton asks Slack who wrote it: a moment, or choose it yourself.' : undefined;
  return input({ blockId: 'account', label: 'Account', element, hint });
}
