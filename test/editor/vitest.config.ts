import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/editor/**/*.test.ts'],
    globalSetup: 'test/editor/setup.ts',
    // The scenarios share one editor and two cores.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What an editor on two cores may take to show what it was told to.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
  },
});
