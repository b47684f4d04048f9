import { describe, expect, it } from 'vitest';
import { brokenInWords, type FixState, stateFor, stillWaits } from '../../../src/fixes/rules/fix.js';
import { FIX_VERBS, type FixVerb, fixStep } from '../../../src/fixes/rules/state.js';

const STATES: FixState[] = ['planned', 'in_progress', 'merged', 'live', 'declined', 'broke_again'];

/** What each verb makes of each state, in the order above; `=` stays, `no` is refused. */
const EXPECTED: Record<FixVerb, string[]> = {
  plan: ['=', 'planned', 'planned', '=', 'planned', '='],
  start: ['in_progress', '=', 'in_progress', '=', 'in_progress', 'in_progress'],
  merge: ['merged', 'merged', '=', '=', 'merged', 'merged'],
  live: ['live', 'live', 'live', 'live', 'live', 'live'],
  decline: ['declined', 'declined', 'declined', 'no', '=', 'declined'],
  break: ['no', 'no', 'no', 'broke_again', 'no', '='],
};

const shown = (step: ReturnType<typeof fixStep>) => ('to' in step ? step.to : 'stays' in step ? '=' : 'no');

describe('the life of a fix', () => {
  for (const verb of FIX_VERBS)
    it(`${verb} leads where it should from every state`, () => {
      expect(STATES.map((state) => shown(fixStep(state, verb)))).toEqual(EXPECTED[verb]);
    });

  it('is only live by saying so, and nothing that a tracker does takes it from customers', () => {
    for (const verb of ['plan', 'start', 'merge'] as const)
      for (const state of STATES) {
        const step = fixStep(state, verb);
        expect('to' in step && step.to === 'live').toBe(false);
        if (state === 'live') expect(step).toEqual({ stays: true });
      }
  });
});

describe('a fix for one account', () => {
  const account = (liveAt: number | null, brokenAt: number | null) => ({
    accountId: 1,
    liveAt,
    brokenAt,
    issueIds: [],
  });
  const forSome = { state: 'live', isForAll: false } as const;

  it('is merged for whom it is not live yet, and broke again for whom it does not help', () => {
    expect(stateFor(forSome, account(5, null))).toBe('live');
    expect(stateFor(forSome, account(null, null))).toBe('merged');
    expect(stateFor(forSome, account(null, 7))).toBe('broke_again');
    expect(stateFor({ state: 'live', isForAll: true }, undefined)).toBe('live');
  });

  it('stays live for whoever was told and says nothing when it broke again', () => {
    const fix = { state: 'broke_again', isForAll: false } as const;
    expect(stateFor(fix, account(5, null))).toBe('live');
    expect(stateFor(fix, account(null, 7))).toBe('broke_again');
    expect(stateFor({ ...fix, state: 'merged' }, account(null, 7))).toBe('merged');
  });

  it('is waited for until it is live, and again when it does not help', () => {
    expect(stillWaits(account(null, null))).toBe(true);
    expect(stillWaits(account(5, null))).toBe(false);
    expect(stillWaits(account(null, 7))).toBe(true);
  });

  it('says of how many accounts it does not help', () => {
    const accounts = Array.from({ length: 12 }, () => account(5, null));
    expect(brokenInWords(accounts)).toBeNull();
    expect(brokenInWords([account(null, 7), ...accounts.slice(1)])).toBe('1 of 12 says still broken');
    expect(brokenInWords([account(null, 7), account(null, 8)])).toBe('2 of 2 say still broken');
  });
});
