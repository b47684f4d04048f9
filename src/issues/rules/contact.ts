/** When a customer's message is a contact, and which one it belongs to (design: grouping, "no contact"). */

export interface CustomerMessage {
  author: string;
  text: string;
  /** The thread it stands in; its own ts, or null, when it stands in the channel. */
  threadTs: string | null;
  hasFile: boolean;
  /** Business time, UTC ms. */
  at: number;
}

export interface OpenContact {
  id: number;
  threadTs: string;
  author: string;
  lastAt: number;
}

export interface ChannelMemory {
  /** Recent contacts of the account in this channel, newest first. */
  contacts: readonly OpenContact[];
  /** When one of us last wrote in the channel itself (not in a thread), business time. */
  oursInChannelAt: number | null;
  /** When one of us last wrote in the thread that the message stands in. */
  oursInThreadAt: number | null;
}

export type ContactDecision = { join: number } | { open: true } | { none: 'courtesy' | 'answer' | 'short' };

const HOUR_MS = 3_600_000;
const SAME_AUTHOR_MS = 2 * HOUR_MS;
const OTHER_AUTHOR_MS = HOUR_MS;
const ANSWER_MS = 4 * HOUR_MS;
const SHORT_MS = 24 * HOUR_MS;
const SHORT_WORDS = 4;

/** Decides what a customer's message is: part of a contact, a new one, or none. */
export function placeMessage(message: CustomerMessage, memory: ChannelMemory): ContactDecision {
  const thread = memory.contacts.find((contact) => contact.threadTs === message.threadTs);
  if (thread) return { join: thread.id };
  if (isCourtesy(message.text) && !message.hasFile) return { none: 'courtesy' };
  const group = message.threadTs === null ? groupOf(message, memory.contacts) : undefined;
  if (group) return { join: group.id };
  const oursAt = message.threadTs === null ? memory.oursInChannelAt : memory.oursInThreadAt;
  if (oursAt !== null && message.at - oursAt <= ANSWER_MS) return { none: 'answer' };
  if (oursAt !== null && message.at - oursAt <= SHORT_MS && isShort(message)) return { none: 'short' };
  return { open: true };
}

function groupOf(message: CustomerMessage, contacts: readonly OpenContact[]): OpenContact | undefined {
  return contacts.find((contact) => {
    const gap = message.at - contact.lastAt;
    return gap <= (contact.author === message.author ? SAME_AUTHOR_MS : OTHER_AUTHOR_MS);
  });
}

function isShort(message: CustomerMessage): boolean {
  const words = message.text.trim().split(/\s+/u).filter(Boolean);
  return words.length <= SHORT_WORDS && !message.hasFile && !/[?？؟]|https?:\/\//u.test(message.text);
}

/** Greetings and thanks in the languages of our customers; letters only, so that "Thanks!! 🙏" is found. */
const COURTESIES = new Set(
  `hi|hello|hey|hi all|hi team|hello team|hey team|hi everyone|good morning|good afternoon|morning|thanks|thank you|thx|ty|
  thanks a lot|thank you so much|thanks so much|many thanks|thanks team|thank you team|great thanks|perfect thanks|ok thanks|
  got it thanks|awesome thanks|cheers|great|perfect|awesome|ok|okay|got it|will do|sounds good|np|no problem|you re welcome|
  danke|vielen dank|danke schön|danke dir|super danke|hallo|guten morgen|moin|alles klar|merci|merci beaucoup|bonjour|salut|
  d accord|parfait merci|gracias|muchas gracias|hola|buenos días|buenas|vale gracias|perfecto gracias|obrigado|obrigada|
  muito obrigado|olá|oi|bom dia|valeu|grazie|grazie mille|ciao|buongiorno|tack|tack så mycket|hej|bedankt|dank je|dankjewel|
  ありがとうございます|ありがとう|谢谢|감사합니다|спасибо|дякую|dziękuję|dzięki`
    .split('|')
    .map((phrase) => phrase.trim()),
);

/** True when the words say hello or thanks and nothing else. */
export function isCourtesy(text: string): boolean {
  const words = text
    .toLowerCase()
    .replace(/<@[^>]*>|:[a-z0-9_+-]+:/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return words === '' ? text.trim() !== '' && !/[?\d]/u.test(text) : COURTESIES.has(words);
}
