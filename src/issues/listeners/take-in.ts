import { channelOf, whoIs } from '../../accounts/store.js';
import { clip, readIncoming } from '../../slack/blocks/index.js';
import type { Shortcut } from '../../slack/interactions.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { instantOfTs } from '../../time/index.js';
import { recordCustomerMessage } from '../store/contacts.js';
import { messageAt } from '../store/read.js';

/** The message that a form is about, as the form remembers it. */
export interface FormSource {
  channel: string;
  ts: string;
  threadTs?: string | null;
  /** A Slack user id. */
  author?: string | null;
  /** Its words, only where they are kept with it once the form is sent. */
  text?: string;
}

/** What a form can carry beside the rest; nearly all that customers write is shorter. */
const TEXT_MAX = 2_000;

/** The message of a shortcut; nothing is kept of it until the form is sent. */
export async function sourceOf(tx: ReadTx, it: Shortcut): Promise<FormSource | null> {
  const { channel, message } = it;
  if (channel === null || !message) return null;
  const { ts, threadTs, user: author } = message;
  const isNew = (await keepsWords(tx, channel)) && !(await messageAt(tx, channel, ts));
  const text = clip(readIncoming(message.text), TEXT_MAX, (piece) => JSON.stringify(piece).length - 2);
  return { channel, ts, threadTs, author, ...(isNew ? { text } : {}) };
}

/** Whether the words of a message stand, or will stand, with the message, and so need not stand in the issue as well. */
export async function isKept(tx: ReadTx, source: FormSource): Promise<boolean> {
  if (await messageAt(tx, source.channel, source.ts)) return true;
  return (await keepsWords(tx, source.channel)) && isTheirs(tx, source.author ?? null);
}

async function keepsWords(tx: ReadTx, channel: string): Promise<boolean> {
  const known = await channelOf(tx, channel);
  return known?.kind === 'customer' && known.capture !== 'ignore';
}

async function isTheirs(tx: ReadTx, author: string | null): Promise<boolean> {
  const who = author === null ? undefined : await whoIs(tx, author);
  return who?.kind === 'customer' || who?.kind === 'external';
}

/**
 * A customer's message that Baton did not hear: in a channel of an account one from before its time, taken in as it would
 * have been; elsewhere (a direct message, a channel that it is not in) its author and time count, and its words are what
 * the form says of it, since an edit or a deletion there would never be heard.
 */
export async function takeIn(tx: Tx, accountId: number, source: FormSource, now: number): Promise<void> {
  const { channel, ts, author } = source;
  if (!author || (await messageAt(tx, channel, ts)) || !(await isTheirs(tx, author))) return;
  const isOurs = (await channelOf(tx, channel)) !== undefined;
  if (isOurs && !(await keepsWords(tx, channel))) return;
  const threadTs = source.threadTs && source.threadTs !== ts ? source.threadTs : null;
  const at = Math.min(instantOfTs(ts), now);
  const text = isOurs ? (source.text ?? '') : '';
  await recordCustomerMessage(tx, accountId, { channel, ts, threadTs, author, text, files: [], at });
}
