import type { Facts, IssueFact } from '../../../src/signals/rules/facts.js';
import type { RuleInForce } from '../../../src/signals/rules/in-force.js';
import { ruleById } from '../../../src/signals/rules/registry.js';
import { Replay } from '../../../src/signals/rules/replay.js';
import type { Reading, Rule } from '../../../src/signals/rules/rule.js';
import { DAY_MS, HOUR_MS, type WorkingHours } from '../../../src/time/index.js';

/** Tuesday 17 November 2026, 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 17, 12);
export const ago = (days: number): number => NOON - days * DAY_MS;

const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];
export const HOURS: WorkingHours = {
  zone: 'UTC',
  days: { 1: NINE_TO_FIVE, 2: NINE_TO_FIVE, 3: NINE_TO_FIVE, 4: NINE_TO_FIVE, 5: NINE_TO_FIVE },
  holidays: new Set(),
};

/** An account about which nothing is to be said, but for what a test says. */
export function factsOf(more: Partial<Facts> = {}): Facts {
  return {
    account: { tier: 'B', renewalOn: null, lifecycle: 'live', health: null, today: '2026-11-17' },
    hours: HOURS,
    zone: 'UTC',
    weeksKnown: 12,
    nextWeekAt: null,
    contacts: [],
    waits: [],
    issues: [],
    calls: [],
    brokenPromises: [],
    ratings: [],
    words: [],
    counted: {},
    signals: [],
    ...more,
  };
}

/** Contacts so many days before noon, oldest first; each waited an hour for its answer. */
export function contactsAgo(...days: number[]): Facts['contacts'] {
  return days
    .toSorted((a, b) => b - a)
    .map((day, i) => ({
      ...{ at: ago(day), channel: 'C1', ts: `${i}.000100`, issueId: null, issueName: null },
      ...{ waitedMs: HOUR_MS, isWaiting: false },
    }));
}

/** An open issue that nothing is wrong with, but for what a test says. */
export function issueOf(more: Partial<IssueFact> = {}): IssueFact {
  return {
    id: 1,
    name: 'B-1',
    priority: 'normal',
    category: null,
    state: 'open',
    isOpen: true,
    openedAt: ago(1),
    openSince: ago(1),
    priorityAt: ago(1),
    solvedAt: [],
    reopenedAt: [],
    cameBackAt: [],
    ...more,
  };
}

/** A rule as it comes, switched on. */
export function inForce(id: string): RuleInForce {
  const rule = ruleById(id);
  if (!rule) throw new Error(`no rule ${id}`);
  return { rule, numbers: rule.numbers, mode: 'on', version: String(rule.version), counting: null };
}

/** What a rule reads; of an issue rule, for the first issue of the facts. */
export function read(id: string, facts: Facts, now = NOON): Reading {
  const rule = ruleById(id) as Rule;
  if (rule.scope === 'account') return rule.read(rule.numbers, facts, now);
  const issue = facts.issues[0];
  if (rule.scope !== 'issue' || !issue) throw new Error(`${id} needs an issue`);
  return rule.read(rule.numbers, { ...facts, issue }, now);
}

export const fires = (reading: Reading): boolean => reading.level >= reading.fireAt;
export const isOver = (reading: Reading): boolean => !fires(reading) && reading.level <= reading.clearAt;

/** How often a rule speaks when these facts follow each other, each some time after the one before. */
export function speaks(id: string, everyMs: number, facts: readonly Facts[], from = NOON): number {
  const replay = new Replay([inForce(id)]);
  facts.forEach((one, i) => {
    replay.look(one, from + i * everyMs);
  });
  return replay.spoken.length;
}
