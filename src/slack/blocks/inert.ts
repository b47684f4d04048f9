/** Control characters, and the marks that make the rest of a line read backwards. Tab and newline stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const DECODED: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Escapes the three characters that Slack asks for, each time it is called: call it once, just before posting. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (c) => ENTITIES[c] ?? c);
}

/** Undoes {@link escapeText} once on text received from Slack (`&amp;lt;` becomes `&lt;`): call it once, before storing. */
export function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => DECODED[entity] ?? entity);
}

/** Whether a reader would see anything: false for white space, zero-width and control characters only. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** Text without what cannot be shown or turns lines around; lone surrogates become U+FFFD; line ends become `\n`. */
export function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(UNSEEN, '')
    .replace(LONE_SURROGATE, '\ufffd');
}

/** {@link clean} on one line: a title with a line end must not add a line to a card that looks like ours. */
export function oneLine(text: string): string {
  return clean(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

/**
 * User text for mrkdwn: shown as typed, but never a mention, link, quote, bold, italic, struck or code text. Marks that
 * could open a format become look-alikes; `_` and `~` between letters or digits (`month_end`) format nothing and stay.
 * Not for text that is to be copied exactly: that belongs in plain_text or an input.
 */
export function inert(text: string): string {
  return escapeText(
    text
      .replace(/^([^\S\n]*)>+/gm, '$1›')
      .replace(/\*/g, '∗')
      .replace(/`/g, 'ˋ')
      .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, 'ˍ')
      .replace(/(?<![A-Za-z0-9])~|~(?![A-Za-z0-9])/g, '∼')
      .replace(/@(?=(?:channel|here|everyone)\b)/gi, '@\u2060'),
  );
}
