import type { ShowAccount } from '../../accounts/listeners/command.js';
import type { AccountDetails } from '../../accounts/rules.js';
import type { Person } from '../../people/rules.js';
import type { Message } from '../../slack/blocks/index.js';
import type { ReadTx } from '../../store/transact.js';
import { accountMessage } from '../messages/account.js';
import { accountView } from './view.js';

/**
 * The card of an account as a person may see it at an instant (UTC ms), for a message of their own; the same for both
 * functions, without revenue, health and notes for viewers.
 */
export async function accountCard(
  tx: ReadTx,
  account: AccountDetails,
  viewer: Person,
  now: number,
): Promise<Message> {
  return accountMessage(await accountView(tx, account, viewer, now));
}

/** What `/account acme` answers. */
export const showAccount: ShowAccount = async (tx, person, account, _it, now) => ({
  say: await accountCard(tx, account, person, now),
});
