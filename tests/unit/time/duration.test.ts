import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationText, parseDuration } from '../../../src/time/index.js';

const HOUR = 3_600_000;

test.each([
  ['3h', 3 * HOUR],
  ['4d', 96 * HOUR],
  ['90m', 1.5 * HOUR],
  ['2w', 336 * HOUR],
  ['1d 4h', 28 * HOUR],
  [' 1D4H ', 28 * HOUR],
  ['90 min', 1.5 * HOUR],
  ['2 weeks 1 day', 360 * HOUR],
  ['1 hour 30 minutes', 1.5 * HOUR],
])('%j', (text, ms) => {
  expect(parseDuration(text)).toEqual({ ms });
});

test.each([
  ['', 'is not understood'],
  ['soon', 'is not understood'],
  ['3', 'is not understood'],
  ['-3h', 'is not understood'],
  ['1.5h', 'is not understood'],
  ['3 fortnights', '"fortnights" is not a unit'],
  ['4h 1d', 'Larger units come first'],
  ['1h 1h', 'Larger units come first'],
  ['0m', 'longer than nothing'],
  ['900d', 'a year at most'],
  ['99999999999999h', 'is not understood'],
])('%j names what would be right', (text, why) => {
  const problem = (parseDuration(text) as { problem: string }).problem;
  expect(problem).toContain(why);
  expect(problem).toContain('such as 90m, 3h, 4d, 2w or 1d 4h');
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 366 * 24 * 60 }), (minutes) => {
      expect(parseDuration(durationText(minutes * 60_000))).toEqual({ ms: minutes * 60_000 });
    }),
  );
  expect(durationText(0)).toBe('0m');
  expect(durationText(28 * HOUR)).toBe('1d 4h');
});

test('anything typed gives milliseconds or a problem, at once', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9hdwm ]*$/)), (text) => {
      const read = parseDuration(text);
      expect('ms' in read ? Number.isInteger(read.ms) && read.ms > 0 : read.problem.length > 0).toBe(true);
    }),
  );
  const started = performance.now();
  parseDuration('1m'.repeat(50_000));
  parseDuration(`${'1 a '.repeat(20_000)}!`);
  expect(performance.now() - started).toBeLessThan(3000);
});
