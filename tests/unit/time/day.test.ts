import { describe, expect, it } from 'vitest';
import { parseDay } from '../../../src/time/index.js';

/** Thursday 19 November 2026. */
const TODAY = '2026-11-19';
const date = (text: string, today = TODAY) => {
  const day = parseDay(text, today);
  return 'date' in day ? day.date : day.problem;
};

describe('parseDay', () => {
  it.each([
    ['today', '2026-11-19'],
    ['Tomorrow', '2026-11-20'],
    ['Friday', '2026-11-20'],
    ['fri.', '2026-11-20'],
    ['mon', '2026-11-23'],
    ['thurs', '2026-11-26'],
    ['Thursday', '2026-11-26'],
    ['20 Nov', '2026-11-20'],
    ['20 november 2026', '2026-11-20'],
    ['Nov 20', '2026-11-20'],
    ['Nov 20, 2026', '2026-11-20'],
    ['1st Dec', '2026-12-01'],
    ['19 Nov', '2026-11-19'],
    ['5 Jan', '2027-01-05'],
    ['2026-11-20', '2026-11-20'],
    ['  2026-11-19 ', '2026-11-19'],
  ])('reads %s', (text, wanted) => expect(date(text)).toBe(wanted));

  it('reads 29 Feb of the next year that has one, when that is near', () => {
    expect(date('29 Feb', '2027-11-19')).toBe('2028-02-29');
    expect(date('29 Feb')).toContain('no day');
  });

  it.each([
    ['', 'No day is given'],
    ['soon', '"soon" is no day'],
    ['fr', '"fr" is no day'],
    ['31 Nov', 'no day'],
    ['2026-02-30', 'no day'],
    ['20/11/2026', 'no day'],
    ['18 Nov', 'is past'],
    ['2026-11-18', 'is past'],
    ['20 Nov 2025', 'is past'],
    ['20 Nov 2028', 'more than a year'],
  ])('says what is wrong with "%s", and what would be right', (text, problem) => {
    expect(date(text)).toContain(problem);
    expect(date(text)).toContain('Write a day such as Friday, 20 Nov or 2026-11-20.');
  });
});
