import { buildAll } from '../../src/dev/bundles';

/** The engine's worker threads and processes run from their bundles. */
export default async function setup(): Promise<void> {
  await buildAll();
}
