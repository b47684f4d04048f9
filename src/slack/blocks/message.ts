import { fold, howManyFit, MESSAGE_ROOM } from './fold.js';
import { multiline } from './inline.js';
import { type Block, type MaybeBlock, present, section } from './layout.js';
import { type Md, md } from './md.js';
import { fallbackText } from './text.js';

/** What a post or an update carries; both parts are within every limit. */
export interface Message {
  /** Push text and what a screen reader says: 1 to 3,000 characters. */
  text: string;
  /** 1 to 50 blocks. */
  blocks: Block[];
}

/**
 * A message. `text` is its first line in words: who must do what. Without blocks the text becomes the one section.
 * What does not fit is folded into "… and N more"; digests call {@link splitMessages} before.
 * @throws BlockMisuse when two blocks have one id
 */
export function message(spec: { text: string | Md; blocks: readonly MaybeBlock[] }): Message {
  const blocks = present(spec.blocks);
  const asSection = typeof spec.text === 'string' ? multiline(spec.text) : spec.text;
  return {
    text: fallbackText(spec.text),
    blocks: fold(blocks.length > 0 ? blocks : [section(md`${asSection}`)], MESSAGE_ROOM),
  };
}

/** Whether a message takes all of these blocks: nothing of them would be folded. */
export function fitsMessage(blocks: readonly Block[]): boolean {
  return howManyFit(blocks, MESSAGE_ROOM) === blocks.length;
}

/**
 * A long list of blocks as several messages' worth, in order, each of which `message` takes without folding. Pages
 * break before a header or divider when the later half of a page has one, else before a section, so that buttons and
 * small print stay under their text. Dividers at a page's edges are dropped. Nothing in, nothing out.
 * @throws BlockMisuse when two blocks have one id
 */
export function splitMessages(blocks: readonly MaybeBlock[]): Block[][] {
  const pages: Block[][] = [];
  let rest = withoutEdgeDividers(present(blocks));
  while (rest.length > 0) {
    const fitting = howManyFit(rest, MESSAGE_ROOM);
    const end = fitting === rest.length ? fitting : breakBefore(rest, fitting);
    const page = withoutEdgeDividers(rest.slice(0, end));
    if (page.length > 0) pages.push(page);
    rest = withoutEdgeDividers(rest.slice(end));
  }
  return pages;
}

/** Index at which the next page starts: at most `fitting`, at least 1. */
function breakBefore(blocks: readonly Block[], fitting: number): number {
  const starts = (types: readonly Block['type'][], from: number): number | undefined => {
    for (let i = fitting; i > from; i--) {
      const type = blocks[i]?.type;
      if (type !== undefined && types.includes(type) && blocks[i - 1]?.type !== 'header') return i;
    }
    return undefined;
  };
  return (
    starts(['header', 'divider'], Math.floor(fitting / 2)) ??
    starts(['header', 'divider', 'section'], 0) ??
    fitting
  );
}

function withoutEdgeDividers(blocks: readonly Block[]): Block[] {
  const first = blocks.findIndex((block) => block.type !== 'divider');
  const last = blocks.findLastIndex((block) => block.type !== 'divider');
  return first === -1 ? [] : blocks.slice(first, last + 1);
}
