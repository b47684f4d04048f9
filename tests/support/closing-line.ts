import { writeSync } from 'node:fs';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

type Outcome = 'passed' | 'failed' | 'skipped';
export type Tally = Record<Outcome, number>;

/** The last line of a test run, alone on it, for scripts that must know that tests really ran. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Counts tests; a file that could not be loaded, and an error outside any test, count as one failed each. */
export function tally(modules: readonly TestModule[], unhandledErrors: number): Tally {
  const counts: Tally = { passed: 0, failed: unhandledErrors, skipped: 0 };
  for (const module of modules) {
    counts.failed += module.errors().length;
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that never came to its end (the run was interrupted, its file crashed) did not pass.
      counts[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return counts;
}

export default class ClosingLine implements Reporter {
  private watching = false;
  private line: string | undefined;

  onInit(vitest: Vitest): void {
    this.watching = vitest.config.watch;
    // Written at exit, since the coverage table comes after `onTestRunEnd`.
    if (!this.watching) process.once('exit', () => this.line && writeSync(1, `${this.line}\n`));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.line = closingLine(tally(modules, unhandledErrors.length));
    if (this.watching) console.log(this.line);
  }
}
