import { describe, expect, it } from 'vitest';
import { numberName, readNumbers } from '../../../src/signals/rules/tuning.js';

const KNOWN = { fire: 4, clear: 1, holdMinutes: 0, cooldownDays: 7 };
const typed = (more: Record<string, string | null> = {}) => ({
  fire: '4',
  clear: '1',
  holdMinutes: '0',
  cooldownDays: '7',
  ...more,
});

describe('numbers of a rule as somebody typed them', () => {
  it('keep what differs from how the rule comes', () => {
    expect(readNumbers(KNOWN, typed())).toEqual({ numbers: {} });
    expect(readNumbers(KNOWN, typed({ fire: ' 5 ', cooldownDays: '0,5' }))).toEqual({
      numbers: { fire: 5, cooldownDays: 0.5 },
    });
  });

  it.each([
    ['nothing', { fire: '' }, 'fire'],
    ['no field at all', { fire: null }, 'fire'],
    ['words', { cooldownDays: 'a week' }, 'cooldownDays'],
    ['less than nothing', { holdMinutes: '-1' }, 'holdMinutes'],
    ['too much', { fire: '1e9' }, 'fire'],
    ['a clear level that is never reached', { clear: '4' }, 'clear'],
  ])('refuse %s at its field', (_, more, field) => {
    const read = readNumbers(KNOWN, typed(more));
    expect(Object.keys('errors' in read ? read.errors : {})).toEqual([field]);
  });

  it('have a name that people can read', () => {
    expect(numberName('withoutHistory')).toBe('Begins at, without enough history');
    expect(numberName('workingDays')).toBe('Working days');
    expect(numberName('cooldownDays')).toBe('Days of quiet afterwards');
  });
});
