import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildAll } from '../../src/dev/bundles';
import { findBrowser } from '../../src/dev/editor/browser';
import { installEditor, type Edition } from '../../src/dev/editor/install';
import { startEditor } from '../../src/dev/editor/server';
import { packageExtension } from '../../src/dev/packaging/packaging';
import { targetNamed, type Target } from '../../src/dev/packaging/targets';

declare module 'vitest' {
  interface ProvidedContext {
    readonly port: number;
    /** Where the editor keeps its settings, its extensions and its logs. */
    readonly home: string;
    readonly browser: string;
    /** The name of the package that is installed. */
    readonly target: string;
  }
}

/** What is started. */
export interface Installed {
  readonly edition: Edition;
  /** That of this machine unless told. */
  readonly target?: Target;
  /** Packs further extensions into a folder, and gives their paths. */
  readonly others?: (home: string) => Promise<readonly string[]>;
}

/** Starts an editor with the packaged extension. @returns what ends it */
export async function startPackaged(
  project: TestProject,
  { edition, target = targetNamed(), others = () => Promise.resolve([]) }: Installed,
): Promise<() => Promise<void>> {
  const browser = await findBrowser(console.log);
  const installation = await installEditor(console.log, edition);
  await buildAll();
  const { path } = await packageExtension(target);
  const home = await mkdtemp(join(tmpdir(), 'kindred-editor-'));
  const editor = await startEditor({ installation, home, vsix: path, others: await others(home) });
  project.provide('port', editor.port);
  project.provide('home', home);
  project.provide('browser', browser);
  project.provide('target', target.name);
  return async () => {
    await editor.stop();
    await rm(home, { recursive: true, force: true });
  };
}
