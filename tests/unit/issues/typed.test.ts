import { describe, expect, it } from 'vitest';
import { fingerprint, readEdits } from '../../../src/issues/rules/edits.js';
import { graverPriority, parseIssueNumber, parsePriority } from '../../../src/issues/rules/issue.js';
import { assigneeProblem, readPair, readPersonRef, splitNumber } from '../../../src/issues/rules/typed.js';

describe('what people type behind /issue', () => {
  it.each(['B-42', 'b-42', '42', '#42', 'b42', ' B-42 '])('"%s" is issue 42', (text) =>
    expect(parseIssueNumber(text)).toBe(42),
  );
  it.each(['', 'B', 'B-', '42x', '4 2', '-42', '1234567890', 'B-4.2'])('"%s" is no issue', (text) =>
    expect(parseIssueNumber(text)).toBeNull(),
  );

  it('a number is found wherever it stands', () => {
    expect(splitNumber('B-42 high')).toEqual({ number: 42, typed: 'B-42', rest: 'high' });
    expect(splitNumber('high #42')).toEqual({ number: 42, typed: '#42', rest: 'high' });
    expect(splitNumber('<@U1|sam> 42')).toEqual({ number: 42, typed: '42', rest: '<@U1|sam>' });
    expect(splitNumber('B-x high')).toEqual({ number: null, typed: 'B-x', rest: 'high' });
    expect(splitNumber('')).toEqual({ number: null, typed: '', rest: '' });
  });

  it.each(['42 as 17', 'B-42 B-17', '#42 = #17', '42, 17', 'b-42 is 17', '42 AS 17'])(
    '"%s" means that 42 is the same as 17',
    (text) => expect(readPair(text)).toEqual({ from: 42, into: 17 }),
  );
  it.each(['', '42', '42 as', '42 as x', '1 2 3'])('"%s" names no two issues', (text) =>
    expect(readPair(text)).toBeNull(),
  );

  it('reads people as Slack writes them and as people do', () => {
    expect(readPersonRef('<@U123>')).toEqual({ slackId: 'U123' });
    expect(readPersonRef('<@U123|sam>')).toEqual({ slackId: 'U123' });
    expect(readPersonRef('@sam')).toEqual({ name: 'sam' });
    expect(readPersonRef('to Sam Okafor')).toEqual({ name: 'Sam Okafor' });
    expect(readPersonRef('')).toEqual({ name: '' });
  });

  it('knows priorities, also by the words of other desks', () => {
    expect(['low', 'High', ' urgent ', 'medium', 'critical'].map(parsePriority)).toEqual([
      'low',
      'high',
      'urgent',
      'normal',
      'urgent',
    ]);
    expect(parsePriority('hihg')).toBeNull();
    expect(graverPriority('low', 'urgent')).toBe('urgent');
    expect(graverPriority('high', 'normal')).toBe('high');
  });

  it.each([
    ['bot', 'Buildbot is a bot'],
    ['left', 'is deactivated'],
    ['customer', 'is a customer'],
    ['member', 'has no role in Baton yet'],
    ['external', 'is nobody that Baton knows'],
    ['person', 'may look at issues, but not have one'],
  ] as const)('says why a %s cannot have an issue', (kind, words) =>
    expect(assigneeProblem({ kind, name: 'Buildbot', mayTake: false })).toContain(words),
  );
  it('lets our people have it', () =>
    expect(assigneeProblem({ kind: 'person', name: 'Sam', mayTake: true })).toBeNull());
});

describe('the form of Edit', () => {
  const seen = {
    title: fingerprint('Export drops rows'),
    detail: fingerprint('Since Monday'),
    priority: 'normal',
    category: 'none',
  };
  const sent = (more: Record<string, string | null>) =>
    readEdits(
      { title: 'Export drops rows', detail: 'Since Monday', priority: 'normal', category: 'none', ...more },
      seen,
    );

  it('changes nothing when it comes back as it was, or empty-handed', () => {
    expect(sent({})).toEqual({ edits: {} });
    expect(sent({ title: null, detail: null, priority: null, category: null })).toEqual({ edits: {} });
  });

  it('takes what was changed, and only that', () => {
    expect(sent({ title: '  Export \n drops  all rows ' })).toEqual({
      edits: { title: 'Export drops all rows' },
    });
    expect(sent({ priority: 'urgent', category: 'bug' })).toEqual({
      edits: { priority: 'urgent', category: 'bug' },
    });
    expect(sent({ detail: '-' })).toEqual({ edits: { detail: null } });
  });

  it('says at its field what is wrong: an empty title, 5,000 characters, an emoji pair at the cut', () => {
    expect(sent({ title: ' \n ' })).toEqual({ errors: { title: expect.stringContaining('in a few words') } });
    expect(sent({ title: 'x'.repeat(5_000) })).toEqual({
      errors: { title: expect.stringContaining('5000 characters; 150 fit') },
    });
    expect(sent({ title: '😀'.repeat(150) })).toEqual({ edits: { title: '😀'.repeat(150) } });
    expect(sent({ title: '😀'.repeat(151), detail: 'y'.repeat(3_001) })).toEqual({
      errors: { title: expect.stringContaining('151'), detail: expect.stringContaining('3001') },
    });
    expect(sent({ priority: 'asap' })).toEqual({ errors: { priority: expect.stringContaining('low') } });
  });
});
