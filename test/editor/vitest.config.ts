import { defineConfig } from 'vitest/config';
import { patient } from '../../src/dev/patience';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/editor/**/*.test.ts'],
    globalSetup: 'test/editor/setup.ts',
    setupFiles: ['test/endOrphan.ts'],
    // The scenarios share one editor and two cores.
    fileParallelism: false,
    testTimeout: patient(180_000),
    hookTimeout: patient(120_000),
    teardownTimeout: patient(10_000),
    expect: { poll: { timeout: patient(30_000) } },
    pool: 'forks',
  },
});
