import { DAY_MS, HOUR_MS, MINUTE_MS } from './calendar.js';

const UNITS = [
  { letter: 'w', words: /^w(?:eeks?)?$/, ms: 7 * DAY_MS },
  { letter: 'd', words: /^d(?:ays?)?$/, ms: DAY_MS },
  { letter: 'h', words: /^h(?:rs?|ours?)?$/, ms: HOUR_MS },
  { letter: 'm', words: /^m(?:ins?|inutes?)?$/, ms: MINUTE_MS },
];
const LONGEST_MS = 366 * DAY_MS;
const RIGHT = 'Write a length of time such as 90m, 3h, 4d, 2w or 1d 4h.';

/** A length of time in milliseconds, or what is wrong with the text and what would be right. */
export type Duration = { ms: number } | { problem: string };

/**
 * Reads "3h", "90 min", "2w", "1d 4h": whole numbers, larger units first, each once. A day is 24 hours, whatever the
 * calendar or working hours say. Nothing, and more than a year, are problems.
 */
export function parseDuration(text: string): Duration {
  const said = text.trim().toLowerCase();
  if (!/^(?:\d{1,6}\s*[a-z]+\s*)+$/.test(said))
    return { problem: `"${text.trim()}" is not understood. ${RIGHT}` };
  let ms = 0;
  let last = -1;
  for (const [, count, word = ''] of said.matchAll(/(\d+)\s*([a-z]+)/g)) {
    const unit = UNITS.findIndex(({ words }) => words.test(word));
    if (unit === -1) return { problem: `"${word}" is not a unit: w, d, h and m are. ${RIGHT}` };
    if (unit <= last) return { problem: `Larger units come first, each once. ${RIGHT}` };
    ms += Number(count) * (UNITS[unit]?.ms ?? 0);
    last = unit;
  }
  if (ms === 0) return { problem: `It must be longer than nothing. ${RIGHT}` };
  if (ms > LONGEST_MS) return { problem: `It can be a year at most. ${RIGHT}` };
  return { ms };
}

/** Milliseconds as {@link parseDuration} reads them, "1d 4h"; seconds are dropped, less than a minute is "0m". */
export function durationText(ms: number): string {
  let left = Math.max(0, ms);
  const parts: string[] = [];
  for (const { letter, ms: size } of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count}${letter}`);
    left -= count * size;
  }
  return parts.join(' ') || '0m';
}
