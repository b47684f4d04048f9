import type { Args } from './args.js';
import { SlackError } from './errors.js';

export interface Page<Item> {
  items: Item[];
  nextCursor: string;
}

/** Cuts one page out of a list; cursors are opaque, as Slack's are. */
export function page<Item>(all: Item[], args: Args, defaultLimit: number, most = 1000): Page<Item> {
  const limit = args.int('limit', defaultLimit);
  if (limit < 1 || limit > most) throw new SlackError('invalid_limit');
  const start = offsetOf(args.text('cursor'));
  const end = start + limit;
  return {
    items: all.slice(start, end),
    nextCursor: end < all.length ? Buffer.from(`offset:${end}`).toString('base64') : '',
  };
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (!match) throw new SlackError('invalid_cursor');
  return Number(match[1]);
}
