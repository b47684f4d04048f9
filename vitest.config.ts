import { defineConfig } from 'vitest/config';

/** The folders with a meaning of their own. Every other test is a unit test, so that no file is left out. */
const FOLDERS = ['scenarios', 'flows', 'field', 'browser'];

const ALL = 'tests/**/*.test.ts';
const inFolder = (folder: string) => `tests/${folder}/**/*.test.ts`;

export default defineConfig({
  test: {
    pool: 'forks',
    // Files of a worker share the modules that they load: loading them anew took longer than most tests.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 40_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
    globalSetup: './tests/support/run-databases.ts',
    reporters: ['default', './tests/support/closing-line.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'html'],
    },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: [ALL], exclude: ['**/node_modules/**', ...FOLDERS.map(inFolder)] },
      },
      ...FOLDERS.map((folder) => ({
        extends: true as const,
        test: { name: folder, include: [inFolder(folder)] },
      })),
    ],
  },
});
