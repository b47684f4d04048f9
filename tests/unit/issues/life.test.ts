import { describe, expect, it } from 'vitest';
import { issueReading } from '../../../src/cards/listeners.js';
import { menuEntries } from '../../../src/issues/listeners/index.js';
import { type IssueState, type LineFacts, statusLine } from '../../../src/issues/rules/issue.js';
import { answerReopens, foldProblem, step, VERBS, type Verb } from '../../../src/issues/rules/life.js';
import { menuOf, moreOf } from '../../../src/issues/rules/menu.js';
import { MAY } from '../../../src/people/may.js';

const DAY = 86_400_000;
const STATES: readonly IssueState[] = ['new', 'open', 'waiting', 'resolved', 'closed', 'merged'];

/** Where each verb leads from each state, written out by hand: of an issue that Sam has, and of one nobody has. */
const EDGES: Record<Verb, Partial<Record<IssueState, [owned: IssueState, unowned: IssueState]>>> = {
  take: { new: ['open', 'open'], open: ['open', 'open'], waiting: ['waiting', 'waiting'] },
  give: { new: ['open', 'open'], open: ['open', 'open'], waiting: ['waiting', 'waiting'] },
  wait: { new: ['waiting', 'waiting'], open: ['waiting', 'waiting'] },
  answer: { waiting: ['open', 'new'], resolved: ['open', 'new'], closed: ['open', 'new'] },
  resolve: {
    new: ['resolved', 'resolved'],
    open: ['resolved', 'resolved'],
    waiting: ['resolved', 'resolved'],
  },
  reopen: { waiting: ['open', 'new'], resolved: ['open', 'new'], closed: ['open', 'new'] },
  close: {
    new: ['closed', 'closed'],
    open: ['closed', 'closed'],
    waiting: ['closed', 'closed'],
    resolved: ['closed', 'closed'],
  },
  fold: {
    new: ['merged', 'merged'],
    open: ['merged', 'merged'],
    waiting: ['merged', 'merged'],
    resolved: ['merged', 'merged'],
  },
};

/** What is refused, and in which words. */
const REFUSED: [Verb, IssueState, RegExp][] = [
  ['take', 'resolved', /^B-42 is resolved\. Reopen it first: \/issue reopen B-42$/],
  ['take', 'closed', /^B-42 is closed\. Reopen it first/],
  ['take', 'merged', /^B-42 was folded into another issue/],
  ['give', 'resolved', /Reopen it first/],
  ['give', 'closed', /Reopen it first/],
  ['give', 'merged', /folded/],
  ['wait', 'waiting', /^B-42 waits on the customer already\. Nothing changed\.$/],
  ['wait', 'resolved', /Reopen it first/],
  ['wait', 'closed', /Reopen it first/],
  ['wait', 'merged', /folded/],
  ['answer', 'new', /open already/],
  ['answer', 'open', /open already/],
  ['answer', 'merged', /folded/],
  ['resolve', 'resolved', /^B-42 is resolved already\. Nothing changed\.$/],
  ['resolve', 'closed', /^B-42 is closed, which is more than resolved/],
  ['resolve', 'merged', /folded/],
  ['reopen', 'new', /^B-42 is open; there is nothing to reopen\.$/],
  ['reopen', 'open', /nothing to reopen/],
  ['reopen', 'merged', /folded/],
  ['close', 'closed', /^B-42 is closed already/],
  ['close', 'merged', /folded/],
  ['fold', 'closed', /Reopen it first/],
  ['fold', 'merged', /folded/],
];

describe('the life of an issue', () => {
  for (const verb of VERBS) {
    for (const state of STATES) {
      const edge = EDGES[verb][state];
      const facts = (ownerId: number | null) => ({ number: 42, state, ownerId });
      if (edge) {
        it(`${verb} leads from ${state} to ${edge.join(' or ')}`, () => {
          expect(step(facts(7), verb)).toEqual({ to: edge[0] });
          expect(step(facts(null), verb)).toEqual({ to: edge[1] });
        });
      } else {
        it(`${verb} is refused at ${state}, with the reason`, () => {
          const words = REFUSED.find(([v, s]) => v === verb && s === state)?.[2] ?? /^never$/;
          for (const ownerId of [7, null])
            expect(step(facts(ownerId), verb)).toEqual({ refused: expect.stringMatching(words) });
        });
      }
    }
  }

  it('every state can be left, and every one but the folded be come back to', () => {
    for (const state of STATES.filter((one) => one !== 'merged'))
      expect(VERBS.some((verb) => 'to' in step({ number: 1, state, ownerId: null }, verb))).toBe(true);
  });
});

describe('an answer of the customer', () => {
  const at = (state: IssueState, resolvedAt: number | null, now: number) =>
    answerReopens({ state, resolvedAt }, now);

  it('reopens within thirty days, to the last millisecond', () => {
    expect(at('resolved', 0, 30 * DAY)).toBe(true);
    expect(at('closed', 0, 30 * DAY)).toBe(true);
    expect(at('resolved', 0, 30 * DAY + 1)).toBe(false);
    expect(at('closed', 0, 31 * DAY)).toBe(false);
  });

  it('that was written before it was over changes nothing, however late it is delivered', () => {
    expect(at('resolved', 10 * DAY, 10 * DAY - 1)).toBe(false);
    expect(at('resolved', 10 * DAY, 10 * DAY)).toBe(true);
  });

  it('ends the waiting at any time, and means nothing to what is open or folded', () => {
    expect(at('waiting', null, 400 * DAY)).toBe(true);
    for (const state of ['new', 'open', 'merged'] as const) expect(at(state, null, DAY)).toBe(false);
  });
});

describe('folding one issue into another', () => {
  const issue = (id: number, more: Partial<Parameters<typeof foldProblem>[0]> = {}) => ({
    id,
    number: id,
    accountId: 1,
    state: 'open' as IssueState,
    ownerId: null,
    ...more,
  });
  const [a, b] = [issue(42), issue(17)];

  it('is done within an account', () => expect(foldProblem(a, b, b)).toBeNull());

  it('goes to the issue that goes on, when the named one was folded itself', () => {
    const merged = issue(17, { state: 'merged' });
    expect(foldProblem(a, merged, issue(9))).toBeNull();
  });

  it.each([
    ['itself', a, a, a, 'B-42 is B-42: name two different issues.'],
    ['a circle', a, issue(17, { state: 'merged' }), a, 'B-17 was folded into B-42 already'],
    [
      'another account',
      a,
      issue(17, { accountId: 2 }),
      issue(17, { accountId: 2 }),
      'belong to different accounts',
    ],
    ['a closed one', issue(42, { state: 'closed' }), b, b, 'B-42 is closed. Reopen it first'],
    [
      'into a closed one',
      a,
      issue(17, { state: 'closed' }),
      issue(17, { state: 'closed' }),
      'B-17 is closed.',
    ],
    [
      'an open one into a resolved one',
      a,
      issue(17, { state: 'resolved' }),
      issue(17, { state: 'resolved' }),
      'B-17 is resolved. Reopen it first',
    ],
    ['what was folded before', issue(42, { state: 'merged' }), b, b, 'B-42 was folded into another issue'],
  ])('is refused for %s, with the reason', (_what, from, into, root, words) => {
    expect(foldProblem(from, into, root)).toContain(words);
  });

  it('two resolved ones become one', () => {
    const done = (id: number) => issue(id, { state: 'resolved' });
    expect(foldProblem(done(42), done(17), done(17))).toBeNull();
  });
});

describe('the derived line', () => {
  const facts = (more: Partial<LineFacts>): LineFacts => ({
    state: 'open',
    accountName: 'Acme',
    ownerName: null,
    reopened: 0,
    fix: null,
    told: null,
    isLoopClosed: false,
    foldedInto: null,
    ...more,
  });
  const live = { name: 'ENG-311', state: 'live' as const };

  it.each<[Partial<LineFacts>, string]>([
    [{ state: 'new' }, 'New, nobody has it'],
    [{ ownerName: 'Sam' }, 'Sam has it'],
    [{ state: 'waiting', ownerName: 'Sam' }, 'Waiting on Acme'],
    [{ fix: { name: 'ENG-311', state: 'planned' }, ownerName: 'Sam' }, 'Waiting on fix ENG-311'],
    [{ fix: { name: 'ENG-311', state: 'merged' } }, 'Waiting on fix ENG-311 (merged, not live)'],
    [{ state: 'resolved', fix: live }, 'Fixed, Acme not told'],
    [{ state: 'resolved', fix: live, told: { watchedUntil: '24 Nov' } }, 'Told, watching until 24 Nov'],
    [{ state: 'closed', isLoopClosed: true, reopened: 2 }, 'Closed: Acme was told, seven quiet days since'],
    [{ state: 'resolved' }, 'Resolved'],
    [{ state: 'closed' }, 'Closed'],
    [{ state: 'merged', foldedInto: 'B-17' }, 'Same as B-17, which goes on for both'],
    // What came back is worked on, whatever was told before.
    [{ ownerName: 'Sam', reopened: 1, fix: live, told: { watchedUntil: '24 Nov' } }, 'Reopened · Sam has it'],
    [{ state: 'new', reopened: 3 }, 'Reopened 3 times · Nobody has it'],
  ])('%j says "%s"', (more, line) => expect(statusLine(facts(more))).toBe(line));
});

describe('the menu of a card', () => {
  it('has five entries at most, and what fits how the issue stands', () => {
    for (const state of STATES) expect(menuOf(state).length).toBeLessThanOrEqual(5);
    const live = [...menuOf('open'), ...moreOf('open')].map(({ verb }) => verb);
    for (const verb of ['edit', 'escalate', 'link', 'same', 'wait', 'resolve', 'give', 'history'])
      expect(live).toContain(verb);
    expect(menuOf('waiting').map(({ verb }) => verb)).toContain('reopen');
    expect(menuOf('resolved').map(({ verb }) => verb)).toEqual(['reopen', 'history', 'more']);
    expect(menuOf('merged').map(({ verb }) => verb)).toEqual(['history']);
  });

  it('offers only what somebody answers, and what stands in the table of who may', () => {
    const entries = menuEntries(issueReading);
    const offered = new Set(
      STATES.flatMap((state) => [...menuOf(state), ...moreOf(state)].map(({ verb }) => verb)),
    );
    offered.delete('more');
    for (const verb of offered) expect(Object.keys(entries)).toContain(verb);
    for (const { may } of Object.values(entries)) expect(Object.keys(MAY)).toContain(may);
  });
});
