import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';
import { forNode } from '../bundles';
import { inProject } from '../project';

const declaration = /^const formatVersion = (\d+);$/m;

/**
 * Builds the engine of a version whose cache has another format, beside what else it needs.
 * @param folder that is made for it
 * @param later how many formats later
 * @returns the path of the engine's bundle
 */
export async function buildOtherVersion(folder: string, later: number): Promise<string> {
  const bundles = join(folder, 'dist');
  mkdirSync(bundles, { recursive: true });
  for (const name of readdirSync(inProject('dist'))) {
    if (name.endsWith('.cjs')) cpSync(inProject('dist', name), join(bundles, name));
  }
  // Packages with native code are looked for from there.
  symlinkSync(inProject('node_modules'), join(folder, 'node_modules'), 'junction');
  const outfile = join(bundles, 'engine.cjs');
  const { plugins = [], ...options } = forNode('src/engine/main.ts', 'engine');
  await bundle({ ...options, outfile, plugins: [withFormat(later), ...plugins] });
  return outfile;
}

function withFormat(later: number): Plugin {
  return {
    name: 'another format',
    setup(build) {
      build.onLoad({ filter: /[\\/]store[\\/]cacheFolder\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        const format = Number(declaration.exec(source)?.[1]);
        if (!Number.isInteger(format)) throw new Error(`${path} declares no format`);
        return { contents: source.replace(declaration, `const formatVersion = ${format + later};`), loader: 'ts' };
      });
    },
  };
}
