import { build } from 'esbuild';
import { assembly } from './assembly.mjs';

/**
 * Bundles a script of the project's tools, which runs where the packages are.
 *
 * @param {string} entry
 * @param {string} outfile
 * @param {Record<string, string>} define what stands for a name in it
 */
export async function bundleTool(entry, outfile, define = {}) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    plugins: [assembly],
    define,
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
