import { chmod, writeFile } from 'node:fs/promises';
import { build, type BuildOptions } from 'esbuild';
import { assembly } from './assembly.mjs';
import { mended } from './mends.mjs';
import { bundledBy, bundledFile } from './packaging/notices';
import { inProject } from './project';
import { queriesSchema } from './queriesSchema';
import { readingSchema } from './readingSchema';

const shared = {
  bundle: true,
  minify: true,
  legalComments: 'none',
  sourcemap: 'external',
  logLevel: 'warning',
} satisfies BuildOptions;

/** Native packages, which the packaged extension carries beside its bundles, and what the editor itself provides. */
const external = ['onnxruntime-node', 'onnxruntime-web', 'lmdb', 'msgpackr', 'vscode'];

/** How a script of the extension is bundled. @param entry its path in the project @param name of the bundle in `dist` */
export function forNode(entry: string, name: string, options: BuildOptions = {}): BuildOptions {
  return {
    ...shared,
    entryPoints: [inProject(entry)],
    outfile: inProject(`dist/${name}.cjs`),
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external,
    plugins: [assembly, mended],
    // Its main file asks for its parts in a way that cannot be bundled.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // Debuggers find a map by the bundle's last line.
    sourcemap: 'linked',
    // What is loaded late is required: every release of the editor can do that, in threads as well.
    supported: { 'dynamic-import': false },
    // Minified names would make the stack traces in bug reports useless.
    keepNames: true,
    define: { 'import.meta.dirname': '__dirname' },
    ...options,
  };
}

const bundles: readonly BuildOptions[] = [
  forNode('src/extension/main.ts', 'extension'),
  forNode('src/engine/main.ts', 'engine'),
  forNode('src/engine/workers/worker.ts', 'worker'),
  forNode('src/engine/trial/child.ts', 'trial'),
  forNode('src/core/ranking/scan/thread.ts', 'scan'),
  forNode('src/engine/overview/mapThread.ts', 'map'),
  // Its WebAssembly is text, which would grow by a third in ASCII.
  forNode('src/core/recordings/formats/hdf5/thread.ts', 'hdf5', { charset: 'utf8' }),
  forNode('src/core/recordings/formats/parquet/thread.ts', 'parquet', { charset: 'utf8' }),
  forNode('src/core/recordings/formats/arrow/thread.ts', 'arrow', { charset: 'utf8' }),
  forNode('src/core/recordings/formats/mp3/thread.ts', 'mp3', { loader: { '.wasm': 'binary' } }),
  forNode('src/core/recordings/formats/vorbis/thread.ts', 'vorbis'),
  forNode('src/tuner/main.ts', 'finetune'),
  forNode('src/cli/main.ts', 'cli', { banner: { js: '#!/usr/bin/env node' } }),
  ...pageBundles('results', 'webview'),
  ...['finetune', 'overview', 'reading', 'recording', 'windows'].flatMap((page) =>
    pageBundles(page, `${page}-webview`),
  ),
];

/** Builds `dist/`. @throws Error when something does not compile. */
export async function buildAll(): Promise<void> {
  const results = await Promise.all(bundles.map((options) => build({ ...options, metafile: true })));
  await writeFile(bundledFile, JSON.stringify(bundledBy(results.map(({ metafile }) => metafile)), null, 2));
  await writeFile(inProject('dist/reading.schema.json'), `${JSON.stringify(readingSchema(), null, 2)}\n`);
  await writeFile(inProject('dist/queries.schema.json'), `${JSON.stringify(queriesSchema(), null, 2)}\n`);
  await chmod(inProject('dist/cli.cjs'), 0o755);
}

/** The script and the style of a page. */
function pageBundles(page: string, name: string): readonly BuildOptions[] {
  const script = { platform: 'browser', target: 'es2022', format: 'iife' } as const;
  return [
    {
      ...shared,
      ...script,
      entryPoints: [inProject(`webview/${page}/main.ts`)],
      outfile: inProject(`dist/${name}.js`),
    },
    {
      ...shared,
      entryPoints: [inProject(`webview/${page}/style.css`)],
      outfile: inProject(`dist/${name}.css`),
      target: 'es2022',
    },
  ];
}
