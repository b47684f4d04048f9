import { expect, it } from 'vitest';
import { touchEveryDays } from '../../../src/accounts/rules/touch.js';

it('an account wants a conversation as often as it says, else as its tier says, else never', () => {
  expect(touchEveryDays({ tier: 'A', touchEveryDays: 7 })).toBe(7);
  expect(touchEveryDays({ tier: 'A' })).toBe(14);
  expect(touchEveryDays({ tier: 'B', touchEveryDays: null })).toBe(30);
  expect(touchEveryDays({ tier: 'C' })).toBe(90);
  expect(touchEveryDays({ tier: null })).toBeNull();
});
