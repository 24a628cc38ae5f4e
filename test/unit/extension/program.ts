import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles a program that stands beside the tests into one file that Node runs. */
export async function bundleProgram(name: string, file: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: file,
    logLevel: 'silent',
  });
}
