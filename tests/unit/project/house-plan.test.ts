import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { eachNode, filesBelow, lineOf, parse, readSources, type Source } from './source.js';

const MAX_FILE_LINES = 250;
const MAX_FUNCTION_LINES = 60;
/** The tables of a room are one list of declarations, handed the column kit: nothing in it decides anything. */
const DECLARATIONS = /^src\/store\/tables\//;

const TOP_FILES = ['main.ts', 'cli.ts', 'config.ts', 'loop.ts'];
const ROOMS = [
  ...['time', 'people', 'settings', 'accounts', 'issues', 'fixes', 'followups', 'signals', 'alerts'],
  ...['cards', 'home', 'digests', 'metrics', 'imports', 'demo', 'http', 'slack', 'store', 'queue'],
];

const lineCount = (text: string) => text.replace(/\n$/, '').split('\n').length;

function tooLongFiles(sources: readonly Source[]): string[] {
  return sources
    .map(({ path, text }) => ({ path, lines: lineCount(text) }))
    .filter(({ lines }) => lines > MAX_FILE_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines, at most ${MAX_FILE_LINES}`);
}

function tooLongFunctions(source: Source): string[] {
  const file = parse(source);
  const found: string[] = [];
  eachNode(file, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return;
    const start = lineOf(file, node.getStart());
    const lines = lineOf(file, node.end) - start + 1;
    if (lines > MAX_FUNCTION_LINES)
      found.push(`${source.path}:${start}: a function of ${lines} lines, at most ${MAX_FUNCTION_LINES}`);
  });
  return found;
}

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench|d))*\.[a-z]+$/;
const KEBAB_FOLDER = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Names that say nothing, wherever they stand in a name… */
const EMPTY_WORDS = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'manager', 'managers']);
/** …and those that say nothing at its end: `service-levels` is a word of the domain, `slack-service` is not. */
const EMPTY_ENDINGS = new Set(['service', 'services']);

function badNames(path: string): string[] {
  const [file = '', ...folders] = path.split('/').reverse();
  const words = folders.concat(file.replace(/\..*$/, '')).map((name) => name.split('-'));
  const empty = words.some(
    (parts) => parts.some((word) => EMPTY_WORDS.has(word)) || EMPTY_ENDINGS.has(parts.at(-1) ?? ''),
  );
  if (empty) return [`${path}: names what it is, not what it does`];
  if (!KEBAB.test(file) || !folders.every((name) => KEBAB_FOLDER.test(name)))
    return [`${path}: not kebab-case`];
  return [];
}

function misplaced(path: string): string[] {
  const [, top = '', ...rest] = path.split('/');
  const known =
    rest.length === 0 ? TOP_FILES.includes(top) : [...ROOMS, ...folderOf(TOP_FILES)].includes(top);
  return known ? [] : [`${path}: the plan of the house has no such room`];
}

/** A top-level file may grow into a folder of the same name. */
const folderOf = (files: string[]) => files.map((file) => file.replace('.ts', ''));

describe('the house plan', () => {
  it('catches what it must', () => {
    const lines = (n: number) => 'x;\n'.repeat(n);
    expect(tooLongFiles([{ path: 'src/a.ts', text: lines(250) }])).toEqual([]);
    expect(tooLongFiles([{ path: 'src/a.ts', text: lines(251) }])).toHaveLength(1);

    const kinds = ['function f() {', 'const f = () => {', 'const f = function () {', 'class A { f() {'];
    for (const head of kinds) {
      const close = head.startsWith('class') ? '} }' : '}';
      const withBody = (n: number) => ({ path: 'src/a.ts', text: `${head}\n${lines(n)}${close}\n` });
      expect(tooLongFunctions(withBody(58))).toEqual([]);
      expect(tooLongFunctions(withBody(59))).toEqual([
        expect.stringContaining('src/a.ts:1: a function of 61'),
      ]);
    }

    for (const name of ['utils.ts', 'date-helpers.ts', 'slack-service.ts', 'cardManager.ts', 'My-file.ts'])
      expect(badNames(`src/issues/${name}`)).toHaveLength(1);
    expect(badNames('src/common/rules.ts')).toHaveLength(1);
    expect(badNames('src/issues/service-levels.ts')).toEqual([]);
    expect(badNames('tests/unit/manifest.test.ts')).toEqual([]);

    expect(misplaced('src/tickets/rules.ts')).toHaveLength(1);
    expect(misplaced('src/server.ts')).toHaveLength(1);
    expect(misplaced('src/issues/rules.ts')).toEqual([]);
    expect(misplaced('src/cli/doctor.ts')).toEqual([]);
  });

  it('keeps files of src small', () => {
    expect(tooLongFiles(readSources('src'))).toEqual([]);
  });

  it('keeps functions of src small', () => {
    const sources = readSources('src').filter(({ path }) => !DECLARATIONS.test(path));
    expect(sources.flatMap(tooLongFunctions)).toEqual([]);
  });

  it('gives every file a name that says what it does', () => {
    const paths = [...filesBelow('src'), ...filesBelow('tests').filter((path) => path.endsWith('.ts'))];
    expect(paths.flatMap(badNames)).toEqual([]);
  });

  it('has a room for every file of src', () => {
    expect(filesBelow('src').flatMap(misplaced)).toEqual([]);
  });
});
