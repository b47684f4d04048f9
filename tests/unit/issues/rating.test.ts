import { describe, expect, it } from 'vitest';
import { isBadRating, readRating } from '../../../src/issues/rules/rating.js';

describe('a rating as it is typed', () => {
  it('is bad, good or a number of five, with the words behind it', () => {
    expect(readRating('bad')).toEqual({ value: 1, words: null });
    expect(readRating('Good')).toEqual({ value: 5, words: null });
    expect(readRating('3/5')).toEqual({ value: 3, words: null });
    expect(readRating('2: still crashes')).toEqual({ value: 2, words: 'still crashes' });
    expect(readRating('bad “still crashes”')).toEqual({ value: 1, words: 'still crashes' });
  });

  it('is nothing else', () => {
    for (const typed of ['', 'badly', '0', '6', '11', 'so so', '-1', '4x'])
      expect(readRating(typed)).toBeNull();
  });

  it('keeps words short', () => {
    expect(readRating(`bad ${'🦊'.repeat(2_000)}`)?.words).toBe('🦊'.repeat(500));
  });

  it('is bad up to two', () => {
    expect([1, 2, 3].map(isBadRating)).toEqual([true, true, false]);
  });
});
