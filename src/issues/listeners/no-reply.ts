import { accountById } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Shortcut } from '../../slack/interactions.js';
import type { ReadTx } from '../../store/transact.js';
import { noReplyNoted, nothingToAnswer } from '../messages/answers.js';
import { type ContactRow, contactById, messageAt } from '../store/read.js';
import { needsNoReply } from '../store/suggestions.js';

/** The contact of the message on which the shortcut was chosen; none when it is not a customer's. */
async function contactOf(tx: ReadTx, { channel, message }: Shortcut): Promise<ContactRow | undefined> {
  const said = channel && message ? await messageAt(tx, channel, message.ts) : undefined;
  return said?.isCustomer && said.contactId !== null ? contactById(tx, said.contactId) : undefined;
}

/** *No reply needed* on a customer's message: nobody waits for an answer to it. */
export const noReplyShortcut: Surface<Person, Shortcut> = {
  may: 'contact.no_reply',
  keys: async (tx, it) => {
    const contact = await contactOf(tx, it);
    return contact ? [`account:${contact.accountId}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const contact = await contactOf(tx, it);
    if (!contact) return { say: nothingToAnswer() };
    await needsNoReply(tx, contact, { by: person, how: 'shortcut', now });
    const account = await accountById(tx, contact.accountId);
    return { say: noReplyNoted(account?.name ?? 'The customer') };
  },
};
