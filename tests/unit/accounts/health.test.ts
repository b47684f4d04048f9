import { describe, expect, it } from 'vitest';
import { computeHealth, type HealthFacts, nextBand, type Score } from '../../../src/accounts/rules/health.js';
import type { HealthBand } from '../../../src/accounts/rules.js';

const measure = (score: Score, reason = 'r') => ({ score, reason });
const facts = (more: Partial<HealthFacts>): HealthFacts => ({
  support: [],
  use: [],
  relationship: [],
  commercial: [],
  ...more,
});

describe('computed health', () => {
  it('is the weighted mean of what is known; what is not known does not count', () => {
    const all = {
      support: [measure(10), measure(0)],
      use: [measure(10)],
      relationship: [measure(5)],
      commercial: [measure(0)],
    };
    // (35 × 5 + 35 × 10 + 20 × 5 + 10 × 0) / 100 × 10
    expect(computeHealth(facts(all))).toMatchObject({ value: 63, coverage: 100 });
    const some = { support: [measure(10), measure(null)], relationship: [measure(5)], use: [measure(null)] };
    // (35 × 10 + 20 × 5) / 55 × 10
    expect(computeHealth(facts(some))).toMatchObject({ value: 82, coverage: 55 });
  });

  it('says nothing below half coverage', () => {
    expect(computeHealth(facts({ support: [measure(10)], commercial: [measure(10)] }))).toEqual({
      value: null,
      coverage: 45,
      reasons: [],
    });
    expect(computeHealth(facts({}))).toMatchObject({ value: null, coverage: 0 });
  });

  it('gives its weakest reasons first, three at most, and never what is healthy', () => {
    const support = [
      measure(10, 'fine'),
      measure(5, 'so-so'),
      measure(0, 'bad'),
      measure(5, 'meh'),
      measure(0, 'worse'),
    ];
    const use = [measure(10, 'used')];
    expect(computeHealth(facts({ support, use })).reasons).toEqual(['bad', 'worse', 'so-so']);
  });
});

describe('bands', () => {
  const run = (first: HealthBand, ...values: number[]) => {
    let state: { band: HealthBand; next: HealthBand | null } = { band: first, next: null };
    return values.map((value) => {
      state = nextBand(state.band, state.next, value);
      return state.band;
    });
  };

  it.each([
    [70, 'green'],
    [69, 'yellow'],
    [40, 'yellow'],
    [39, 'red'],
  ] as const)('%i begins as %s', (value, band) => {
    expect(nextBand(null, null, value)).toEqual({ band, next: null });
  });

  it('change when a value is three points past the edge twice in a row', () => {
    expect(run('green', 67, 67)).toEqual(['green', 'yellow']);
    expect(run('green', 68, 68, 68)).toEqual(['green', 'green', 'green']);
    expect(run('yellow', 72, 72, 73, 73)).toEqual(['yellow', 'yellow', 'yellow', 'green']);
    expect(run('yellow', 36, 36)).toEqual(['yellow', 'red']);
    expect(run('red', 43, 43)).toEqual(['red', 'yellow']);
    expect(run('green', 10, 10)).toEqual(['green', 'red']);
  });

  it('do not flap about an edge', () => {
    expect(run('green', 66, 71, 66, 69, 66)).toEqual(['green', 'green', 'green', 'green', 'green']);
    expect(run('yellow', 71, 68, 72, 69, 73, 69)).toEqual(Array(6).fill('yellow'));
  });
});
