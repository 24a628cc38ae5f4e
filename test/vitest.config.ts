import { defineConfig } from 'vitest/config';
import { assemblyInTests } from '../src/dev/assembly.mjs';
import { patient } from '../src/dev/patience';

export default defineConfig({
  plugins: [assemblyInTests],
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/unit/**/*.test.ts'],
    globalSetup: ['test/unit/build.ts'],
    setupFiles: ['test/endOrphan.ts', 'test/seeded.ts'],
    testTimeout: patient(30_000),
    hookTimeout: patient(30_000),
    teardownTimeout: patient(10_000),
    // Files share their processes: starting one for each took longer than the tests.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    minWorkers: 1,
  },
});
