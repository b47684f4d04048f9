import type { ReadTx } from '../../store/transact.js';
import { type ChannelMemory, GROUPING_MS, type OpenContact, type OurMessage } from '../rules/contact.js';
import { isPast } from '../rules/life.js';
import { contactsNear, oursInChannel, oursInThread, writtenNear } from './prepared.js';
import { contactOfThread, issueById } from './read.js';

/** What `placeMessage` needs to know of a channel around a message. */
export async function channelMemory(
  tx: ReadTx,
  channel: string,
  threadTs: string | null,
  at: number,
): Promise<ChannelMemory> {
  return {
    threadContact: threadTs === null ? null : await goingOnIn(tx, channel, threadTs, at),
    contacts: await recentContacts(tx, channel, at),
    ours: await lastOurs(tx, channel, threadTs, at),
  };
}

/** The contact that a message in a thread joins; none where its issue is past, since nobody would look at it there. */
async function goingOnIn(tx: ReadTx, channel: string, threadTs: string, at: number): Promise<number | null> {
  const contact = await contactOfThread(tx, channel, threadTs);
  const issue = contact?.issueId == null ? undefined : await issueById(tx, contact.issueId);
  return contact === undefined || (issue && isPast(issue, at)) ? null : contact.id;
}

/** Contacts near an instant, newest first, and when those who wrote in them last did. */
async function recentContacts(tx: ReadTx, channel: string, at: number): Promise<OpenContact[]> {
  const window = { channel, from: at - GROUPING_MS, to: at + GROUPING_MS };
  const near = await tx.prepared(contactsNear, window);
  if (near.length === 0) return [];
  const written = await tx.prepared(writtenNear, window);
  return near.map(({ id, author, lastAt }) => {
    const ofIt = written.filter((one) => one.contactId === id && one.at <= lastAt);
    return { id, lastBy: { ...(ofIt.length === 0 && { [author]: lastAt }), ...lastOf(ofIt) } };
  });
}

function lastOf(written: readonly { author: string; at: number }[]): Record<string, number> {
  return Object.fromEntries(written.map((one) => [one.author, one.at]));
}

async function lastOurs(
  tx: ReadTx,
  channel: string,
  threadTs: string | null,
  before: number,
): Promise<OurMessage | null> {
  const rows =
    threadTs === null
      ? await tx.prepared(oursInChannel, { channel, before })
      : await tx.prepared(oursInThread, { channel, before, threadTs });
  return rows[0] ?? null;
}
