import { type Block, context } from './layout.js';
import { BlockMisuse, LIMITS } from './limits.js';
import { md } from './md.js';

/** How much one surface takes: `size` in whatever `measure` counts of a block's JSON. */
export interface Room {
  blocks: number;
  size: number;
  measure: (json: string) => number;
}

export const MESSAGE_ROOM: Room = {
  blocks: LIMITS.blocksPerMessage,
  size: LIMITS.messageJson,
  measure: (json) => json.length,
};

export const VIEW_ROOM: Room = {
  blocks: LIMITS.blocksPerView,
  size: LIMITS.viewBytes,
  measure: (json) => Buffer.byteLength(json),
};

/** For the line that says what was folded. */
const NOTE_SIZE = 200;

/** How many of the blocks, from the first, fit; at least one, so that no loop over pages stands still. */
export function howManyFit(blocks: readonly Block[], room: Room): number {
  let used = 0;
  for (const [i, block] of blocks.slice(0, room.blocks).entries()) {
    used += room.measure(JSON.stringify(block)) + 1;
    if (used > room.size && i > 0) return i;
  }
  return Math.min(blocks.length, room.blocks);
}

/**
 * All blocks if they fit; else the first ones and a last line "… and N more", N being the sections left out.
 * @throws BlockMisuse when a field of a modal would be left out: a form must be whole
 */
export function fold(blocks: readonly Block[], room: Room): Block[] {
  if (howManyFit(blocks, room) === blocks.length) return [...blocks];
  const kept = howManyFit(blocks, { ...room, blocks: room.blocks - 1, size: room.size - NOTE_SIZE });
  const left = blocks.slice(kept);
  if (left.some((block) => block.type === 'input'))
    throw new BlockMisuse('an input block does not fit in the view');
  const sections = left.filter((block) => block.type === 'section').length;
  const note = context([md`… and ${sections || left.length} more`]);
  return note ? [...blocks.slice(0, kept), note] : blocks.slice(0, kept);
}
