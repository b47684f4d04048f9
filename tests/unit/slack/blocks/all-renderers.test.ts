import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { message } from '../../../../src/slack/blocks/index.js';
import { Md } from '../../../../src/slack/blocks/md.js';
import { SAMPLES } from '../../../scenarios/leak-samples.js';
import { expectInert } from '../../../support/hostile.js';
import { anyText } from './any-text.js';
import { refusals } from './slack-checker.js';

/** `src/<room>/messages.ts` and `src/<room>/messages/*.ts`, as the leak walk finds them. */
function messageModules(): string[] {
  return readdirSync('src', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const folder = join('src', name, 'messages');
      const several = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
      return existsSync(`${folder}.ts`) ? [`${folder}.ts`, ...several] : several;
    });
}

/** What Slack would refuse of a message or a form; a piece of one is looked at inside a message. */
function expectTaken(shown: unknown): void {
  // A run of blocks stands in Home.
  const run =
    Array.isArray(shown) && shown.length > 0 ? { type: 'home', blocks: shown.filter(Boolean) } : shown;
  const whole = run instanceof Md ? message({ text: run, blocks: [] }) : run;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return;
  expectInert(whole);
  const isBlock = !('blocks' in whole) && 'type' in whole;
  if (!isBlock) expect(refusals(whole)).toEqual([]);
}

/** Slack sends whole characters; that halves of them do no harm is held by the tests of the blocks. */
const anyWords = anyText.map((text) => text.replace(/\p{Surrogate}/gu, '?'));
const RUNS = 8;

describe('every renderer, whatever people type and however long', async () => {
  for (const file of messageModules()) {
    const exports = (await import(resolve(file))) as Record<string, unknown>;
    const module = file.replace(/^src\//, '').replace(/\.ts$/, '');
    for (const [key, draw] of Object.entries(exports)) {
      const sample = SAMPLES[`${module}#${key}`] ?? SAMPLES[key];
      if (typeof draw !== 'function' || !sample) continue;
      it(`B3, B4, C3, C5: ${module}#${key} is taken by Slack`, () => {
        fc.assert(
          fc.property(anyWords, (typed) => {
            for (const args of sample(typed)) expectTaken((draw as (...all: unknown[]) => unknown)(...args));
          }),
          { numRuns: RUNS },
        );
      });
    }
  }
});
