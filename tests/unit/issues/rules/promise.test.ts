import { describe, expect, it } from 'vitest';
import {
  asksAt,
  breaksAt,
  endProblem,
  promiseProblems,
  readPromise,
  WHAT_MAX,
} from '../../../../src/issues/rules/promise.js';
import { instantOf } from '../../../../src/time/index.js';

const ZONE = 'Europe/Berlin';
const berlin = (date: string, time: string) => instantOf({ date, time, zone: ZONE });
const nine = [{ from: '09:00', to: '17:00' }];
const hours = { zone: ZONE, days: { 1: nine, 2: nine, 3: nine, 4: nine, 5: nine }, holidays: [] };
/** A Friday. */
const FRIDAY = '2026-11-20';

describe('reading a promise', () => {
  it.each([
    ['B-42 by Friday: CSV template', { about: 'B-42', by: 'Friday', what: 'CSV template' }],
    [
      'acme to Joe by 20 Nov : a call: with Eli',
      { about: 'acme to Joe', by: '20 Nov', what: 'a call: with Eli' },
    ],
    ['by tomorrow: an answer', { about: '', by: 'tomorrow', what: 'an answer' }],
    ['Standby Corp by 2026-11-20: a fix', { about: 'Standby Corp', by: '2026-11-20', what: 'a fix' }],
    ['B-42 CSV template', { about: '', by: '', what: '' }],
    ['B-42 by Friday CSV template', { about: '', by: '', what: '' }],
  ])('%s', (text, parts) => expect(readPromise(text)).toEqual(parts));

  it('names every field that is wrong', () => {
    expect(promiseProblems({ what: 'x', by: 'Friday' }, FRIDAY)).toEqual({});
    const wrong = promiseProblems({ what: ' ', by: '2026-11-19', toWhom: 'x'.repeat(81) }, FRIDAY);
    expect(Object.keys(wrong)).toEqual(['what', 'by', 'to_whom']);
    expect(wrong.by).toContain('is past');
    expect(promiseProblems({ what: 'x'.repeat(WHAT_MAX + 1), by: 'Friday' }, FRIDAY)).toHaveProperty('what');
  });
});

describe('when a promiser is asked, and when it counts as broken', () => {
  it('asks at nine on the day, later when it was noted later', () => {
    expect(asksAt(FRIDAY, ZONE, berlin('2026-11-17', '12:00'))).toBe(berlin(FRIDAY, '09:00'));
    expect(asksAt(FRIDAY, ZONE, berlin(FRIDAY, '09:00'))).toBe(berlin(FRIDAY, '17:00'));
    expect(asksAt(FRIDAY, ZONE, berlin(FRIDAY, '18:00'))).toBe(berlin('2026-11-21', '09:00'));
  });

  it('counts as broken on the next working day after the day, and never before it was asked', () => {
    const thursday = '2026-11-19';
    expect(breaksAt(thursday, berlin(thursday, '09:00'), hours)).toBe(berlin(FRIDAY, '09:00'));
    expect(breaksAt(FRIDAY, berlin(FRIDAY, '09:00'), hours)).toBe(berlin('2026-11-23', '09:00'));
    // Asked late, after Baton was away: they get a day.
    expect(breaksAt(thursday, berlin('2026-11-24', '11:00'), hours)).toBe(berlin('2026-11-25', '09:00'));
  });

  it('asked while the promiser was away, they have their first day back to answer', () => {
    const thursday = '2026-11-19';
    const away = { ...hours, holidays: [thursday, FRIDAY] };
    expect(breaksAt(thursday, berlin(thursday, '09:00'), away)).toBe(berlin('2026-11-24', '09:00'));
  });

  it('does not fail on hours without working time', () => {
    const asked = berlin(FRIDAY, '09:00');
    expect(breaksAt(FRIDAY, asked, { ...hours, days: {} })).toBeGreaterThan(asked);
  });
});

describe('how a promise ends', () => {
  const open = { state: 'open' as const, endedBy: null, byUser: 'USAM' };
  const sam = { slackId: 'USAM', role: 'support' as const, isAdmin: false };

  it('by the word of the promiser or a lead', () => {
    expect(endProblem(open, 'kept', sam, false)).toBeNull();
    expect(endProblem(open, 'broken', { ...sam, slackId: 'ULEA', role: 'lead' }, false)).toBeNull();
    expect(endProblem(open, 'kept', { ...sam, slackId: 'UANA' }, false)).toBe('not yours');
  });

  it('by the word of whoever was asked in their place', () => {
    expect(endProblem(open, 'kept', { ...sam, slackId: 'UANA' }, true)).toBeNull();
  });

  it('once; but what only counts as broken may still be said to be kept', () => {
    expect(endProblem({ ...open, state: 'kept', endedBy: 'USAM' }, 'broken', sam, false)).toBe('over');
    expect(endProblem({ ...open, state: 'broken', endedBy: 'USAM' }, 'kept', sam, false)).toBe('over');
    expect(endProblem({ ...open, state: 'broken' }, 'kept', sam, false)).toBeNull();
    expect(endProblem({ ...open, state: 'broken' }, 'broken', sam, false)).toBe('over');
  });
});
