import type { PlainTextOption } from '@slack/types';
import { LIMITS, own } from './limits.js';
import { plain } from './text.js';

/** One choice: `text` is for people and is cut; `value` is an id of ours, at most 150 characters. */
export interface OptionItem {
  text: string;
  value: string;
  description?: string | undefined;
}

/** A choice of an overflow menu, which can also open an address. */
export interface OverflowItem {
  text: string;
  value: string;
  url?: string | undefined;
}

/** @throws BlockMisuse when the value is empty or too long */
export function option(item: OptionItem): PlainTextOption {
  const made: PlainTextOption = {
    text: plain(item.text, LIMITS.optionText),
    value: own('option value', item.value, LIMITS.optionValue),
  };
  if (item.description) made.description = plain(item.description, LIMITS.optionDescription);
  return made;
}

/**
 * The first `max` of a list that may be too long for a menu, and how many were left out, so the caller can say so.
 * A chosen value that would be left out takes the last place.
 */
export function fitOptions<T extends { value: string }>(
  items: readonly T[],
  max: number = LIMITS.selectOptions,
  chosen?: string,
): { items: T[]; dropped: number } {
  const fitting = items.slice(0, max);
  const late = chosen === undefined ? undefined : items.slice(max).find((item) => item.value === chosen);
  if (late) fitting[max - 1] = late;
  return { items: fitting, dropped: items.length - fitting.length };
}
