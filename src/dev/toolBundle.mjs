import { build } from 'esbuild';
import { assembly } from './assembly.mjs';

/**
 * Bundles a script of the project's tools, which runs where the packages are.
 *
 * @param {string} entry
 * @param {string} outfile
 */
export async function bundleTool(entry, outfile) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    plugins: [assembly],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
