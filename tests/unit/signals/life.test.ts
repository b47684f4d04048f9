import { describe, expect, it } from 'vitest';
import { alertPlace, firstPostAt } from '../../../src/alerts/rules.js';
import { decide, type Life, type Past } from '../../../src/signals/rules/life.js';
import type { Severity } from '../../../src/signals/rules/rule.js';
import { graver, severityFor } from '../../../src/signals/rules/severity.js';
import { DAY_MS, MINUTE_MS } from '../../../src/time/index.js';
import { ago, factsOf, NOON } from './made-up.js';

const open = (more: Partial<Life> = {}): Life => ({
  state: 'firing',
  since: ago(1),
  handledAt: null,
  severity: 'medium',
  level: 4,
  line: 'the line',
  snoozedUntil: null,
  snoozedLevel: null,
  ...more,
});

/** Fires at 4, is over at 1. */
function becomes(
  level: number,
  more: {
    open?: Life;
    past?: Past;
    line?: string;
    severity?: Severity;
    holdMinutes?: number;
    cooldownDays?: number;
  } = {},
) {
  const { line = 'the line', severity = 'medium', holdMinutes = 0, cooldownDays = 7 } = more;
  const evidence = { line, numbers: {} };
  const reading = { level, fireAt: 4, clearAt: 1, evidence, lookAgainAt: null };
  const numbers = { holdMinutes, cooldownDays };
  return decide({ reading, severity, numbers, open: more.open, past: more.past }, NOON);
}

describe('the life of a signal', () => {
  it('begins at the fire level, ends at the clear level, and stays between', () => {
    expect(becomes(3).move).toBe('none');
    expect(becomes(4).move).toBe('fire');
    expect([1, 2, 3, 4].map((level) => becomes(level, { open: open() }).move)).toEqual([
      'clear',
      'none',
      'none',
      'none',
    ]);
  });

  it('waits out its hold time, and leaves nothing behind when it did not hold', () => {
    expect(becomes(4, { holdMinutes: 30 })).toEqual({ move: 'start', lookAgainAt: NOON + 30 * MINUTE_MS });
    const pending = open({ state: 'pending', since: NOON - 29 * MINUTE_MS });
    expect(becomes(4, { holdMinutes: 30, open: pending })).toEqual({
      move: 'none',
      lookAgainAt: NOON + MINUTE_MS,
    });
    expect(becomes(3, { holdMinutes: 30, open: pending }).move).toBe('forget');
    const held = open({ state: 'pending', since: NOON - 30 * MINUTE_MS });
    expect(becomes(4, { holdMinutes: 30, open: held }).move).toBe('fire');
  });

  it('is quiet in its cooldown, unless it is graver than the last one', () => {
    const past: Past = { quietFrom: ago(6), severity: 'medium' };
    expect(becomes(4, { past })).toEqual({ move: 'none', lookAgainAt: ago(6) + 7 * DAY_MS });
    expect(becomes(4, { past, severity: 'high' }).move).toBe('fire');
    expect(becomes(4, { past: { ...past, quietFrom: ago(7) } }).move).toBe('fire');
  });

  it('once handled it fires again only when it was over, is graver, or after 14 days', () => {
    const handled = (days: number) => open({ state: 'handled', handledAt: ago(days) });
    expect(becomes(9, { open: handled(13) })).toEqual({ move: 'none', lookAgainAt: ago(13) + 14 * DAY_MS });
    expect(becomes(9, { open: handled(13), severity: 'high' }).move).toBe('again');
    expect(becomes(9, { open: handled(14) }).move).toBe('again');
    expect(becomes(9, { open: handled(14), cooldownDays: 28 }).move).toBe('none');
    expect(becomes(1, { open: handled(1) }).move).toBe('clear');
    expect(becomes(3, { open: handled(20) }).move).toBe('none');
  });

  it('says a change once, and a rise in severity as such', () => {
    expect(becomes(5, { open: open(), line: 'another' }).move).toBe('change');
    expect(becomes(5, { open: open(), severity: 'high' }).move).toBe('rise');
    expect(becomes(5, { open: open({ severity: 'high' }) }).move).toBe('none');
  });

  it('snoozed it says nothing until its time, but clears, and rises', () => {
    const until = open({ snoozedUntil: NOON + 1 });
    expect(becomes(6, { open: until, line: 'another' })).toEqual({ move: 'none', lookAgainAt: NOON + 1 });
    expect(becomes(1, { open: until }).move).toBe('clear');
    expect(becomes(6, { open: until, severity: 'high' }).move).toBe('rise');
    expect(becomes(4, { open: open({ snoozedUntil: NOON }) }).move).toBe('wake');
  });

  it('snoozed until it changes it says nothing until there is more', () => {
    const asleep = open({ snoozedLevel: 5 });
    expect(becomes(5, { open: asleep, line: 'another' }).move).toBe('none');
    expect(becomes(6, { open: asleep }).move).toBe('wake');
  });
});

describe('severity', () => {
  const profile = (more: object) => ({ ...factsOf().account, ...more });
  const soon = { tier: 'A', renewalOn: '2027-01-17' };

  it('goes one step up when two of tier A, renewal window and red health hold, never to critical', () => {
    expect(severityFor('medium', profile({ tier: 'A' }))).toBe('medium');
    expect(severityFor('medium', profile({ health: 'red' }))).toBe('medium');
    expect(severityFor('medium', profile(soon))).toBe('high');
    expect(severityFor('low', profile({ tier: 'A', health: 'red' }))).toBe('medium');
    expect(severityFor('high', profile({ ...soon, health: 'red' }))).toBe('high');
    expect(severityFor('critical', profile({}))).toBe('critical');
  });

  it.each([
    ['A', '2027-03-17', 'high'],
    ['A', '2027-03-18', 'medium'],
    ['B', '2027-01-16', 'high'],
    ['B', '2027-01-17', 'medium'],
    ['C', '2026-12-17', 'high'],
    ['C', '2026-12-18', 'medium'],
    ['A', null, 'medium'],
  ])('tier %s, renewing %s, with the health that makes two: %s', (tier, renewalOn, severity) => {
    // Red health is one; the window is the other. Tier A alone would be two with red health, so it is left out there.
    const health = tier === 'A' ? null : 'red';
    expect(severityFor('medium', profile({ tier, renewalOn, health }))).toBe(severity);
  });

  it('of two is the graver', () => {
    expect([graver('low', 'high'), graver('critical', 'medium')]).toEqual(['high', 'critical']);
  });
});

describe('an alert', () => {
  it('pings for a signal that does, and for repeat contact only with a second one', () => {
    const card = (rule: string) => ({ rule, place: 'card' as const });
    expect(alertPlace([card('S01')])).toBe('card');
    expect(alertPlace([card('S01'), card('S20')])).toBe('interruptive');
    expect(alertPlace([card('S16'), card('S20')])).toBe('card');
    expect(alertPlace([card('S01'), { rule: 'S25', place: 'digest' }])).toBe('card');
    expect(alertPlace([{ rule: 'S06', place: 'interruptive' }])).toBe('interruptive');
  });

  it('is first posted after ten minutes, at once when critical', () => {
    expect(firstPostAt({ severity: 'high', openedAt: NOON })).toBe(NOON + 600_000);
    expect(firstPostAt({ severity: 'critical', openedAt: NOON })).toBe(NOON);
  });
});
