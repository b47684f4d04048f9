import { describe, expect, it } from 'vitest';
import { settingProblem } from '../../../src/settings/registry.js';
import { PHRASE_LISTS } from '../../../src/signals/phrases/lists.js';
import { ownPhraseProblems, withOwn } from '../../../src/signals/rules/own-phrases.js';
import { CATEGORIES, matchPhrases } from '../../../src/signals/rules/phrases.js';

const added = (phrase: string, more: object = {}) => ({
  category: 'churn' as const,
  phrase,
  weight: 2 as const,
  negation_window: 3,
  ...more,
});
const own = (add: ReturnType<typeof added>[], remove: string[] = []) => ({ en: { add, remove } });

describe('phrases of the company', () => {
  it('stand beside those that Baton comes with, in their language', () => {
    const lists = withOwn(PHRASE_LISTS, own([added('moving to * tool')]));
    expect(matchPhrases('We are moving to some other tool next month', lists)).toEqual({
      phrases: ['own-en-moving-to-*-tool'],
      categories: ['churn'],
    });
    expect(matchPhrases('We are not moving to another tool', lists).categories).toEqual([]);
    expect(matchPhrases('Production is down', lists).categories).toEqual(['blocker']);
  });

  it('take one of Baton’s out', () => {
    const lists = withOwn(PHRASE_LISTS, own([], ['en-blocker-1']));
    expect(matchPhrases('Production is down', lists).categories).toEqual([]);
  });

  it('are refused when they stand there already, or take out what is not there', () => {
    const found = ownPhraseProblems(
      PHRASE_LISTS,
      own(
        [added('production is down'), added('a b'), added('a b'), added('c d', { id: 'en-blocker-2' })],
        ['en-x'],
      ),
    );
    expect(found.map(({ path }) => path.join('.'))).toEqual([
      'en.add.0',
      'en.add.2',
      'en.add.3',
      'en.remove.0',
    ]);
    expect(ownPhraseProblems(PHRASE_LISTS, own([added('production is down')], ['en-blocker-1']))).toEqual([]);
  });

  it.each([
    ['Capitals', { add: [added('Moving away')] }],
    ['a full stop', { add: [added('moving away.')] }],
    ['nothing', { add: [added('')] }],
    ['a star at the end', { add: [added('moving *')] }],
    ['a star at the start', { add: [added('* away')] }],
    ['a weight of 7', { add: [added('moving away', { weight: 7 })] }],
    ['another category', { add: [added('moving away', { category: 'anger' })] }],
    ['too many', { add: Array.from({ length: 501 }, (_, i) => added(`w${i}`)) }],
    ['a list', [] as unknown],
  ])('refuse %s', (_, en) => {
    expect(settingProblem('phrases', { en })).not.toBeNull();
  });

  it('know every category of the lists, and every language', () => {
    for (const category of CATEGORIES)
      expect(settingProblem('phrases', { en: { add: [added('moving away', { category })] } })).toBeNull();
    for (const { language } of PHRASE_LISTS) expect(settingProblem('phrases', { [language]: {} })).toBeNull();
  });
});
