import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source.js';

const TESTS = join(ROOT, 'tests');
/** How many requirements the reference marks as musts. */
const MUSTS = 77;
/** Below this, words may stand anywhere. */
const WORDS_AT_LEAST = 8;

interface Row {
  id: string;
  asks: string;
  /** What stands in the last cell: tests, or `open:` and a reason. */
  shown: string;
}

function rowsOf(page: string): Row[] {
  return page
    .split('\n')
    .filter((line) => /^\|\s*R\d/.test(line))
    .map((line) => {
      const [, id = '', asks = '', shown = ''] = line.split('|').map((cell) => cell.trim());
      return { id, asks, shown };
    });
}

const isOpen = ({ shown }: Row) => shown.startsWith('open:');

/** What is wrong with one test that a row names, as `` `file` "words of its name" ``; null when it is right. */
function testProblem(named: string): string | null {
  const [, path = '', words = ''] = /^`([^`]+\.test\.ts)` "([^"]+)"$/.exec(named) ?? [];
  if (path === '') return `${named} is no test: \`file.test.ts\` "words of its name"`;
  if (!existsSync(join(TESTS, path))) return `${path} does not exist`;
  if (words.length < WORDS_AT_LEAST) return `"${words}" is too short to name a test`;
  const hasWords = readFileSync(join(TESTS, path), 'utf8').includes(words);
  return hasWords ? null : `${path} has no "${words}"`;
}

function rowProblems(row: Row): string[] {
  const { id, asks, shown } = row;
  const name = /^R\d{3}$/.test(id) ? [] : [`${id} is no number of a requirement`];
  const words = asks === '' ? [`${id} asks for nothing`] : [];
  if (isOpen(row)) {
    const reason = shown.slice('open:'.length).trim();
    return [...name, ...words, ...(reason === '' ? [`${id} is open without a reason`] : [])];
  }
  if (shown === '') return [...name, ...words, `${id} has neither a test nor a reason why it is open`];
  const tests = shown.split(/; (?=`)/).map(testProblem);
  return [...name, ...words, ...tests.flatMap((problem) => (problem === null ? [] : [`${id}: ${problem}`]))];
}

function pageProblems(page: string, musts: number): string[] {
  const rows = rowsOf(page);
  const ids = rows.map(({ id }) => id);
  const inOrder = [...new Set(ids)].sort();
  const open = rows.filter(isOpen).length;
  const counted = `Of ${musts}, ${musts - open} are shown and ${open} are open.`;
  return [
    ...rows.flatMap(rowProblems),
    ...(ids.join() === inOrder.join() ? [] : ['the rows are not in order, or one stands there twice']),
    ...(rows.length === musts ? [] : [`${rows.length} rows, not ${musts}`]),
    ...(page.includes(counted) ? [] : [`the page does not say "${counted}"`]),
  ];
}

describe('the requirements', () => {
  it('are refused when a row has neither, or names what is not there', () => {
    const own = '`unit/project/requirements.test.ts`';
    const right = `| R001 | one | ${own} "are refused when"; ${own} "or names what" |`;
    const page = (...rows: string[]) =>
      `Of ${rows.length}, ${rows.filter((row) => !row.includes('open:')).length} are shown and ${rows.filter((row) => row.includes('open:')).length} are open.\n${rows.join('\n')}`;
    const problems = (...rows: string[]) => pageProblems(page(...rows), rows.length);
    expect(problems(right, '| R002 | two | open: not built |')).toEqual([]);

    // Put together here, so that this file does not have them.
    const nowhere = ['no such', 'words'].join(' ');
    for (const [cell, problem] of [
      ['', 'neither'],
      ['open:', 'without a reason'],
      ['`unit/project/gone.test.ts` "are refused when"', 'does not exist'],
      [`${own} "${nowhere}"`, 'has no'],
      [`${own} "the"`, 'too short'],
      [`${own}`, 'is no test'],
      ['see the scenarios', 'is no test'],
      [`${own} "are refused when"; ${own} "${nowhere}"`, 'has no'],
    ] as const)
      expect([cell, problems(`| R001 | one | ${cell} |`)]).toEqual([
        cell,
        [expect.stringContaining(problem)],
      ]);

    expect(problems(right, right)).toEqual([expect.stringContaining('twice')]);
    expect(pageProblems(page(right), 2)).toHaveLength(2);
    expect(pageProblems(page(right).replace('1 are shown', '2 are shown'), 1)).toHaveLength(1);
  });

  it('are each shown by a test, or listed as open with a reason', () => {
    expect(pageProblems(readFileSync(join(TESTS, 'requirements.md'), 'utf8'), MUSTS)).toEqual([]);
  });
});
