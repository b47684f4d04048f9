import { HOUR_MS } from '../../time/index.js';
import { isCourtesy } from './courtesy.js';

/** When a customer's message is a contact, and which one it belongs to (design: grouping, "no contact"). */

export interface CustomerMessage {
  author: string;
  text: string;
  /** The thread it stands in; null when it stands in the channel. */
  threadTs: string | null;
  hasFile: boolean;
  /** It is addressed to another customer: they talk among themselves, nobody reached out to us. */
  isToColleague?: boolean;
  /** Business time, UTC ms. */
  at: number;
}

export interface OpenContact {
  id: number;
  /** When each of those who wrote in it last did, business time; by Slack user id. */
  lastBy: Readonly<Record<string, number>>;
}

export interface OurMessage {
  /** Business time, UTC ms. */
  at: number;
  text: string;
}

export interface ChannelMemory {
  /** The contact that the message's thread belongs to: the thread of any of its messages. */
  threadContact: number | null;
  /** Recent contacts of the account in this channel, newest first. */
  contacts: readonly OpenContact[];
  /** What one of us last wrote before it where it stands: in the channel itself, or in its thread. */
  ours: OurMessage | null;
  /** First names of people who are greeted and thanked here, in small letters. */
  names?: ReadonlySet<string>;
}

/** `asks`: the message waits for an answer of its own, also inside a contact that was answered before. */
export type ContactDecision =
  | { join: number; asks: boolean }
  | { open: true }
  | { none: 'courtesy' | 'answer' | 'short' | 'colleague' };

const SAME_AUTHOR_MS = 2 * HOUR_MS;
const OTHER_AUTHOR_MS = HOUR_MS;
const ANSWER_MS = 4 * HOUR_MS;
const SHORT_MS = 24 * HOUR_MS;
const SHORT_WORDS = 4;

/** How far back contacts matter for grouping. */
export const GROUPING_MS = Math.max(SAME_AUTHOR_MS, OTHER_AUTHOR_MS);

/** Decides what a customer's message is: part of a contact, a new one, or none. */
export function placeMessage(message: CustomerMessage, memory: ChannelMemory): ContactDecision {
  const none = whyNone(message, memory);
  if (memory.threadContact !== null) return { join: memory.threadContact, asks: none === null };
  if (none === 'courtesy' || none === 'colleague') return { none };
  const group = message.threadTs === null ? groupOf(message, memory.contacts) : undefined;
  if (group) return { join: group.id, asks: none === null };
  return none === null ? { open: true } : { none };
}

function whyNone(
  message: CustomerMessage,
  memory: ChannelMemory,
): 'courtesy' | 'answer' | 'short' | 'colleague' | null {
  if (message.isToColleague) return 'colleague';
  if (!message.hasFile && isCourtesy(message.text, memory.names)) return 'courtesy';
  const { ours } = memory;
  if (ours === null) return null;
  const gap = message.at - ours.at;
  // A question put to what asked nothing is no answer to it.
  if (gap <= ANSWER_MS) return isQuestion(message.text) && !isQuestion(ours.text) ? null : 'answer';
  return gap <= SHORT_MS && isShort(message) ? 'short' : null;
}

function groupOf(message: CustomerMessage, contacts: readonly OpenContact[]): OpenContact | undefined {
  return contacts.find((contact) =>
    Object.entries(contact.lastBy).some(([author, at]) => {
      // Slack promises no order: a message that was written before the last one is as near as one after it.
      const gap = Math.abs(message.at - at);
      return gap <= (author === message.author ? SAME_AUTHOR_MS : OTHER_AUTHOR_MS);
    }),
  );
}

function isShort(message: CustomerMessage): boolean {
  return !message.hasFile && !pointsAtSomething(message.text) && wordCount(message.text) <= SHORT_WORDS;
}

/** A question mark of any script. */
function isQuestion(text: string): boolean {
  return /[?？؟]/u.test(text);
}

function pointsAtSomething(text: string): boolean {
  return isQuestion(text) || /https?:\/\//u.test(text);
}

const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Words as a reader of the language would count them; Japanese and Chinese are written without spaces. */
export function wordCount(text: string): number {
  let words = 0;
  for (const part of WORDS.segment(text)) if (part.isWordLike) words += 1;
  return words;
}

/** Whether words on their own ask for or report something: what is short and points at nothing may be talk. */
export function saysSomething(text: string, hasFile: boolean): boolean {
  return hasFile || pointsAtSomething(text) || wordCount(text) > SHORT_WORDS;
}
