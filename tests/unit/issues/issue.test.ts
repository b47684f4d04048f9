import { describe, expect, it } from 'vitest';
import { issueName, parseIssueNumber, TITLE_MAX, titleFrom } from '../../../src/issues/rules/issue.js';

describe('an issue number', () => {
  it.each(['B-42', 'b-42', 'B42', 'b42', '#42', '42', '  B-42 '])('is understood as %j', (typed) => {
    expect(parseIssueNumber(typed)).toBe(42);
  });

  it.each(['', 'B-', 'C-42', '4 2', 'B-42x', '-42', '4.2', 'B--42', '1234567890', 'B-٤٢'])(
    'is not read from %j',
    (typed) => {
      expect(parseIssueNumber(typed)).toBeNull();
    },
  );

  it('is written as people write it', () => {
    expect(issueName(42)).toBe('B-42');
    expect(parseIssueNumber(issueName(7))).toBe(7);
  });
});

describe('a title from a message', () => {
  it('is its first line that says something, on one line', () => {
    expect(titleFrom('\n  \n  Export   drops\trows \nsince Monday')).toBe('Export drops rows');
    expect(titleFrom('')).toBe('');
    expect(titleFrom(' \n ')).toBe('');
  });

  it('is cut to its length by characters, never inside an emoji pair', () => {
    const cut = titleFrom('😀'.repeat(400));
    expect(Array.from(cut)).toHaveLength(TITLE_MAX);
    expect(cut.endsWith('😀…')).toBe(true);
    expect(titleFrom('x'.repeat(TITLE_MAX))).toBe('x'.repeat(TITLE_MAX));
    expect(titleFrom('x'.repeat(TITLE_MAX + 1))).toHaveLength(TITLE_MAX);
  });
});
