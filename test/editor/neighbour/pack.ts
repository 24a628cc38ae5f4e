import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packageFolder } from '../../../src/dev/packaging/packaging';
import { inProject } from '../../../src/dev/project';

/** Packs the other extension. @param folder where it may write @returns the path of its package */
export async function packNeighbour(folder: string): Promise<string> {
  const stage = join(folder, 'neighbour');
  await mkdir(stage, { recursive: true });
  await cp(inProject('test/editor/neighbour/package.json'), join(stage, 'package.json'));
  await build({
    entryPoints: [inProject('test/editor/neighbour/neighbour.ts')],
    outfile: join(stage, 'neighbour.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'error',
  });
  const path = join(folder, 'neighbour.vsix');
  await packageFolder(stage, path);
  return path;
}
