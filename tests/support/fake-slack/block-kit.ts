/** Slack's judgement on blocks and views: a list of findings, empty when all is well. */
import { acrossBlocks, blockOn, type Surface } from './block-kit/blocks.js';
import { plainText } from './block-kit/objects.js';
import { type Check, flag, isObject, list, object, oneOf, type Report, string } from './block-kit/schema.js';

const MOST_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

/** Checks the blocks of a message. */
export function checkMessageBlocks(blocks: unknown): string[] {
  return findings((report) => checkBlocks('message')(blocks, '/blocks', report));
}

/** Checks a view definition for the surface it is meant for. */
export function checkView(view: unknown, surface: 'modal' | 'home'): string[] {
  return findings((report) => VIEWS[surface](view, '/view', report));
}

function findings(check: (report: Report) => void): string[] {
  const found: string[] = [];
  check((at, reason) => found.push(`[ERROR] ${reason} [json-pointer:${at}]`));
  return found;
}

function checkBlocks(surface: Surface): Check {
  const each = list(blockOn(surface), 0, MOST_BLOCKS[surface]);
  return (value, at, report) => {
    each(value, at, report);
    if (Array.isArray(value)) acrossBlocks(value.filter(isObject), at, report);
  };
}

const shared = {
  private_metadata: string(0, 3000),
  callback_id: string(0, 255),
  external_id: string(0, 255),
};

const VIEWS: Record<'modal' | 'home', Check> = {
  modal: object({
    required: { type: oneOf('modal'), title: plainText(24), blocks: checkBlocks('modal') },
    optional: {
      ...shared,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
    also: (view, at, report) => {
      const asks = (view.blocks as unknown[]).some((block) => isObject(block) && block.type === 'input');
      if (asks && view.submit === undefined)
        report(at, 'submit is required when an input block is within the blocks array');
    },
  }),
  home: object({
    required: { type: oneOf('home'), blocks: checkBlocks('home') },
    optional: { ...shared },
  }),
};
