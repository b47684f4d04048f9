import { slackUser } from '../../queue/lookups.js';
import type { Answer } from '../../slack/dispatch.js';
import type { Shortcut } from '../../slack/interactions.js';
import type { ReadTx } from '../../store/transact.js';
import type { AccountGuess } from '../messages/account-field.js';
import { accountOfMessage, likelyAccount } from '../store/find.js';

/**
 * Opens a form about a message with the account that it belongs to: its channel's, else its author's. Of an author whom
 * nobody has looked up yet only Slack knows the e-mail and the workspace: the form opens at once and asks, and is drawn
 * anew when Slack has answered.
 */
export async function openWithAccount(
  tx: ReadTx,
  it: Shortcut,
  draw: (tx: ReadTx, known: AccountGuess) => Promise<unknown>,
): Promise<Answer> {
  const author = it.message?.user ?? null;
  const known = async (reader: ReadTx): Promise<AccountGuess> => {
    const account = await accountOfMessage(reader, it.channel, author);
    const guess = account || author === null ? null : await likelyAccount(reader, author);
    return { account, guess };
  };
  const now = await known(tx);
  if (now.account || author === null || (await slackUser(tx, author))) return { open: await draw(tx, now) };
  const late = { users: [author], draw: async (later: ReadTx) => draw(later, await known(later)) };
  return { open: await draw(tx, { ...now, isLooking: true }), late };
}
