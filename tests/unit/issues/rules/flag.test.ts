import { describe, expect, it } from 'vitest';
import {
  ANSWER_MAX,
  DETAIL_MAX,
  type FlagAct,
  type FlagState,
  flagProblems,
  mayDecide,
  nextState,
  readEvidence,
} from '../../../../src/issues/rules/flag.js';

const form = { kind: 'pattern', detail: 'Exports fail', evidence: '', isSevere: false };
const two = 'https://a.example/1\nhttps://a.example/2';

describe('a flag', () => {
  it('goes from offered to accepted, returned or declined, and back only from returned', () => {
    const states: FlagState[] = ['offered', 'accepted', 'returned', 'declined'];
    const acts: FlagAct[] = ['accept', 'return', 'decline', 'resend'];
    const ways = states.flatMap((from) => acts.map((act) => [from, act, nextState(from, act)] as const));
    expect(ways.filter(([, , to]) => to !== null)).toEqual([
      ['offered', 'accept', 'accepted'],
      ['offered', 'return', 'returned'],
      ['offered', 'decline', 'declined'],
      ['returned', 'resend', 'offered'],
    ]);
  });

  it('is decided by support', () => {
    expect(mayDecide({ functions: ['support'], isAdmin: false })).toBe(true);
    expect(mayDecide({ functions: ['success', 'support'], isAdmin: false })).toBe(true);
    expect(mayDecide({ functions: ['success'], isAdmin: false })).toBe(false);
    expect(mayDecide({ functions: [], isAdmin: true })).toBe(true);
  });
});

describe('what must be in a flag', () => {
  it('a problem needs words only, a pattern two links or a severe case', () => {
    expect(flagProblems({ ...form, kind: 'problem' })).toEqual({});
    expect(flagProblems({ ...form, evidence: two })).toEqual({});
    expect(flagProblems({ ...form, isSevere: true })).toEqual({});
    expect(flagProblems(form)).toEqual({ evidence: expect.stringContaining('at least two links') });
    const twice = 'https://a.example/1 https://a.example/1';
    expect(flagProblems({ ...form, evidence: twice })).toHaveProperty('evidence');
  });

  it('each problem stands at its field', () => {
    const nothing = { kind: '', detail: '  ', evidence: 'see the wiki', isSevere: false };
    expect(Object.keys(flagProblems(nothing))).toEqual(['kind', 'detail', 'evidence']);
    expect(flagProblems(nothing).evidence).toContain('"see" is no link');
    const long = { ...form, kind: 'problem', detail: '👩'.repeat(DETAIL_MAX + 1) };
    expect(flagProblems(long)).toEqual({ detail: `${DETAIL_MAX + 1} characters; ${DETAIL_MAX} fit.` });
    const many = Array.from({ length: 11 }, (_, i) => `https://a.example/${i}`).join(' ');
    expect(flagProblems({ ...form, evidence: many }).evidence).toContain('11 links');
    expect(ANSWER_MAX).toBeLessThanOrEqual(3000);
  });

  it('links are http addresses, each once', () => {
    expect(readEvidence(' https://a.example/1,\nhttp://b.example  https://a.example/1')).toEqual({
      links: ['https://a.example/1', 'http://b.example'],
      wrong: null,
    });
    for (const word of [
      'javascript:alert(1)',
      'ftp://a.example',
      'a.example',
      'https://',
      `https://a/${'x'.repeat(1_001)}`,
    ])
      expect(readEvidence(word)).toEqual({ links: [], wrong: word });
  });
});
