import { describe, expect, it } from 'vitest';
import { heldInWords, readPause } from '../../../src/people/rules/pause.js';

const ZONE = 'Europe/Berlin';
/** Tuesday 3 November 2026, 9:00 in Berlin. */
const NOW = Date.UTC(2026, 10, 3, 8);
const until = (text: string) => {
  const read = readPause(text, ZONE, NOW);
  return 'until' in read ? new Date(read.until).toISOString().slice(5, 16) : read.problem;
};

describe('a pause as it is typed', () => {
  it.each([
    ['2h', '11-03T10:00'],
    ['for 90 min', '11-03T09:30'],
    ['1d 4h', '11-04T12:00'],
    ['until 16:00', '11-03T15:00'],
    ['16', '11-03T15:00'],
    ['until 8:00', '11-04T07:00'],
    ['until tomorrow', '11-04T08:00'],
    ['until Monday', '11-09T08:00'],
    ['until Friday at 14:30', '11-06T13:30'],
    ['until 5 Nov', '11-05T08:00'],
    ['Nov 5', '11-05T08:00'],
    ['until 5 Nov 17:00', '11-05T16:00'],
  ])('%s', (text, at) => expect(until(text)).toBe(at));

  it.each([
    ['', 'Say for how long'],
    ['0h', 'longer than nothing'],
    ['8d', 'seven days at most'],
    ['until 20 Nov', 'seven days at most'],
    ['until yesterday', 'is no day'],
    ['until today 8:00', 'over already'],
    ['2h 2x', 'not a unit'],
    ['forever', 'is no day'],
    ['-2h', 'is no day'],
    ['until 25:00', 'is no day'],
  ])('"%s" is refused, and why', (text, why) => expect(until(text)).toContain(why));

  it('says what was held, the same things together, most first', () => {
    const counts = new Map([
      ['alert', 1],
      ['nudge', 2],
      ['nudge_round', 1],
      ['flag_sender', 1],
      ['owner', 1],
    ]);
    expect(heldInWords(counts)).toBe('3 reminders, 2 other messages, 1 alert');
    expect(heldInWords(new Map())).toBeNull();
  });
});
