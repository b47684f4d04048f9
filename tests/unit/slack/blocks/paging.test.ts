import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actions,
  type Block,
  button,
  context,
  divider,
  header,
  homeView,
  md,
  message,
  section,
  splitMessages,
} from '../../../../src/slack/blocks/index.js';
import { refusals } from './slack-checker.js';

const rows = (count: number, length = 20): Block[] =>
  Array.from({ length: count }, (_, i) => section(md`${`${i} ${'x'.repeat(length)}`}`));
const last = (blocks: readonly Block[]) => JSON.stringify(blocks.at(-1));

describe('message', () => {
  test.each([0, 1, 49, 50, 51, 500])('C5: %i rows', (count) => {
    const made = message({ text: 'Digest', blocks: rows(count) });
    expect(refusals(made)).toEqual([]);
    expect(made.blocks).toHaveLength(Math.min(Math.max(count, 1), 50));
    if (count > 50) expect(last(made.blocks)).toContain(`… and ${count - 49} more`);
  });

  test('folds by size as well as by number, and says so', () => {
    const made = message({ text: 'Digest', blocks: rows(8, 2500) });
    expect(refusals(made)).toEqual([]);
    expect(made.blocks).toHaveLength(5);
    expect(last(made.blocks)).toContain('… and 4 more');
  });

  test('without blocks the text is shown', () => {
    expect(message({ text: 'Acme <3 _you_', blocks: [] })).toEqual({
      text: 'Acme &lt;3 ˍyouˍ',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Acme &lt;3 ˍyouˍ', verbatim: true } }],
    });
    expect(message({ text: '', blocks: [] }).text).toBe('–');
  });
});

describe('homeView', () => {
  test.each([0, 100, 101, 650])('%i rows', (count) => {
    const view = homeView(rows(count));
    expect(refusals(view)).toEqual([]);
    expect(view.blocks).toHaveLength(Math.min(Math.max(count, 1), 100));
  });

  test('stays under the payload limit in bytes', () => {
    const view = homeView(Array.from({ length: 100 }, () => section(md`${'漢'.repeat(3000)}`)));
    expect(refusals(view)).toEqual([]);
    expect(JSON.stringify(view.blocks.at(-1))).toMatch(/… and \d+ more/);
  });
});

describe('splitMessages', () => {
  const anyBlock = fc.oneof(
    fc.integer({ min: 1, max: 3000 }).map((n) => section(md`${'x'.repeat(n)}`)),
    fc.constant(section(md`short`)),
    fc.constant(divider()),
    fc.constant(header('Acme')),
    fc.constant(context([md`small`])),
  );

  test('C5: every page is taken whole, in order, and nothing but rules is lost', () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 180, size: 'max' }), (blocks) => {
        const pages = splitMessages(blocks);
        const content = (list: (Block | undefined)[]) =>
          list.filter((block) => block && block.type !== 'divider');
        expect(content(pages.flat())).toEqual(content(blocks));
        for (const page of pages) {
          const made = message({ text: 'x', blocks: page });
          expect(refusals(made)).toEqual([]);
          expect(made.blocks).toEqual(page);
          expect(page.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [0, 0],
    [1, 1],
    [50, 1],
    [51, 2],
    [500, 10],
  ])('%i short rows make %i messages', (count, pages) => {
    expect(splitMessages(rows(count))).toHaveLength(pages);
  });

  test('an account is not torn from its heading, nor buttons from their text', () => {
    const account = (i: number) => [
      divider(),
      header(`Account ${i}`),
      section(md`news`),
      actions(`a${i}`, [button({ id: 'go', text: 'Go' })]),
    ];
    for (const page of splitMessages(Array.from({ length: 40 }, (_, i) => account(i)).flat())) {
      expect(page[0]?.type).toBe('header');
      expect(page.at(-1)?.type).toBe('actions');
    }
    const tight = Array.from({ length: 60 }, (_, i) => [section(md`${i}`), context([md`small`])]).flat();
    for (const page of splitMessages(tight)) expect(page[0]?.type).toBe('section');
  });
});
