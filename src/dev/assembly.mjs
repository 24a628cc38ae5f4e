import { Buffer } from 'node:buffer';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { Plugin as EsbuildPlugin } from 'esbuild' */
/** @import { Plugin as VitePlugin } from 'vitest/config' */

const sources = /\/assembly\/[a-z]+\.wasm$/;
const cache = fileURLToPath(new URL('../../node_modules/.cache/kindred/assembly', import.meta.url));

/** Named apart, because its types would declare AssemblyScript's globals everywhere. */
const compiler = 'assemblyscript/asc';

/**
 * What is used of the compiler.
 *
 * @typedef {object} Host
 * @property {(file: string) => string | null} readFile
 * @property {(file: string, contents: Uint8Array | string) => void} writeFile
 * @property {() => string[]} listFiles
 * @property {unknown} stderr
 *
 * @typedef {object} Compiler
 * @property {(args: string[], host: Host) => Promise<{ readonly error: Error | null }>} main
 * @property {() => { toString(): string }} createMemoryStream
 */

/** Memory comes from outside, so that threads can share it. */
const options = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,threads,bulk-memory'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];

/**
 * Compiles an AssemblyScript file, or takes what was compiled before from the same text.
 *
 * @param {string} path the module's path, where the source ends in `.ts`
 * @returns {Promise<Uint8Array>} a WebAssembly module
 */
export async function compile(path) {
  const source = await readFile(path.replace(/\.wasm$/, '.ts'), 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([source, options]))
    .digest('hex');
  const kept = join(cache, `${key}.wasm`);
  const before = await readFile(kept).catch(() => null);
  if (before !== null) return before;
  /** @type {unknown} */
  const loaded = await import(compiler);
  const { default: asc } = /** @type {{ default: Compiler }} */ (loaded);
  const name = basename(path, '.wasm');
  /** @type {Uint8Array | undefined} */
  let binary;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main([`${name}.ts`, '--outFile', `${name}.wasm`, ...options], {
    readFile: (file) => (file === `${name}.ts` ? source : null),
    writeFile: (file, contents) => {
      if (file.endsWith('.wasm') && typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
    stderr,
  });
  if (error !== null || binary === undefined) throw new Error(`${path} does not compile:\n${stderr.toString()}`);
  await mkdir(cache, { recursive: true });
  // Bundles that are built at the same time compile it at the same time.
  const unfinished = `${kept}-${randomUUID()}`;
  await writeFile(unfinished, binary);
  await rename(unfinished, kept);
  return binary;
}

/** Lets a bundle import `assembly/NAME.wasm`, which it holds as bytes. @type {EsbuildPlugin} */
export const assembly = {
  name: 'assembly',
  setup(build) {
    build.onResolve({ filter: sources }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
      namespace: 'assembly',
    }));
    build.onLoad({ filter: sources, namespace: 'assembly' }, async ({ path }) => ({
      contents: await compile(path),
      loader: 'binary',
      watchFiles: [path.replace(/\.wasm$/, '.ts')],
    }));
  },
};

/** The same for the tests. @type {VitePlugin} */
export const assemblyInTests = {
  name: 'assembly',
  enforce: 'pre',
  resolveId(path, importer) {
    return sources.test(path) && importer !== undefined ? resolve(dirname(importer), path) : null;
  },
  async load(path) {
    if (!sources.test(path)) return null;
    const text = Buffer.from(await compile(path)).toString('base64');
    return `export default new Uint8Array(Buffer.from('${text}', 'base64'));`;
  },
};
