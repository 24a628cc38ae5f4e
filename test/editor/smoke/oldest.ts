import type { TestProject } from 'vitest/node';
import { startPackaged } from '../packaged';

/** The oldest editor that the extension says it runs in, with the package for this machine. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  return startPackaged(project, { edition: 'oldest' });
}
