import { describe, expect, it } from 'vitest';
import { weekInWords } from '../../../../src/people/rules/week.js';

const day = (from: string, to: string) => [{ from, to }];

describe('weekly hours in words', () => {
  it('put days alike together, also at the end of the week', () => {
    const long = day('09:00', '17:00');
    expect(weekInWords({ 1: long, 2: long, 3: long, 4: long, 5: day('09:00', '15:00') })).toBe(
      'Mon-Thu 09:00-17:00, Fri 09:00-15:00',
    );
    expect(weekInWords({ 6: long, 7: long })).toBe('Sat-Sun 09:00-17:00');
  });

  it('leave out days off, and say when there is no other', () => {
    expect(weekInWords({ 1: day('09:00', '17:00'), 2: [], 3: day('09:00', '17:00') })).toBe(
      'Mon 09:00-17:00, Wed 09:00-17:00',
    );
    expect(weekInWords({})).toBe('no day');
  });

  it('name both halves of a split day', () => {
    expect(weekInWords({ 2: [...day('09:00', '12:00'), ...day('14:00', '18:00')] })).toBe(
      'Tue 09:00-12:00 and 14:00-18:00',
    );
  });
});
