import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { clip } from './clip.js';
import { clean, escapeText, inert, isVisible, oneLine } from './inert.js';
import { EMPTY, LIMITS } from './limits.js';
import { clipMd, Md } from './md.js';

/** `&`, `<` and `>` count as their entities: Slack keeps plain text escaped and does not say when it counts. */
const escapedLength = (piece: string): number => escapeText(piece).length;

/** Human text as plain_text on one line, cut to `max`; "–" when there is nothing to see. Nothing in it is parsed. */
export function plain(text: string, max: number = LIMITS.text): PlainTextElement {
  return plainText(oneLine(text), max);
}

/** {@link plain} with line ends kept, for confirm dialogs. */
export function plainLines(text: string, max: number): PlainTextElement {
  return plainText(clean(text).trim(), max);
}

/** What a text input starts with: exact apart from characters that cannot be shown, cut to `max`; undefined if empty. */
export function initialText(text: string | undefined, max: number): string | undefined {
  const cut = clip(clean(text ?? ''), max, escapedLength);
  return cut === '' ? undefined : cut;
}

/** A mrkdwn object that Slack does not add mentions or links to. */
export function mrkdwn(piece: Md, max: number): MrkdwnElement {
  return { type: 'mrkdwn', text: clipMd(piece, max), verbatim: true };
}

/** Top-level `text`: what the phone shows and a screen reader says. Strings are inert; never empty. */
export function fallbackText(text: string | Md): string {
  const piece = typeof text === 'string' ? new Md(inert(clean(text).trim())) : text;
  return clipMd(piece, LIMITS.messageText);
}

function plainText(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: isVisible(text) ? clip(text, max, escapedLength) : EMPTY, emoji: false };
}
