import { describe, expect, it } from 'vitest';
import { firstPostAt, graver } from '../../../src/alerts/rules.js';
import { escalated } from '../../../src/signals/rules/escalated.js';
import { repeatContact } from '../../../src/signals/rules/repeat-contact.js';
import { DAY_MS } from '../../../src/time/index.js';

const NOW = Date.UTC(2026, 10, 17, 12);
const contacts = (...daysAgo: number[]) => ({
  contacts: [...daysAgo]
    .sort((a, b) => b - a)
    .map((days, i) => ({ at: NOW - days * DAY_MS, channel: 'C1', ts: `${i}.000100` })),
});
const read = (...daysAgo: number[]) => repeatContact.read(contacts(...daysAgo), NOW);
/** So many contacts in each of the twelve weeks before this one. */
const usually = (perWeek: number) =>
  Array.from({ length: 12 }, (_, week) => Array.from({ length: perWeek }, () => 8 + week * 7)).flat();

describe('repeat contact', () => {
  it('fires at three in seven days where one is usual or fewer', () => {
    expect(read(1, 2).isFiring).toBe(false);
    expect(read(1, 2, 3).isFiring).toBe(true);
    expect(read(1, 2, 3, ...usually(1)).isFiring).toBe(true);
  });

  it('fires at twice the usual week where more is usual', () => {
    expect(read(1, 2, 3, ...usually(2)).isFiring).toBe(false);
    expect(read(1, 2, 3, 4, ...usually(2)).isFiring).toBe(true);
  });

  it('clears below two; at two nothing changes', () => {
    expect(read(1, 2)).toMatchObject({ isFiring: false, isClear: false });
    expect(read(1)).toMatchObject({ isFiring: false, isClear: true });
    expect(read()).toMatchObject({ isClear: true, lookAgainAt: null });
  });

  it('counts seven days to the millisecond, and nothing of the future', () => {
    expect(read(7, 1, 2).evidence.numbers.contacts).toBe(2);
    expect(read(6.999, 1, 2).evidence.numbers.contacts).toBe(3);
    expect(read(-1, 1, 2).evidence.numbers.contacts).toBe(2);
  });

  it('says how often in how many days, what is usual, and points at the newest', () => {
    const { evidence, lookAgainAt } = read(4, 2, 0, ...usually(1));
    expect(evidence.line).toBe('wrote in 3 times in 5 days (usually 1)');
    expect(evidence.ts).toBe(contacts(4, 2, 0, ...usually(1)).contacts.at(-1)?.ts);
    expect(lookAgainAt).toBe(NOW - 4 * DAY_MS + 7 * DAY_MS);
    expect(read(0, 0.1, 0.2).evidence.line).toContain('in 1 day ');
  });

  it('one wild week does not make it usual: the median counts', () => {
    expect(read(1, 2, 3, ...Array.from({ length: 30 }, () => 9)).evidence.numbers.usual).toBe(0);
  });
});

describe('escalated', () => {
  const call = (daysAgo: number) => ({
    issueName: 'B-1',
    group: 'Executive',
    at: NOW - daysAgo * DAY_MS,
    day: 'Tue',
  });

  it('fires while a call for authority is open and younger than two weeks', () => {
    expect(escalated.read({ authority: [call(1)] }, NOW)).toMatchObject({
      isFiring: true,
      evidence: { line: 'Executive asked on B-1, Tue' },
      lookAgainAt: NOW + 13 * DAY_MS,
    });
    expect(escalated.read({ authority: [call(14)] }, NOW)).toMatchObject({ isFiring: false, isClear: false });
    expect(escalated.read({ authority: [] }, NOW)).toMatchObject({ isFiring: false, isClear: true });
  });
});

describe('an alert', () => {
  it('is as grave as its gravest signal', () => {
    expect(graver('low', 'high')).toBe('high');
    expect(graver('critical', 'medium')).toBe('critical');
    expect(graver('medium', 'medium')).toBe('medium');
  });

  it('is first posted after ten minutes, at once when critical', () => {
    expect(firstPostAt({ severity: 'high', openedAt: NOW })).toBe(NOW + 600_000);
    expect(firstPostAt({ severity: 'critical', openedAt: NOW })).toBe(NOW);
  });
});
