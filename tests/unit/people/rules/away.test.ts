import { describe, expect, it } from 'vitest';
import { readAway, readBackOn } from '../../../../src/people/rules/away.js';

describe('/baton away', () => {
  it.each([
    ['until Monday @ben covers', 'Monday', { name: 'ben' }],
    ['until Monday <@U123|ben> covers', 'Monday', { slackId: 'U123' }],
    ['<@U123> covers until 3 Dec', '3 Dec', { slackId: 'U123' }],
    ['until 2026-12-03, @ben.k covers', '2026-12-03', { name: 'ben.k' }],
    ['until tomorrow', 'tomorrow', null],
    ['Until Monday', 'Monday', null],
    ['till 3 Dec @josé covering', '3 Dec', { name: 'josé' }],
    ['@ben covers', '', { name: 'ben' }],
    ['', '', null],
  ])('%s', (text, until, cover) => expect(readAway(text)).toEqual({ until, cover }));

  /** Thursday. */
  const TODAY = '2026-11-19';
  it.each([
    ['Monday', '2026-11-23'],
    ['tomorrow', '2026-11-20'],
    ['3 Dec', '2026-12-03'],
    ['2026-12-03', '2026-12-03'],
  ])('until %s', (text, backOn) => expect(readBackOn(text, TODAY)).toEqual({ backOn }));

  it.each([
    ['', 'Say when you are back'],
    ['today', 'That is today. Write the day on which you are back, such as 2026-11-20.'],
    ['2 Nov', 'is past'],
    ['whenever', '"whenever" is no day'],
    ['2029-01-01', 'more than a year away'],
  ])('until "%s" is answered', (text, problem) => {
    const day = readBackOn(text, TODAY);
    expect('problem' in day && day.problem).toContain(problem);
  });
});
