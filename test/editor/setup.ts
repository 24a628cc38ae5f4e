import type { TestProject } from 'vitest/node';
import { packNeighbour } from './neighbour/pack';
import { startPackaged } from './packaged';

/** Starts one editor with the packaged extension, and one that uses it, for all scenarios. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  // An extension that is installed must not let anybody debug its engine.
  process.env['KINDRED_INSPECT'] = '9239';
  return startPackaged(project, { edition: 'newest', others: async (home) => [await packNeighbour(home)] });
}
