import { describe, expect, it } from 'vitest';
import { graverPriority, isOver, parsePriority, statusLine } from '../../../src/issues/rules/issue.js';

type Facts = Parameters<typeof statusLine>[0];
const line = (more: Partial<Facts>) =>
  statusLine({
    state: 'open',
    accountName: 'Acme',
    ownerName: null,
    reopened: 0,
    fix: null,
    told: null,
    isLoopClosed: false,
    foldedInto: null,
    ...more,
  } as Facts);
const fix = (state: 'planned' | 'merged' | 'live' | 'declined') => ({
  fix: { name: 'ENG-311', state } as Facts['fix'],
});
const told = { told: { watchedUntil: '24 Nov' } };

describe('where an issue stands, in one line', () => {
  it.each<[string, Partial<Facts>]>([
    ['New, nobody has it', { state: 'new' }],
    ['Nobody has it', {}],
    ['Sam has it', { ownerName: 'Sam' }],
    ['Sam has it', { state: 'new', ownerName: 'Sam' }],
    ['Waiting on Acme', { state: 'waiting', ownerName: 'Sam', ...fix('planned') }],
    ['Waiting on fix ENG-311', { ownerName: 'Sam', ...fix('planned') }],
    ['Waiting on fix ENG-311 (merged, not live)', fix('merged')],
    // A fix that is live did not mend it: somebody has to look.
    ['Sam has it', { ownerName: 'Sam', ...fix('live') }],
    ['Declined, Acme not told', { ownerName: 'Sam', ...fix('declined') }],
    ['Declined, Acme was told', { ownerName: 'Sam', ...fix('declined'), ...told }],
    ['Resolved', { state: 'resolved' }],
    ['Closed', { state: 'closed' }],
    ['Resolved', { state: 'resolved', ...fix('planned') }],
    ['Fixed, Acme not told', { state: 'resolved', ...fix('live') }],
    ['Declined, Acme not told', { state: 'closed', ...fix('declined') }],
    ['Told, watching until 24 Nov', { state: 'resolved', ...fix('live'), ...told }],
    ['Closed: Acme was told, seven quiet days since', { state: 'closed', ...told, isLoopClosed: true }],
  ])('%s', (wanted, more) => expect(line(more)).toBe(wanted));

  it('says that it came back, once and more often, until the loop is closed', () => {
    expect(line({ ownerName: 'Sam', reopened: 1 })).toBe('Reopened · Sam has it');
    expect(line({ reopened: 3, state: 'resolved' })).toBe('Reopened 3 times · Resolved');
    expect(line({ reopened: 1, state: 'new' })).toBe('Reopened · Nobody has it');
    expect(line({ reopened: 2, state: 'closed', isLoopClosed: true })).not.toContain('Reopened');
  });

  it('of what was folded names what goes on for both, whatever else is known', () =>
    expect(line({ state: 'merged', foldedInto: 'B-17', reopened: 2, ownerName: 'Sam', ...told })).toBe(
      'Same as B-17, which goes on for both',
    ));
});

it('what is over', () => {
  const states = ['new', 'open', 'waiting', 'resolved', 'closed', 'merged'] as const;
  expect(states.filter(isOver)).toEqual(['resolved', 'closed', 'merged']);
});

it('a priority is read in the words of other desks too; the graver of two counts', () => {
  expect(['Low', ' normal ', 'medium', 'HIGH', 'urgent', 'critical', 'asap'].map(parsePriority)).toEqual([
    'low',
    'normal',
    'normal',
    'high',
    'urgent',
    'urgent',
    null,
  ]);
  expect(graverPriority('high', 'normal')).toBe('high');
  expect(graverPriority('low', 'urgent')).toBe('urgent');
  expect(graverPriority('high', 'high')).toBe('high');
});
