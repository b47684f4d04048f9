import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { morningMessage } from '../../../../src/digests/messages/morning.js';
import type { Message } from '../../../../src/slack/blocks/index.js';
import { Md } from '../../../../src/slack/blocks/md.js';
import { SAMPLES } from '../../../scenarios/leak-samples.js';
import { refusals } from './slack-checker.js';

/** How many items a card may have to show: none, one, about as many as Slack has blocks, and far more. */
const SIZES = [0, 1, 49, 50, 500];

/** What people look at again and again; every other message is held to Slack's limits only. */
const CARDS = [
  'issueCard',
  'issueAgain',
  'alertCard',
  'followupCard',
  'fixCard',
  'flagCard',
  'suggestionCard',
  'lateAnswers',
  'accountMessage',
  'mainPage',
  'setupPage',
  'coveragePage',
  'unmatchedList',
  'issueList',
  'weeklyDigest',
  'morningMessage',
  'standupMessage',
  'accountList',
  'incidentCard',
  'lapseCard',
  'fixList',
  'unlinkedList',
  'offerCard',
  'nudgeCard',
  'nudgeRound',
  'promiseCard',
  'historyMessage',
  'rulesPage',
];

/** Their lists are short where they are read: nine steps, five issues, what four people have in hand. */
const CUT_WHERE_READ = ['accountMessage', 'setupPage'];

/** The same arguments with every list in them grown to `n` items, each with a number of its own. */
function grown(value: unknown, n: number, own = 1): unknown {
  if (value instanceof Md || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.length === 0 ? value : Array.from({ length: n }, (_, i) => grown(value[0], n, i + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      ['id', 'number', 'contactId'].includes(key) && typeof one === 'number' ? own : inside(one, n),
    ]),
  );
}

/** A list of a list stays as it is: 500 accounts do not have 500 lines each. */
function inside(one: unknown, n: number): unknown {
  return Array.isArray(one) && one.length > 0
    ? Array.from({ length: n }, (_, i) => numbered(one[0], i + 1))
    : one;
}

function numbered(item: unknown, own: number): unknown {
  if (item instanceof Md || typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([key, one]) => [
      key,
      ['id', 'number', 'contactId'].includes(key) && typeof one === 'number' ? own : one,
    ]),
  );
}

/** What people read of it, a line each. */
function words(shown: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(shown, (key, value) => {
    if (key === 'text' && typeof value === 'string') found.push(...value.split('\n'));
    return value;
  });
  return found;
}

function messageModules(): string[] {
  return readdirSync('src', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const folder = join('src', name, 'messages');
      const several = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
      return existsSync(`${folder}.ts`) ? [`${folder}.ts`, ...several] : several;
    });
}

describe('cards with 0, 1, 49, 50 and 500 items', async () => {
  const seen: string[] = [];
  for (const file of messageModules()) {
    const exports = (await import(resolve(file))) as Record<string, unknown>;
    const module = file.replace(/^src\//, '').replace(/\.ts$/, '');
    for (const [key, draw] of Object.entries(exports)) {
      const args = (SAMPLES[`${module}#${key}`] ?? SAMPLES[key])?.('Acme').at(-1);
      if (typeof draw !== 'function' || !args || !CARDS.includes(key)) continue;
      seen.push(key);
      it(`${key} is taken by Slack, and says the rest in a number`, () => {
        const drawn = SIZES.map((n) => {
          const shown = (draw as (...all: unknown[]) => unknown)(...args.map((one) => grown(one, n)));
          expect(refusals(shown as object)).toEqual([]);
          return [n, words(shown)] as const;
        });
        expect(
          Object.fromEntries(drawn.slice(0, 3).map(([n, said]) => [n, said.slice(0, 20)])),
        ).toMatchSnapshot();
        // Fifty and five hundred differ in numbers only.
        const [, , , fifty, many] = drawn;
        if (!CUT_WHERE_READ.includes(key))
          expect((many?.[1].length ?? 0) - (fifty?.[1].length ?? 0)).toBeLessThanOrEqual(50);
      });
    }
  }

  const sample = (n: number) => SAMPLES['digests/messages/morning#morningMessage']?.('Acme').at(n) ?? [];
  const draw = (args: unknown[]) => {
    const shown = (morningMessage as (...all: unknown[]) => Message)(...args);
    expect(refusals(shown)).toEqual([]);
    return shown;
  };

  describe('the first message of a week', () => {
    /** As long as people's words are where they are cut: titles, names of accounts. */
    const long = (what: string) => `${what} ${'word '.repeat(40)}`.slice(0, 120);
    const lengthened = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_key, one) => (one === 'Acme' ? long('Acme') : one));

    it('says the rest of its accounts in a number where its morning is as long as it can be', () => {
      const args = sample(-1).map((one) => lengthened(grown(one, 30)));
      const shown = draw(args);
      expect(shown.blocks.length).toBeLessThanOrEqual(50);
      const said = words(shown);
      expect(said.filter((text) => text === 'and 20 more')).toHaveLength(5);
      const sections = said.filter((text) => text.startsWith('*Acme')).length;
      expect(sections).toBeGreaterThanOrEqual(1);
      expect(said).toContain(`${30 - sections} more changed`);
      expect(said.join()).not.toContain('… and');
    });

    it('has ten accounts where there is room', () => {
      const [, week] = sample(-1);
      const said = words(draw([{ ...(sample(1)[0] as object) }, week]));
      expect(said.filter((text) => text === '*Acme*')).toHaveLength(10);
      expect(said).toContain('20 more changed');
    });

    it('is a morning of one line above one account at its shortest', () => {
      const said = words(draw(sample(4)));
      expect(said[0]).toBe("Good morning: 1 of your accounts heard from us, and your accounts' week");
      expect(said).toContain('*Your accounts* · 9-15 Nov · 4 to do');
    });

    it('is the week alone where nothing waits', () => {
      expect(words(draw(sample(3)))[0]).toBe('*Your accounts* · 9-15 Nov · 4 to do');
    });
  });

  it('knows every card', () => expect(CARDS.filter((card) => !seen.includes(card))).toEqual([]));
});
