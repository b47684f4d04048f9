import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/signals/rules/facts.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/time/index.js';
import { ago, contactsAgo, factsOf, fires, isOver, issueOf, NOON, read, speaks } from './made-up.js';

const wait = (more: Partial<Facts['waits'][number]> = {}): Facts['waits'][number] => ({
  contactId: 1,
  since: ago(3),
  isFirst: true,
  isQuestion: true,
  hasOpenIssue: false,
  issueName: null,
  channel: 'C1',
  ts: '1.000100',
  ...more,
});
const said = (categories: string[], days = 1): Facts['words'][number] => ({
  at: ago(days),
  channel: 'C1',
  ts: `${days}.000100`,
  phrases: categories.map((kind) => `${kind}-1`),
  categories,
});

/** For each rule facts that make it speak, that do not, that just do and just do not, and that flap. */
interface Fixture {
  rule: string;
  positive: Facts;
  negative: Facts;
  /** At the edge: the first speaks, the second does not. */
  boundary: [Facts, Facts];
  /** It goes up and down around its level: it speaks once. */
  flapping: Facts[];
}

const flap = (a: Facts, b: Facts): Facts[] => [a, b, a, b, a, b, a];
const promised = (days: number) => ({ issueId: null, what: 'a template', brokenAt: ago(days) });
const rated = (value: number, days: number) => ({ value, at: ago(days), issueName: 'B-1' });
const bug = (id: number) => issueOf({ id, name: `B-${id}`, category: 'bug' });
const call = (days: number) => ({
  issueId: 1,
  issueName: 'B-1',
  group: 'Executive',
  isCustomerWish: false,
  at: ago(days),
});
const renewing = (today: string) => ({ ...factsOf().account, renewalOn: '2027-02-15', today });
const onboarding = { ...factsOf().account, lifecycle: 'onboarding' };
const tierC = { ...factsOf().account, tier: 'C' };
const came = (daysAfterSolved: number) =>
  issueOf({ solvedAt: [ago(1 + daysAfterSolved)], cameBackAt: [ago(1)], reopenedAt: [ago(1)] });

const FIXTURES: Fixture[] = [
  {
    rule: 'S01',
    positive: factsOf({ contacts: contactsAgo(1, 2, 3, 4, 5) }),
    negative: factsOf({ contacts: contactsAgo(1, 8, 15, 22) }),
    boundary: [
      factsOf({ contacts: contactsAgo(1, 2, 3, 6.9) }),
      factsOf({ contacts: contactsAgo(1, 2, 3, 7) }),
    ],
    flapping: flap(
      factsOf({ contacts: contactsAgo(1, 2, 3, 4) }),
      factsOf({ contacts: contactsAgo(1, 2, 3) }),
    ),
  },
  {
    rule: 'S02',
    positive: factsOf({ issues: [came(2)] }),
    negative: factsOf({ issues: [issueOf()] }),
    boundary: [factsOf({ issues: [came(7)] }), factsOf({ issues: [came(7.01)] })],
    flapping: flap(factsOf({ issues: [came(2)] }), factsOf({ issues: [issueOf()] })),
  },
  {
    rule: 'S03',
    positive: factsOf({ issues: [issueOf({ reopenedAt: [ago(9), ago(2)] })] }),
    negative: factsOf({ issues: [issueOf({ reopenedAt: [ago(2)] })] }),
    boundary: [
      factsOf({ issues: [issueOf({ reopenedAt: [ago(13.9)] }), issueOf({ id: 2, reopenedAt: [ago(2)] })] }),
      factsOf({ issues: [issueOf({ reopenedAt: [ago(14), ago(2)] })] }),
    ],
    flapping: flap(
      factsOf({ issues: [issueOf({ reopenedAt: [ago(9), ago(2)] })] }),
      factsOf({ issues: [issueOf({ reopenedAt: [ago(2)] })] }),
    ),
  },
  {
    rule: 'S04',
    positive: factsOf({ waits: [wait()] }),
    negative: factsOf({ account: tierC, waits: [wait()] }),
    boundary: [
      factsOf({ waits: [wait({ since: NOON - 20 * HOUR_MS })] }),
      factsOf({ waits: [wait({ since: NOON - 19 * HOUR_MS + 1 })] }),
    ],
    flapping: flap(factsOf({ waits: [wait()] }), factsOf()),
  },
  {
    rule: 'S05',
    positive: factsOf({ issues: [issueOf({ priority: 'high', openSince: ago(5), priorityAt: ago(5) })] }),
    negative: factsOf({ issues: [issueOf({ openSince: ago(9), priorityAt: ago(9) })] }),
    boundary: [
      factsOf({ issues: [issueOf({ priority: 'urgent', openSince: ago(4) - 1, priorityAt: ago(4) - 1 })] }),
      factsOf({ issues: [issueOf({ priority: 'urgent', openSince: ago(4) + 1, priorityAt: ago(9) })] }),
    ],
    flapping: flap(
      factsOf({ issues: [issueOf({ priority: 'high', openSince: ago(5), priorityAt: ago(5) })] }),
      factsOf({ issues: [issueOf({ openSince: ago(5), priorityAt: ago(5) })] }),
    ),
  },
  {
    rule: 'S06',
    positive: factsOf({ issues: [issueOf()], calls: [call(1)] }),
    negative: factsOf({ issues: [issueOf({ id: 2 })], calls: [call(1)] }),
    boundary: [
      factsOf({ issues: [issueOf()], calls: [call(13.99)] }),
      factsOf({ issues: [issueOf()], calls: [call(14)] }),
    ],
    flapping: flap(factsOf({ issues: [issueOf()], calls: [call(1)] }), factsOf({ issues: [issueOf()] })),
  },
  {
    rule: 'S07',
    positive: factsOf({ issues: [issueOf({ priority: 'urgent' })] }),
    negative: factsOf({ issues: [issueOf({ priority: 'urgent', isOpen: false, state: 'resolved' })] }),
    boundary: [
      factsOf({ issues: [issueOf({ priority: 'high', category: 'billing' })] }),
      factsOf({ issues: [issueOf({ priority: 'high', category: 'bug' })] }),
    ],
    flapping: flap(
      factsOf({ issues: [issueOf({ priority: 'urgent' })] }),
      factsOf({ issues: [issueOf({ priority: 'high' })] }),
    ),
  },
  {
    rule: 'S08',
    positive: factsOf({ ratings: [rated(1, 1)] }),
    negative: factsOf({ ratings: [rated(5, 1)] }),
    boundary: [factsOf({ ratings: [rated(2, 1)] }), factsOf({ ratings: [rated(3, 1)] })],
    flapping: flap(factsOf({ ratings: [rated(2, 1)] }), factsOf()),
  },
  {
    rule: 'S10',
    positive: factsOf({ words: [said(['waiting', 'repeat'])] }),
    negative: factsOf({ words: [said(['praise', 'waiting'])] }),
    boundary: [factsOf({ words: [said(['churn'])] }), factsOf({ words: [said(['waiting'])] })],
    flapping: flap(factsOf({ words: [said(['churn'])] }), factsOf()),
  },
  {
    rule: 'S14',
    positive: factsOf({ account: renewing('2026-12-24'), issues: [issueOf({ priority: 'high' })] }),
    negative: factsOf({ issues: [issueOf({ priority: 'high' })] }),
    boundary: [
      factsOf({ account: renewing('2026-11-17'), issues: [issueOf({ priority: 'high' })] }),
      factsOf({ account: renewing('2026-11-16'), issues: [issueOf({ priority: 'high' })] }),
    ],
    flapping: flap(
      factsOf({ account: renewing('2026-12-24'), issues: [issueOf({ priority: 'high' })] }),
      factsOf({ account: renewing('2026-12-24') }),
    ),
  },
  {
    rule: 'S15',
    positive: factsOf({ account: onboarding, contacts: contactsAgo(1, 2) }),
    negative: factsOf({ contacts: contactsAgo(1, 2) }),
    boundary: [
      factsOf({ account: onboarding, issues: [issueOf({ openSince: ago(1) - 1 })] }),
      factsOf({ account: onboarding, issues: [issueOf({ openSince: ago(1) })] }),
    ],
    flapping: flap(
      factsOf({ account: onboarding, contacts: contactsAgo(1, 2) }),
      factsOf({ account: onboarding, contacts: contactsAgo(1) }),
    ),
  },
  {
    rule: 'S16',
    positive: factsOf({ issues: [bug(1), bug(2), bug(3), bug(4)] }),
    negative: factsOf({ issues: [bug(1), issueOf({ id: 2 }), issueOf({ id: 3 })] }),
    boundary: [factsOf({ issues: [bug(1), bug(2), bug(3)] }), factsOf({ issues: [bug(1), bug(2)] })],
    flapping: flap(factsOf({ issues: [bug(1), bug(2), bug(3)] }), factsOf({ issues: [bug(1), bug(2)] })),
  },
  {
    rule: 'S19',
    positive: factsOf({ brokenPromises: [promised(1)] }),
    negative: factsOf(),
    boundary: [factsOf({ brokenPromises: [promised(13.99)] }), factsOf({ brokenPromises: [promised(14)] })],
    flapping: flap(factsOf({ brokenPromises: [promised(1)] }), factsOf()),
  },
  {
    rule: 'S20',
    positive: factsOf({ waits: [wait({ isFirst: false, isQuestion: false, hasOpenIssue: true })] }),
    negative: factsOf({ waits: [wait({ isQuestion: false })] }),
    boundary: [
      factsOf({ waits: [wait({ since: ago(1) - 1 })] }),
      factsOf({ waits: [wait({ since: ago(1) })] }),
    ],
    flapping: flap(factsOf({ waits: [wait()] }), factsOf()),
  },
];

describe.each(FIXTURES)('rule $rule', ({ rule, positive, negative, boundary, flapping }) => {
  it('speaks when it should, and says in words and numbers why', () => {
    const reading = read(rule, positive);
    expect(fires(reading)).toBe(true);
    expect(reading.evidence.line).not.toBe('');
    expect(Object.keys(reading.evidence.numbers).length).toBeGreaterThan(0);
  });

  it('is silent when it should be', () => {
    expect(fires(read(rule, negative))).toBe(false);
  });

  it('knows its edge', () => {
    expect(boundary.map((facts) => fires(read(rule, facts)))).toEqual([true, false]);
  });

  it('speaks once when it flaps within its cooldown', () => {
    expect(speaks(rule, HOUR_MS / 2, flapping)).toBe(1);
  });

  it('says once in a while is over what is over', () => {
    expect(isOver(read(rule, factsOf({ issues: [issueOf({ isOpen: false, state: 'closed' })] })))).toBe(true);
  });
});

describe('repeat contact', () => {
  /** So many contacts in each of the twelve weeks before this one. */
  const usually = (perWeek: number) =>
    Array.from({ length: 12 }, (_, week) => Array.from({ length: perWeek }, () => 8 + week * 7)).flat();
  const reads = (days: number[], more: Partial<Facts> = {}) =>
    read('S01', factsOf({ contacts: contactsAgo(...days), ...more }));

  it.each([
    [0, 4],
    [1, 4],
    [2, 5],
    [3, 7],
    [6, 12],
  ])('where %i a week are usual it takes %i', (perWeek, limit) => {
    const week = Array.from({ length: limit }, (_, i) => 0.1 + i / 2);
    expect(fires(reads([...week, ...usually(perWeek)]))).toBe(true);
    expect(fires(reads([...week.slice(1), ...usually(perWeek)]))).toBe(false);
  });

  it('takes six where fewer than four weeks are known', () => {
    expect(fires(reads([1, 2, 3, 4, 5], { weeksKnown: 3 }))).toBe(false);
    expect(fires(reads([1, 2, 3, 4, 5, 6], { weeksKnown: 3 }))).toBe(true);
    expect(fires(reads([1, 2, 3, 4, 5], { weeksKnown: 4 }))).toBe(true);
  });

  it('takes three on one issue, and then pings', () => {
    const on = (issueId: number) =>
      contactsAgo(1, 2, 3).map((one, i) => ({ ...one, issueId: i === 0 ? issueId : 1, issueName: 'B-1' }));
    const three = read('S01', factsOf({ contacts: on(1) }));
    expect(fires(three)).toBe(true);
    expect(three).toMatchObject({ place: 'interruptive' });
    expect(three.evidence.line).toBe('wrote in 3 times about B-1 in 3 days');
    expect(fires(read('S01', factsOf({ contacts: on(2) })))).toBe(false);
    expect(reads([1, 2, 3, 4]).place).toBeUndefined();
  });

  it('says how often in how many days, what is usual, and points at the newest', () => {
    const { evidence, lookAgainAt } = reads([4, 2, 1, 0, ...usually(1)]);
    expect(evidence.line).toBe('wrote in 4 times in 5 days (usually 1)');
    expect(evidence.ts).toBe(contactsAgo(4, 2, 1, 0, ...usually(1)).at(-1)?.ts);
    expect(lookAgainAt).toBe(ago(4) + 7 * DAY_MS);
    expect(reads([1, 2, 3, 4, 5, 6], { weeksKnown: 0 }).evidence.line).toBe('wrote in 6 times in 6 days');
  });

  it('counts what was logged, or waited an hour; what waits now is looked at when the hour is up', () => {
    const waited = (minutes: number, more: Partial<Facts['contacts'][number]> = {}) =>
      factsOf({
        contacts: contactsAgo(0.02, 1, 2, 3).map((one, i) =>
          i === 3 ? { ...one, waitedMs: minutes * MINUTE_MS, ...more } : one,
        ),
      });
    expect(fires(read('S01', waited(60)))).toBe(true);
    expect(fires(read('S01', waited(59)))).toBe(false);
    expect(fires(read('S01', waited(0, { issueId: 7, issueName: 'B-7' })))).toBe(true);
    expect(read('S01', waited(20, { isWaiting: true })).lookAgainAt).toBe(NOON + 40 * MINUTE_MS);
  });

  it('counts nothing of the future, and one wild week does not make it usual', () => {
    expect(reads([-1, 1, 2]).level).toBe(2);
    expect(reads([1, 2, ...Array.from({ length: 30 }, () => 9)]).evidence.numbers.usual).toBe(0);
  });
});

describe('readings of other rules', () => {
  it('S05 is high once an urgent issue is open for two weeks', () => {
    const issue = issueOf({ priority: 'high', openSince: ago(14), priorityAt: ago(14) });
    expect(read('S05', factsOf({ issues: [issue] })).severity).toBe('high');
    expect(read('S05', factsOf({ issues: [{ ...issue, openSince: ago(13) }] })).severity).toBeUndefined();
  });

  it('S08 speaks when the mean falls by half a point, with five ratings on both sides', () => {
    const five = (value: number, days: number) => [1, 2, 3, 4, 5].map((n) => rated(value, days + n));
    const falling = [...five(5, 70), ...five(4, 10), rated(5, 9)];
    expect(fires(read('S08', factsOf({ ratings: falling })))).toBe(true);
    expect(fires(read('S08', factsOf({ ratings: falling.slice(1) })))).toBe(false);
    expect(fires(read('S08', factsOf({ ratings: [...five(4, 70), ...five(4, 10)] })))).toBe(false);
  });

  it('S10 pings for words of leaving or law alone, and does not for others', () => {
    expect(read('S10', factsOf({ words: [said(['legal_finance'])] }))).toMatchObject({
      severity: 'high',
      place: 'interruptive',
    });
    expect(read('S10', factsOf({ words: [said(['blocker', 'repeat'])] })).place).toBeUndefined();
  });

  it('S14 takes another signal of medium or more for trouble', () => {
    const account = renewing('2026-12-24');
    const fire = (severity: 'low' | 'medium') =>
      fires(read('S14', factsOf({ account, signals: [{ rule: 'S01', severity }] })));
    expect([fire('medium'), fire('low')]).toEqual([true, false]);
  });

  it('S04 and S20 ask to be looked at when the time is up, not before', () => {
    const facts = factsOf({ waits: [wait({ since: NOON })] });
    expect(read('S04', facts).lookAgainAt).toBe(NOON + 4 * HOUR_MS);
    expect(read('S20', facts).lookAgainAt).toBe(NOON + DAY_MS + 1);
  });
});
