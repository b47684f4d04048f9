import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/queue/pace.js';

describe('the pace of sending', () => {
  it('is one message a second per target', () => {
    const pace = new Pace(1_000);
    expect(pace.waitUntil('C1', 5)).toBeUndefined();
    pace.sent('C1', 5);
    expect(pace.waitUntil('C1', 5)).toBe(1_005);
    expect(pace.waitUntil('C2', 5)).toBeUndefined();
    expect(pace.waitUntil('C1', 1_005)).toBeUndefined();
  });

  it('a refusal stops its target for as long as Slack said', () => {
    const pace = new Pace(1_000);
    pace.limited('C1', 0, 30_000);
    expect(pace.waitUntil('C1', 29_999)).toBe(30_000);
    expect(pace.waitUntil('C2', 1)).toBeUndefined();
    expect(pace.waitUntil('C1', 30_000)).toBeUndefined();
  });

  it('a second target refused within that time stops everything', () => {
    const pace = new Pace(1_000);
    pace.limited('C1', 0, 30_000);
    pace.limited('C2', 1_000, 10_000);
    expect(pace.waitUntil('C3', 1_000)).toBe(11_000);
    expect(pace.waitUntil('C1', 1_000)).toBe(30_000);
    expect(pace.waitUntil('C3', 11_000)).toBeUndefined();
  });

  it('the same target twice, or another after the first was free again, does not', () => {
    const pace = new Pace(1_000);
    pace.limited('C1', 0, 1_000);
    pace.limited('C1', 500, 1_000);
    expect(pace.waitUntil('C3', 600)).toBeUndefined();
    pace.limited('C2', 5_000, 10_000);
    expect(pace.waitUntil('C3', 5_001)).toBeUndefined();
  });

  it('zero is no pace at all', () => {
    const pace = new Pace(0);
    pace.sent('C1', 5);
    expect(pace.waitUntil('C1', 5)).toBeUndefined();
  });
});
