import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../../src/imports/calendar.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const TODAY = '2026-11-03';
const ics = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', ...events, 'END:VCALENDAR', ''].join('\r\n');
const event = (uid: string, ...lines: string[]) =>
  ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');

describe('holidays', () => {
  it('from an .ics: whole days, several in a row, yearly ones for five years; meetings are none', () => {
    const text = ics(
      event('1', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas'),
      event('2', 'DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=YEARLY', 'SUMMARY:New Year'),
      event('3', 'DTSTART:20261110T090000Z', 'DTEND:20261110T100000Z', 'SUMMARY:A meeting'),
    );
    expect(readCalendar(bytes(text), 'h.ics', TODAY)).toEqual([
      { date: '2026-01-01', name: 'New Year' },
      { date: '2026-12-25', name: 'Christmas' },
      { date: '2026-12-26', name: 'Christmas' },
      ...['2027', '2028', '2029', '2030'].map((year) => ({ date: `${year}-01-01`, name: 'New Year' })),
    ]);
  });

  it.each([
    [
      'the fourth Thursday of November',
      '20101125',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      '2026-11-26 2027-11-25 2028-11-23 2029-11-22 2030-11-28',
    ],
    [
      'the last Monday of May',
      '20200525',
      'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO',
      '2026-05-25 2027-05-31 2028-05-29 2029-05-28 2030-05-27',
    ],
    ['until a day', '20100101', 'RRULE:FREQ=YEARLY;UNTIL=20271231', '2026-01-01 2027-01-01'],
    ['three times', '20250101', 'RRULE:FREQ=YEARLY;COUNT=3', '2026-01-01 2027-01-01'],
    [
      'not in one year',
      '20250101',
      'RRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270101',
      '2026-01-01 2028-01-01 2029-01-01 2030-01-01',
    ],
    ['in leap years', '20240229', 'RRULE:FREQ=YEARLY', '2028-02-29'],
  ])('yearly: %s', (_, start, rule, days) => {
    const text = ics(event('1', `DTSTART;VALUE=DATE:${start}`, rule, 'SUMMARY:x'));
    const read = readCalendar(bytes(text), 'h.ics', TODAY);
    expect(read.map((day) => day.date).join(' ')).toBe(days);
  });

  it('what was cancelled is no day off', () => {
    const there = event('1', 'DTSTART;VALUE=DATE:20261225', 'SUMMARY:Christmas');
    const gone = event('2', 'DTSTART;VALUE=DATE:20261224', 'STATUS:CANCELLED', 'SUMMARY:Eve');
    expect(readCalendar(bytes(ics(there, gone)), 'h.ics', TODAY)).toEqual([
      { date: '2026-12-25', name: 'Christmas' },
    ]);
  });

  it('from a list', () => {
    expect(
      readCalendar(
        bytes('# ours\ndate,name\n2026-12-25 Christmas\n2027-01-01,New Year\n\n2027-05-01'),
        'h.txt',
        TODAY,
      ),
    ).toEqual([
      { date: '2026-12-25', name: 'Christmas' },
      { date: '2027-01-01', name: 'New Year' },
      { date: '2027-05-01', name: 'day off' },
    ]);
  });

  it.each([
    ['2026-12-25 Christmas\nsoon', 'h.txt row 2: "soon" is no date; write it as 2026-12-25 Christmas'],
    ['BEGIN:VCALENDAR\nnonsense', 'this is no calendar that can be read'],
    ['', 'there is no whole day in it'],
    [
      ics(event('1', 'DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=WEEKLY', 'SUMMARY:Mondays')),
      '"Mondays" comes back in a way that is not understood',
    ],
    [ics(event('1', 'DTSTART;VALUE=DATE:20261399', 'SUMMARY:x')), 'row 7: "20261399" is no date'],
    [
      ics(event('1', 'DTSTART;VALUE=DATE:20261225', 'SUMMARY:x')).replace('END:VCALENDAR', 'BEGIN:VEVE'),
      'the file breaks off before its end',
    ],
  ])('refuses %j', (text, problem) => {
    expect(() => readCalendar(bytes(text), 'h.txt', TODAY)).toThrow(problem);
  });

  it('refuses a calendar of 5 MB clearly, at once', () => {
    expect(() => readCalendar(new Uint8Array(5 * 1024 * 1024), 'h.ics', TODAY)).toThrow(
      '5.0 MB is too large for a calendar of holidays; 1 MB fits. Export only the holidays',
    );
  });
});
