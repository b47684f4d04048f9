import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
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
  },
});
