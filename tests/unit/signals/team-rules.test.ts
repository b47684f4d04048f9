import { describe, expect, it } from 'vitest';
import { decide, type Life, type Past } from '../../../src/signals/rules/life.js';
import { ruleById } from '../../../src/signals/rules/registry.js';
import type { Reading, TeamRule } from '../../../src/signals/rules/rule.js';
import type { TeamFacts } from '../../../src/signals/rules/team-facts.js';
import { topicOf } from '../../../src/signals/rules/topic.js';
import { HOUR_MS } from '../../../src/time/index.js';
import { ago, fires, HOURS, NOON } from './made-up.js';

const teamOf = (more: Partial<TeamFacts> = {}): TeamFacts => ({
  hours: HOURS,
  solved: [],
  opened: [],
  volume: { today: 0, sameWeekday: [5, 5, 5, 5, 5, 5, 5, 5] },
  backlog: { now: 0, daily: [], workingDays: [], olderThan30Days: 0 },
  unmatched: [],
  dayEndsAt: NOON + 12 * HOUR_MS,
  ...more,
});

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
/** So many solved so many days ago, of which some were escalated or came back. */
const solved = (n: number, days: number, more: { escalated?: number; back?: number } = {}) =>
  times(n, (i) => ({
    at: ago(days),
    wasEscalated: i < (more.escalated ?? 0),
    cameBack: i < (more.back ?? 0),
  }));
const opened = (n: number, days: number, accounts = n) =>
  times(n, (i) => ({ at: ago(days), name: `B-${i}`, accountId: i % accounts, topic: 'export rows' }));
const backlogOf = (now: number, days: number, usual = 100): Partial<TeamFacts> => ({
  backlog: {
    now,
    daily: times(28, (i) => (i < 7 ? days : usual)),
    workingDays: times(5, () => days),
    olderThan30Days: 0,
  },
});

interface Fixture {
  rule: string;
  positive: TeamFacts;
  negative: TeamFacts;
  boundary: [TeamFacts, TeamFacts];
}

const FIXTURES: Fixture[] = [
  {
    rule: 'S17',
    positive: teamOf({ opened: opened(4, 1) }),
    negative: teamOf({ opened: opened(4, 1).map((one, i) => ({ ...one, topic: `topic ${i}` })) }),
    boundary: [teamOf({ opened: opened(5, 1, 1) }), teamOf({ opened: opened(4, 1, 1) })],
  },
  {
    rule: 'S21',
    positive: teamOf({ solved: solved(100, 10, { escalated: 30 }) }),
    negative: teamOf({ solved: solved(29, 10, { escalated: 29 }) }),
    boundary: [
      teamOf({ solved: solved(1000, 10, { escalated: 201 }) }),
      teamOf({ solved: solved(1000, 10, { escalated: 200 }) }),
    ],
  },
  {
    rule: 'S23',
    positive: teamOf({ solved: solved(100, 10, { back: 9 }) }),
    negative: teamOf({ solved: [...solved(100, 60, { back: 8 }), ...solved(100, 10, { back: 9 })] }),
    boundary: [
      teamOf({ solved: solved(1000, 10, { back: 51 }) }),
      teamOf({ solved: solved(1000, 10, { back: 50 }) }),
    ],
  },
  {
    rule: 'S24',
    positive: teamOf({ volume: { today: 40, sameWeekday: times(8, () => 12) } }),
    negative: teamOf({ volume: { today: 40, sameWeekday: times(8, () => 30) } }),
    boundary: [
      teamOf({ volume: { today: 15, sameWeekday: times(8, () => 5) } }),
      teamOf({ volume: { today: 14, sameWeekday: times(8, () => 5) } }),
    ],
  },
  {
    rule: 'S25',
    positive: teamOf(backlogOf(140, 135)),
    negative: teamOf(backlogOf(140, 110)),
    boundary: [teamOf(backlogOf(126, 126)), teamOf(backlogOf(126, 125))],
  },
  {
    rule: 'S27',
    positive: teamOf({ unmatched: [{ since: ago(4) }] }),
    negative: teamOf(),
    boundary: [teamOf({ unmatched: [{ since: ago(1) - 1 }] }), teamOf({ unmatched: [{ since: ago(1) }] })],
  },
];

const quiet: Reading = {
  level: 0,
  fireAt: 1,
  clearAt: 0,
  evidence: { line: '', numbers: {} },
  lookAgainAt: null,
};

function readingOf(id: string, facts: TeamFacts): Reading {
  const rule = ruleById(id) as TeamRule;
  return [...rule.read(rule.numbers, facts, NOON).values()].find(fires) ?? quiet;
}

/** How often a rule speaks when these facts follow each other half an hour apart. */
function speaks(id: string, facts: readonly TeamFacts[]): number {
  const { numbers } = ruleById(id) as TeamRule;
  let open: Life | undefined;
  let past: Past | undefined;
  let spoke = 0;
  facts.forEach((one, i) => {
    const now = NOON + (i * HOUR_MS) / 2;
    const reading = readingOf(id, one);
    const { move } = decide({ reading, severity: 'medium', numbers, open, past }, now);
    const life = {
      since: now,
      handledAt: null,
      severity: 'medium' as const,
      snoozedUntil: null,
      snoozedLevel: null,
    };
    if (move === 'fire') {
      spoke += 1;
      open = { ...life, state: 'firing', level: reading.level, line: reading.evidence.line };
    }
    if (move === 'clear') {
      open = undefined;
      past = { quietFrom: now, severity: 'medium' };
    }
  });
  return spoke;
}

describe.each(FIXTURES)('rule $rule', ({ rule, positive, negative, boundary }) => {
  it('speaks when it should, and is silent when it should be', () => {
    expect(fires(readingOf(rule, positive))).toBe(true);
    expect(readingOf(rule, positive).evidence.line).not.toBe('');
    expect(fires(readingOf(rule, negative))).toBe(false);
  });

  it('knows its edge', () => {
    expect(boundary.map((facts) => fires(readingOf(rule, facts)))).toEqual([true, false]);
  });

  it('speaks once when it flaps within its cooldown', () => {
    expect(speaks(rule, [positive, teamOf(), positive, teamOf(), positive])).toBe(1);
  });
});

describe('the topic of a title', () => {
  it.each([
    ['Export misses rows', 'Exports miss rows since Monday', false],
    ['The export drops rows', 'Export drops the rows again', true],
    ['Login fails over SAML', 'SAML login fails', true],
    ['Invoice of October', 'Dashboards are slow', false],
  ])('"%s" and "%s": %s', (a, b, isSame) => {
    expect(topicOf(a, null) === topicOf(b, null)).toBe(isSame);
  });

  it('says nothing of a title that says nothing, and keeps categories apart', () => {
    expect(topicOf('Help!', null)).toBeNull();
    expect(topicOf('Export drops rows', 'bug')).not.toBe(topicOf('Export drops rows', 'question'));
  });
});
