const BARS = '▁▂▃▄▅▆▇█';

/**
 * Counts as a row of small bars, oldest first: nothing is the lowest, the most is the highest of those that its size
 * has earned, so that one contact a week does not look like a flood. Nothing in, nothing out.
 */
export function sparkline(counts: readonly number[]): string {
  const top = Math.max(...counts, BARS.length - 1);
  return counts
    .map((count) => BARS[Math.round((Math.max(0, count) / top) * (BARS.length - 1))] ?? BARS[0])
    .join('');
}
