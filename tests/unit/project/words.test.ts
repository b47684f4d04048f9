import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, ROOT } from './source.js';

/** Traces of the machine that something was written on. Put together here, so that this file is not one. */
const TRACES = [
  ['/wo', 'rk/'],
  ['/ro', 'ot/'],
  ['/tmp/bash', '_jobs'],
  ['fa', 'rm-'],
  ['shared/', 'design'],
  ['shared/', 'reference'],
].map((parts) => parts.join(''));

const PART_OF_A_WORD = /[a-z0-9]/i;

function traces(text: string): string[] {
  return TRACES.filter((trace) => {
    for (let at = text.indexOf(trace); at >= 0; at = text.indexOf(trace, at + 1))
      // `network/`, `platform-`: only a word of its own is a trace.
      if (!PART_OF_A_WORD.test(text[at - 1] ?? '')) return true;
    return false;
  });
}

/** What is or would be committed: a local `.env` or log may name any path. Without git, all files. */
function committable(): string[] {
  if (!existsSync(join(ROOT, '.git'))) return filesBelow('.');
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return [...new Set(listed)].filter((path) => path && existsSync(join(ROOT, path)));
}

const isText = (content: Buffer) => !content.subarray(0, 8000).includes(0);

describe('words', () => {
  it('finds the traces of a machine', () => {
    for (const trace of TRACES) {
      expect(traces(`see "${trace}x"`)).toEqual([trace]);
      expect(traces(trace)).toEqual([trace]);
    }
    expect(traces('docs/network/work/x, a platform-wide rule')).toEqual([]);
  });

  it('are those of Baton, not of a machine', () => {
    const found = committable().flatMap((path) => {
      const content = readFileSync(join(ROOT, path));
      return isText(content) ? traces(content.toString('utf8')).map((trace) => `${path}: ${trace}`) : [];
    });
    expect(found).toEqual([]);
  });
});
