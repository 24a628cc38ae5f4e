import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildAll } from '../../src/dev/bundles';
import { findBrowser } from '../../src/dev/editor/browser';
import { installEditor } from '../../src/dev/editor/install';
import { startEditor } from '../../src/dev/editor/server';
import { packageExtension, targetNamed } from '../../src/dev/packaging/packaging';
import { packNeighbour } from './neighbour/pack';

declare module 'vitest' {
  interface ProvidedContext {
    readonly port: number;
    /** Where the editor keeps its settings, its extensions and its logs. */
    readonly home: string;
    readonly browser: string;
  }
}

/** Starts one editor with the packaged extension for all scenarios. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = await findBrowser(console.log);
  const installation = await installEditor(console.log);
  await buildAll();
  const { path } = await packageExtension(targetNamed());
  const home = await mkdtemp(join(tmpdir(), 'kindred-editor-'));
  // An extension that is installed must not let anybody debug its engine.
  process.env['KINDRED_INSPECT'] = '9239';
  const editor = await startEditor({ installation, home, vsix: path, others: [await packNeighbour(home)] });
  project.provide('port', editor.port);
  project.provide('home', home);
  project.provide('browser', browser);
  return async () => {
    await editor.stop();
    await rm(home, { recursive: true, force: true });
  };
}
