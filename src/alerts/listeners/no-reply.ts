import { noReplyNoted } from '../../issues/messages/answers.js';
import { contactById } from '../../issues/store/read.js';
import { needsNoReply } from '../../issues/store/suggestions.js';
import { waitingContacts } from '../../signals/waiting.js';
import { alertPress } from './meant.js';

/** *No reply needed* on an alert that a customer waits: none of what they wrote last wants an answer. */
export const noReplyPress = alertPress('contact.no_reply', async (tx, { alert, name }, by, _it, now) => {
  for (const id of await waitingContacts(tx, alert.accountId, now)) {
    const contact = await contactById(tx, id);
    if (contact) await needsNoReply(tx, contact, { by, how: 'button', now });
  }
  return { say: noReplyNoted(name) };
});
