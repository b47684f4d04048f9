import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemClocks } from '../../../src/time/index.js';

const { business, machine } = systemClocks();

describe('business clock', () => {
  test('reads a Slack ts to the millisecond', () => {
    expect(business.of('1731924000.123456')).toBe(1_731_924_000_123);
    expect(business.of('1731924000.999999')).toBe(1_731_924_000_999);
    expect(business.of('1731924000.000100')).toBe(1_731_924_000_000);
    expect(business.of('1731924000')).toBe(1_731_924_000_000);
    expect(business.of('1731924000.5')).toBe(1_731_924_000_500);
  });

  test('never rounds up, whatever the micros', () => {
    const digits = fc.integer({ min: 0, max: 999_999 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), digits, (seconds, micros) => {
        const ts = `${seconds}.${String(micros).padStart(6, '0')}`;
        expect(business.of(ts)).toBe(seconds * 1000 + Math.floor(micros / 1000));
      }),
    );
  });

  test.each(['', 'abc', '1.2.3', '-5', '1e9', ' 12', 'NaN', '1731924000.'])('refuses %j', (ts) => {
    expect(() => business.of(ts)).toThrow('not a Slack ts');
  });

  test('is the time of day', () => {
    expect(Math.abs(business.now() - Date.now())).toBeLessThan(1000);
  });
});

test('machine clock: whole, epoch based, never back', () => {
  let last = machine.now();
  expect(Math.abs(last - Date.now())).toBeLessThan(60_000);
  for (let i = 0; i < 10_000; i++) {
    const now = machine.now();
    expect(Number.isInteger(now) && now >= last).toBe(true);
    last = now;
  }
});
