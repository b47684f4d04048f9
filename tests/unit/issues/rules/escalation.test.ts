import { describe, expect, it } from 'vitest';
import {
  cleanReason,
  climbsAt,
  isForCsm,
  isSameCall,
  takeBackProblem,
} from '../../../../src/issues/rules/escalation.js';
import type { Person } from '../../../../src/people/rules.js';
import { HOUR_MS, instantOf, MINUTE_MS } from '../../../../src/time/index.js';

const shift = (from: string, to: string) => [{ from, to }];
const week = (from: string, to: string) =>
  Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, shift(from, to)]));
const person = (more: Partial<Person> = {}): Person => ({
  id: 1,
  slackId: 'ULEA',
  handle: 'lea',
  name: 'Lea',
  role: 'lead',
  functions: ['support'],
  isAdmin: false,
  isActive: true,
  hours: { zone: 'Europe/Berlin', days: week('09:00', '17:00'), holidays: [] },
  backupId: null,
  ...more,
});
const berlin = (date: string, time: string) => instantOf({ date, time, zone: 'Europe/Berlin' });
const call = {
  kind: 'skill' as const,
  isCustomerWish: false,
  byUser: 'USAM',
  answeredBy: null,
  answeredAt: null,
  takenBackAt: null,
};

describe('a call that nobody answers', () => {
  const at = berlin('2026-11-03', '10:00');

  it('climbs after 30 working minutes for skill, 15 for authority', () => {
    expect(climbsAt(at, 'skill', [person()], [])).toBe(at + 30 * MINUTE_MS);
    expect(climbsAt(at, 'authority', [person()], [])).toBe(at + 15 * MINUTE_MS);
  });

  it('waits for the working time of those who were called', () => {
    const evening = berlin('2026-11-06', '16:50');
    expect(climbsAt(evening, 'skill', [person()], [])).toBe(berlin('2026-11-09', '09:20'));
  });

  it('counts for whoever of the group works first, and for the leads where the group is not known', () => {
    const tokyo = person({ hours: { zone: 'Asia/Tokyo', days: week('09:00', '17:00'), holidays: [] } });
    const night = berlin('2026-11-03', '00:10');
    expect(climbsAt(night, 'skill', [person(), tokyo], [])).toBe(berlin('2026-11-03', '01:30'));
    expect(climbsAt(at, 'skill', [], [person()])).toBe(at + 30 * MINUTE_MS);
    expect(climbsAt(at, 'skill', [], [])).toBeNull();
  });

  it('does not fail on hours that have no working time', () => {
    const never = person({ hours: { zone: 'Europe/Berlin', days: {}, holidays: [] } });
    expect(climbsAt(at, 'skill', [never], [person()])).toBe(at + 30 * MINUTE_MS);
  });
});

describe('who is told, and what counts as one call', () => {
  it('the success manager hears of authority and of what the customer asked for', () => {
    expect(isForCsm({ kind: 'authority', isCustomerWish: false })).toBe(true);
    expect(isForCsm({ kind: 'skill', isCustomerWish: true })).toBe(true);
    expect(isForCsm({ kind: 'skill', isCustomerWish: false })).toBe(false);
  });

  it('asked again while it stands, or soon after somebody came, it is the same call', () => {
    const now = 100 * HOUR_MS;
    expect(isSameCall(call, now)).toBe(true);
    expect(isSameCall({ ...call, answeredAt: now - 23 * HOUR_MS }, now)).toBe(true);
    expect(isSameCall({ ...call, answeredAt: now - 24 * HOUR_MS }, now)).toBe(false);
    expect(isSameCall({ ...call, takenBackAt: now }, now)).toBe(false);
  });

  it('is taken back by the asker, a lead or an admin, while nobody is on it', () => {
    const sam = { slackId: 'USAM', role: 'support' as const, isAdmin: false };
    expect(takeBackProblem(call, sam)).toBeNull();
    expect(takeBackProblem(call, { ...sam, slackId: 'ULEA', role: 'lead' })).toBeNull();
    expect(takeBackProblem(call, { ...sam, slackId: 'UADA', isAdmin: true })).toBeNull();
    expect(takeBackProblem(call, { ...sam, slackId: 'UPRIYA' })).toBe('not yours');
    expect(takeBackProblem({ ...call, answeredBy: 'UELI' }, sam)).toBe('answered');
    expect(takeBackProblem({ ...call, takenBackAt: 1 }, sam)).toBe('taken back');
  });
});

it('a reason is kept as it was typed, without what cannot be shown', () => {
  expect(cleanReason('  two\r\nlines\tand a tab ')).toBe('two\nlines\tand a tab');
  expect(cleanReason('\u0000\u0007')).toBe('');
  expect(cleanReason('half \ud83d of a smile')).toBe('half   of a smile');
  expect(cleanReason('a smile 😀')).toBe('a smile 😀');
});
