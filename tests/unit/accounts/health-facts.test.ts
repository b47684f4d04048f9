import { describe, expect, it } from 'vitest';
import { computeHealth } from '../../../src/accounts/rules/health.js';
import { type HealthKnown, healthFacts } from '../../../src/accounts/rules/health-facts.js';

const well: HealthKnown = {
  today: '2026-11-03',
  knownDays: 200,
  reopened: 0,
  lateAnswers: 0,
  brokenPromises: 0,
  ratings: [],
  contacts: { month: 2, before: 5 },
  touchedDaysAgo: 10,
  touchEveryDays: 30,
  renewalOn: '2027-06-01',
};
const health = (more: Partial<HealthKnown>) => computeHealth(healthFacts({ ...well, ...more }));

describe('what health is computed from', () => {
  it('an account about which nothing is wrong is at 100, of 65 % of what could be known', () => {
    expect(health({})).toEqual({ value: 100, coverage: 65, reasons: [] });
  });

  it('says what is wrong, in words and numbers, the worst first', () => {
    const bad = health({ reopened: 2, lateAnswers: 1, renewalOn: '2026-10-01' });
    expect(bad.reasons).toEqual([
      '2 reopenings in 90 days',
      'renewal was due 1 Oct',
      '1 late answer in 90 days',
    ]);
    // Support 0, 5, 10, 10 over four measures, conversations 10, renewal 0: (35 × 6.25 + 20 × 10 + 10 × 0) / 65 × 10
    expect(bad.value).toBe(64);
    expect(health({ ratings: [1, 3] }).reasons).toEqual(['rated 2.0 of 5 on average']);
    expect(health({ brokenPromises: 1 }).reasons).toEqual(['1 broken promise in 90 days']);
    expect(health({ touchedDaysAgo: 45 }).reasons).toEqual(['nobody spoke with them for 45 days']);
  });

  it('reads more contacts than usual as trouble, few of them never', () => {
    expect(health({ contacts: { month: 6, before: 4 } }).reasons).toEqual([
      'wrote in 6 times in 30 days, usually 2',
    ]);
    expect(health({ contacts: { month: 3, before: 0 } }).reasons).toHaveLength(1);
    expect(health({ contacts: { month: 2, before: 0 } }).reasons).toEqual([]);
  });

  it('says nothing where too little is known: a new account, or one that nobody spoke with', () => {
    expect(health({ knownDays: 13 })).toMatchObject({ value: null, coverage: 30 });
    expect(health({ knownDays: null })).toMatchObject({ value: null });
    expect(health({ touchedDaysAgo: null })).toMatchObject({ value: null, coverage: 45 });
    expect(health({ renewalOn: null })).toMatchObject({ value: 100, coverage: 55 });
  });
});
