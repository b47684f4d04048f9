import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
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

  it('knows every card', () => expect(CARDS.filter((card) => !seen.includes(card))).toEqual([]));
});
