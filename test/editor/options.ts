import type { TestProjectInlineConfiguration } from 'vitest/config';
import { patient } from '../../src/dev/patience';

/** What all tests in an editor have in common. */
export const inEditor = {
  root: new URL('../..', import.meta.url).pathname,
  setupFiles: ['test/endOrphan.ts'],
  testTimeout: patient(180_000),
  hookTimeout: patient(120_000),
  expect: { poll: { timeout: patient(30_000) } },
  pool: 'forks',
} satisfies TestProjectInlineConfiguration['test'];

/** The scenarios share one editor and two cores, and the editor takes a while to end. */
export const oneByOne = { fileParallelism: false, teardownTimeout: patient(10_000) };
