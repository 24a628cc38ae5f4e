import type { TestProject } from 'vitest/node';
import { universal } from '../../../src/dev/packaging/targets';
import { startPackaged } from '../packaged';

/** The newest editor with the package for machines that have no other. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  return startPackaged(project, { edition: 'newest', target: universal });
}
