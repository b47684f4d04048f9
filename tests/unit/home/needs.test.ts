import { describe, expect, it } from 'vitest';
import { byNeed, NO_NEEDS, needOf } from '../../../src/home/rules/needs.js';

const TODAY = '2026-11-03';
const account = (id: number, name: string, more: { tier?: string; renewalOn?: string } = {}) => ({
  id,
  name,
  tier: more.tier ?? null,
  renewalOn: more.renewalOn ?? null,
});

describe('what accounts need', () => {
  it('an alert goes before what is overdue, that before what is owed, that before issues, those before a renewal', () => {
    const need = (more: Partial<typeof NO_NEEDS>, plus = {}) =>
      needOf(account(1, 'A', plus), { ...NO_NEEDS, ...more }, TODAY);
    const inOrder = [
      need({ hasAlert: true }),
      need({ overdue: 1, owed: 1 }),
      need({ owed: 99, openIssues: 1_000 }),
      need({ owed: 1 }),
      need({ openIssues: 99 }),
      need({ openIssues: 1 }),
      need({}, { tier: 'A', renewalOn: '2026-12-01' }),
      need({}),
    ];
    expect(inOrder).toEqual([...inOrder].sort((a, b) => b - a));
    expect(new Set(inOrder).size).toBe(inOrder.length);
  });

  it('equal needs go by name', () => {
    const all = [account(3, 'Zeta'), account(2, 'beta'), account(1, 'Alpha')];
    expect(byNeed(all, new Map(), TODAY).map((one) => one.name)).toEqual(['Alpha', 'beta', 'Zeta']);
    const needs = new Map([[3, { ...NO_NEEDS, openIssues: 1 }]]);
    expect(byNeed(all, needs, TODAY)[0]?.name).toBe('Zeta');
  });
});
