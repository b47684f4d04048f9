import type {
  ActionsBlock,
  ActionsBlockElement,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  InputBlock,
  SectionBlock,
  SectionBlockAccessory,
} from '@slack/types';
import { atMost, LIMITS, own, unique } from './limits.js';
import { Md, md } from './md.js';
import { mrkdwn, plain } from './text.js';

/** The blocks that Baton uses. */
export type Block = ActionsBlock | ContextBlock | DividerBlock | HeaderBlock | InputBlock | SectionBlock;
/** What a list of blocks may hold, so that `isOpen && section(…)` can stand in it. */
export type MaybeBlock = Block | undefined | false;

/** Text, with at most one element at its right; "–" when the text is empty. Cut to 3,000. */
export function section(
  text: Md,
  opts: { accessory?: SectionBlockAccessory | undefined; blockId?: string } = {},
): SectionBlock {
  return {
    type: 'section',
    text: mrkdwn(text, LIMITS.sectionText),
    ...(opts.blockId !== undefined && { block_id: own('block_id', opts.blockId, LIMITS.id) }),
    ...(opts.accessory && { accessory: opts.accessory }),
  };
}

/** Small grey text, one piece beside the other; undefined when all are empty. The tenth of more says how many are left. */
export function context(texts: readonly (Md | undefined | false)[]): ContextBlock | undefined {
  const present = texts.filter((text): text is Md => text instanceof Md && !text.isEmpty);
  if (present.length === 0) return undefined;
  const max = LIMITS.contextElements;
  const shown =
    present.length <= max
      ? present
      : [...present.slice(0, max - 1), md`… and ${present.length - max + 1} more`];
  return { type: 'context', elements: shown.map((text) => mrkdwn(text, LIMITS.contextText)) };
}

/** A large plain line, cut to 150; "–" when empty. */
export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, LIMITS.headerText) };
}

/** A thin rule. */
export function divider(): DividerBlock {
  return { type: 'divider' };
}

/**
 * A row of buttons and menus; undefined when none is left.
 * @throws BlockMisuse with more than 25, or when two have one action id
 */
export function actions(
  blockId: string,
  elements: readonly (ActionsBlockElement | undefined | false)[],
): ActionsBlock | undefined {
  const present = elements.filter((element): element is ActionsBlockElement => Boolean(element));
  atMost('actions', present.length, LIMITS.actionsElements);
  unique(
    'action_id',
    present.map((element) => element.action_id),
  );
  const id = own('block_id', blockId, LIMITS.id);
  return present.length === 0 ? undefined : { type: 'actions', block_id: id, elements: present };
}

/** What is there of a list of blocks. @throws BlockMisuse when two have one block id */
export function present(blocks: readonly MaybeBlock[]): Block[] {
  const kept = blocks.filter((block): block is Block => Boolean(block));
  unique(
    'block_id',
    kept.map((block) => block.block_id),
  );
  return kept;
}
