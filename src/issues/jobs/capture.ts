import { accountById, channelOf } from '../../accounts/store.js';
import { placeCard, touchCards } from '../../queue/cards.js';
import type { DueHandler } from '../../queue/due.js';
import { isLaneBusy } from '../../queue/inbox.js';
import { setting } from '../../settings/store.js';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import { MINUTE_MS } from '../../time/index.js';
import { isUnanswered, offeredAt } from '../rules/capture.js';
import { saysSomething } from '../rules/contact.js';
import { titleFrom } from '../rules/issue.js';
import { waitingWords, wordsOf } from '../store/changes.js';
import { logIssue } from '../store/issues.js';
import { type ContactRow, contactById, markWaited } from '../store/read.js';
import { linesOf, offerContact } from '../store/suggestions.js';
import { answeringHours, CONTACT_WAITS } from '../store/waiting.js';

const FILES_ONLY = 'A file without words';

/** A contact has waited for as long as an answer may take: that is friction, and it is offered or logged. */
const contactWaits: DueHandler = {
  keys: async (tx, row) => {
    const contact = await contactById(tx, row.subjectId);
    return contact ? [`account:${contact.accountId}`] : [];
  },
  run: async (tx, row, now) => {
    const contact = await contactById(tx, row.subjectId);
    if (!contact) return null;
    // Logged or called no issue, it waits for its answer all the same.
    const waits = contact.waitsSince !== null || (contact.firstReplyAt === null && isUnanswered(contact));
    if (!waits) return null;
    // The hours of those who should answer may have changed since.
    const since = contact.waitsSince ?? contact.startedAt;
    const at = offeredAt(since, await answeringHours(tx, contact.accountId));
    if (at > now) return at;
    // After downtime the answer may be waiting to be handled, right behind the question.
    if (await isLaneBusy(tx, contact.channel)) return now + MINUTE_MS;
    await waited(tx, contact, now);
    return null;
  },
};

async function waited(tx: Tx, contact: ContactRow, now: number): Promise<void> {
  await markWaited(tx, contact, now);
  await emit(tx, {
    kind: 'contact.waited',
    at: now,
    accountId: contact.accountId,
    contactId: contact.id,
    source: 'clock',
    data: { channel: contact.channel, ts: contact.firstTs },
  });
  if (contact.waitsSince === null) return;
  const capture = (await channelOf(tx, contact.channel))?.capture;
  if (capture === 'suggest') await suggest(tx, contact, now);
  if (capture === 'auto') await logByItself(tx, contact, now);
}

/** Puts the contact on its account's line in the triage channel. */
async function suggest(tx: Tx, contact: ContactRow, now: number): Promise<void> {
  const triage = await setting(tx, 'triageChannel');
  const account = await accountById(tx, contact.accountId);
  if (triage === null || !account) return;
  const line = await offerContact(tx, contact, now);
  const place = { kind: 'suggestion', subjectId: line.id, target: triage, accounts: [contact.accountId] };
  await placeCard(tx, place, now);
}

/**
 * In a channel with `capture: auto`, what asks for or reports something is logged as it comes; what could be talk is
 * logged once it has waited for an answer.
 */
export async function captureAtOnce(tx: Tx, contactId: number, channel: string, now: number): Promise<void> {
  if ((await channelOf(tx, channel))?.capture !== 'auto') return;
  const contact = await contactById(tx, contactId);
  if (!contact || contact.issueId !== null || contact.waitsSince === null) return;
  const words = await wordsOf(tx, contact.id);
  if (words.some((one) => saysSomething(one.text, one.files.length > 0))) await logByItself(tx, contact, now);
}

async function logByItself(tx: Tx, contact: ContactRow, now: number): Promise<void> {
  const words = await waitingWords(tx, contact);
  const said = words.find((one) => titleFrom(one.text) !== '') ?? words[0];
  if (!said) return;
  await logIssue(tx, {
    accountId: contact.accountId,
    title: titleFrom(said.text) || FILES_ONLY,
    source: { channel: said.channel, ts: said.ts },
    by: null,
    how: 'auto',
    now,
  });
}

/** Timed work of capture, by the kind of its due row. */
export const captureJobs: Readonly<Record<string, DueHandler>> = { [CONTACT_WAITS]: contactWaits };

/** What a customer wrote was changed or taken away: the lines that show it are drawn anew. */
export async function showLinesOf(tx: Tx, accountId: number, contactId: number, now: number): Promise<void> {
  for (const line of await linesOf(tx, accountId, contactId))
    await touchCards(tx, 'suggestion', line.id, now);
}
