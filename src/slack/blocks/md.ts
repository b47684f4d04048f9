import { clipMrkdwn } from './clip.js';
import { inert, isVisible, oneLine } from './inert.js';
import { BlockMisuse, EMPTY } from './limits.js';

/** A piece of mrkdwn that is safe to post. Only this folder can make one, so no raw string passes for it. */
export class Md {
  /** Keeps any other object with a `mrkdwn` property from passing for this one. */
  protected readonly safe = true;
  /** @internal use `md` and the constructors in inline.ts */
  constructor(readonly mrkdwn: string) {}

  /** Whether a reader would see nothing. */
  get isEmpty(): boolean {
    return !isVisible(this.mrkdwn);
  }
}

/** What can stand in `md\`…${here}…\``: strings are made inert and put on one line, the others go in as they are. */
export type MdValue = string | number | Md;

/**
 * Writes mrkdwn: `md\`*B-42* · ${title}\``. The template's own words are trusted, so marks in them format; an
 * interpolated string cannot format, mention, link or break the line.
 * @throws BlockMisuse when a string stands inside `<…>` of the template: that is what `link` and `mention` are for
 */
export function md(template: TemplateStringsArray, ...values: MdValue[]): Md {
  let out = '';
  template.forEach((literal, i) => {
    out += literal.replace(/&(?!(?:amp|lt|gt);)/g, '&amp;');
    const value = values[i];
    if (value === undefined) return;
    if (typeof value === 'string' && /<[^>]*$/.test(out))
      throw new BlockMisuse('a string inside <…> of an md template');
    out += fragment(value);
  });
  return new Md(out);
}

/** One value as mrkdwn text. */
export function fragment(value: MdValue): string {
  if (value instanceof Md) return value.mrkdwn;
  return typeof value === 'number' ? String(value) : inert(oneLine(value));
}

/** Joins what is there with line ends; undefined, false and empty pieces leave no line. */
export function lines(parts: readonly (Md | undefined | false)[]): Md {
  return join(parts, '\n');
}

/** Joins what is there, by default with the middle dot of our cards; `separator` is ours, never user text. */
export function join(parts: readonly (Md | undefined | false)[], separator = ' · '): Md {
  const present = parts.filter((part): part is Md => part instanceof Md && !part.isEmpty);
  return new Md(present.map((part) => part.mrkdwn).join(separator));
}

/** mrkdwn cut to `max` UTF-16 units, never inside an entity, `<…>` or grapheme; "–" when there is nothing to see. */
export function clipMd(piece: Md, max: number): string {
  return piece.isEmpty ? EMPTY : clipMrkdwn(piece.mrkdwn, max);
}
