import { accountById, nameOf } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { setting } from '../../settings/store.js';
import type { Message } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import { permalink } from '../../slack/permalink.js';
import { placeOf } from '../../slack/place.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { DAY_MS, dayAndClock, HOUR_MS } from '../../time/index.js';
import { logged, noSuchIssue, relinked } from '../messages/answers.js';
import { NO_MESSAGE, OTHER_MAX, type OtherMemory, otherMessageModal } from '../messages/modals.js';
import { alreadyHeld } from '../messages/suggestion.js';
import { type Issue, issueName, titleFrom } from '../rules/issue.js';
import { wordsOf } from '../store/changes.js';
import { issueMeant } from '../store/folded.js';
import { attachContact, detachContact, type Logging, type LogRequest, logIssue } from '../store/issues.js';
import { type ContactRow, contactById, issueById, newestUnlogged } from '../store/read.js';
import { contactsToChoose } from '../store/suggestions.js';

const RECENT_MS = 2 * HOUR_MS;
const CHOICE_MS = 2 * DAY_MS;

/** The account's newest contact of the last two hours that no issue holds: what is logged now is most likely about it. */
export async function likelyContact(
  tx: ReadTx,
  accountId: number,
  now: number,
): Promise<ContactRow | undefined> {
  return newestUnlogged(tx, accountId, now - RECENT_MS);
}

/** Logs what was typed without a message, with the contact that it is most likely about; the answer says which. */
export async function logTyped(tx: Tx, request: LogRequest): Promise<{ issue: Issue; say: Message }> {
  const contact = await likelyContact(tx, request.accountId, request.now);
  const { issue } = await logIssue(tx, request);
  if (contact) await attachContact(tx, issue, contact, request);
  const account = await accountById(tx, issue.accountId);
  const shown = contact && (await shownAs(tx, contact));
  return {
    issue,
    say: logged(
      issue,
      account?.name ?? '',
      false,
      contact && shown ? { ...shown, contactId: contact.id } : null,
    ),
  };
}

async function shownAs(tx: ReadTx, contact: ContactRow): Promise<{ text: string; url: string } | undefined> {
  const [said] = await wordsOf(tx, contact.id);
  if (!said) return undefined;
  const url = permalink(await setting(tx, 'workspaceUrl'), said.channel, said.ts, said.threadTs);
  return { text: titleFrom(said.text) || said.files.map((file) => file.name).join(', '), url };
}

/** *Other message*: `42:7`, the issue and the contact that it was given. */
export const otherMessagePress: Surface<Person, Press> = {
  may: 'issue.relink',
  keys: async (tx, it) => keyOfIssue(tx, Number(it.value.split(':')[0])),
  run: async (tx, _person, it, now): Promise<Answer> => {
    const [number = '', contactId = ''] = it.value.split(':');
    const meant = await issueMeant(tx, Number(number));
    if (!meant) return { say: noSuchIssue(number) };
    const memory = {
      number: meant.issue.number,
      contactId: await heldBy(tx, meant.issue, contactId),
      channel: placeOf(it),
    };
    return { open: otherMessageModal(meant.issue, await choices(tx, meant.issue, now), memory) };
  },
};

async function keyOfIssue(tx: ReadTx, number: number): Promise<string[]> {
  const meant = Number.isInteger(number) ? await issueMeant(tx, number) : undefined;
  return meant ? [`account:${meant.issue.accountId}`] : [];
}

/** The contact, as long as the issue holds it still. */
async function heldBy(tx: ReadTx, issue: Issue, contactId: string): Promise<number | null> {
  const contact = /^\d{1,9}$/.test(contactId) ? await contactById(tx, Number(contactId)) : undefined;
  return contact?.issueId === issue.id ? contact.id : null;
}

async function choices(tx: ReadTx, issue: Issue, now: number) {
  const range = { from: now - CHOICE_MS, to: now };
  const contacts = await contactsToChoose(tx, issue.accountId, issue.id, range, OTHER_MAX);
  const zone = await setting(tx, 'zone');
  return Promise.all(
    contacts.map(async (contact) => ({
      contactId: contact.id,
      author: await nameOf(tx, contact.author),
      text: (await shownAs(tx, contact))?.text ?? '',
      when: dayAndClock(contact.lastAt, zone, now),
    })),
  );
}

export const otherMessageSubmit: Surface<Person, Submit> = {
  may: 'issue.relink',
  keys: async (tx, it) => keyOfIssue(tx, (JSON.parse(it.metadata) as OtherMemory).number),
  run: async (tx, person, it, now): Promise<Answer> => {
    const memory = JSON.parse(it.metadata) as OtherMemory;
    const meant = await issueMeant(tx, memory.number);
    if (!meant) return { say: noSuchIssue(issueName(memory.number)), sayIn: memory.channel };
    const how = { by: person, how: 'form', now };
    const say = await relink(tx, meant.issue, memory.contactId, it.values.message ?? NO_MESSAGE, how);
    return { say, sayIn: memory.channel };
  },
};

async function relink(
  tx: Tx,
  issue: Issue,
  fromId: number | null,
  chosen: string,
  how: Logging,
): Promise<Message> {
  const from = fromId === null ? undefined : await contactById(tx, fromId);
  const to = chosen === NO_MESSAGE ? undefined : await contactById(tx, Number(chosen));
  if (to && to.accountId === issue.accountId && to.issueId !== null && to.issueId !== issue.id) {
    const holder = await issueById(tx, to.issueId);
    if (holder) return alreadyHeld(holder.number, holder.title);
  }
  const isTheirs = to?.accountId === issue.accountId;
  if (from && from.id !== to?.id) await detachContact(tx, issue, from, how);
  if (to && isTheirs) await attachContact(tx, issue, to, how);
  return relinked(issue, (to && isTheirs && (await shownAs(tx, to))) || null);
}
