import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inProject } from '../project';
import { bundledBefore, noticesOf } from './notices';
import type { Platform, Target } from './targets';

/** What a package's licences are in. */
export const noticesFile = 'dist/NOTICES.txt';

const licence = /^(licen[cs]e|notice)/i;

/** What the package holds of the project's own, files and folders. */
export const ownFiles: readonly string[] = [
  'dist/extension.cjs',
  'dist/engine.cjs',
  'dist/cli.cjs',
  'dist/worker.cjs',
  'dist/trial.cjs',
  'dist/scan.cjs',
  'dist/map.cjs',
  'dist/hdf5.cjs',
  'dist/parquet.cjs',
  'dist/arrow.cjs',
  'dist/mp3.cjs',
  'dist/vorbis.cjs',
  'dist/finetune.cjs',
  'dist/finetune-webview.js',
  'dist/finetune-webview.css',
  'dist/reading-webview.js',
  'dist/reading-webview.css',
  'dist/recording-webview.js',
  'dist/recording-webview.css',
  'dist/overview-webview.js',
  'dist/overview-webview.css',
  'dist/windows-webview.js',
  'dist/windows-webview.css',
  'dist/reading.schema.json',
  'dist/queries.schema.json',
  'dist/webview.js',
  'dist/webview.css',
  'media',
  'l10n',
  'package.nls.json',
  'package.nls.de.json',
  'package.nls.ja.json',
  'models/encoder.onnx',
  'models/encoder.json',
  'models/README.md',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];

/** What LMDB and its store require at run time, and what is needed of it. */
const storing: Readonly<Record<string, readonly RegExp[]>> = {
  lmdb: [/^dist\/index\.cjs$/],
  msgpackr: [/^dist\/node\.cjs$/],
  'weak-lru-cache': [/^dist\/index\.cjs$/],
  'ordered-binary': [/^dist\/index\.cjs$/],
  '@harperfast/extended-iterable': [/^dist\/index\.cjs$/],
  'node-gyp-build-optional-packages': [/^(index|node-gyp-build)\.js$/],
  'detect-libc': [/^lib\/[^/]+\.js$/],
};

const webAssembly = [/^dist\/ort\.node\.min\.js$/, /^dist\/ort-wasm-simd-threaded\.(mjs|wasm)$/];

/**
 * For macOS the package holds the same library under two names, of which the binding asks for the shorter. For Windows it
 * holds what DirectML and WebGPU need, 39 MB, which are loaded when they are first used, and never are.
 */
const ofNoUse = '(?!libonnxruntime\\.\\d+\\.\\d|DirectML|dxcompiler|dxil)';

/** The packages that bundles require at run time, and what is needed of them. */
function packagesFor({ runtimes, platforms }: Target): Readonly<Record<string, readonly RegExp[]>> {
  const binaries = platforms.map(({ os, arch }) => new RegExp(`^bin/napi-v6/${os}/${arch}/${ofNoUse}[^/]+$`));
  return {
    ...storing,
    'onnxruntime-common': [/^dist\/cjs\/([^/]+\.js|package\.json)$/],
    ...(runtimes.includes('native') ? { 'onnxruntime-node': [/^dist\/[^/]+\.js$/, ...binaries] } : {}),
    ...(runtimes.includes('wasm') ? { 'onnxruntime-web': webAssembly } : {}),
  };
}

/** The package with LMDB's binary for a platform. */
export function lmdbPackage({ os, arch }: Platform): string {
  return `@lmdb/lmdb-${os}-${arch}`;
}

/** Editors run extensions in their own Node or Electron, so only the binary for every version (Node-API) is of use. */
function lmdbFiles({ libc }: Platform): readonly RegExp[] {
  return [libc === undefined ? /^node\.napi\.node$/ : new RegExp(`^node\\.napi\\.${libc}\\.node$`), /^index\.js$/];
}

/**
 * Fills the empty folder `stage` with exactly what the packaged extension for `target` holds.
 * @param lmdbFolder gives where the package of `lmdbPackage` lies
 * @throws Error when one of the files is missing, or a package may not be passed on
 */
export async function stageExtension(
  stage: string,
  target: Target,
  lmdbFolder: (platform: Platform) => Promise<string>,
): Promise<void> {
  for (const file of ownFiles) await cp(inProject(file), join(stage, file), { recursive: true });
  await writeFile(join(stage, 'package.json'), await manifest());
  // vsce warns where there is none; nothing needs to be ignored here.
  await writeFile(join(stage, '.vscodeignore'), '');
  // Beside the bundles that require them, because vsce takes the top-level node_modules only as npm lists it.
  const modules = join(stage, 'dist/node_modules');
  const required = packagesFor(target);
  for (const [name, patterns] of Object.entries(required)) {
    await copyPackage(inProject('node_modules', name), join(modules, name), patterns);
  }
  for (const platform of target.platforms) {
    await copyPackage(await lmdbFolder(platform), join(modules, lmdbPackage(platform)), lmdbFiles(platform));
  }
  await writeFile(join(stage, noticesFile), await noticesOf(await foldersOf(Object.keys(required))));
}

/** The folders of all packages whose code is passed on. LMDB's binaries fall under the licence of LMDB's own package. */
async function foldersOf(required: readonly string[]): Promise<ReadonlySet<string>> {
  const bundled = await bundledBefore();
  const inBundles = ownFiles.flatMap((file) => bundled[basename(file)] ?? []);
  return new Set([
    ...inBundles.map((folder) => inProject(folder)),
    ...required.map((name) => inProject('node_modules', name)),
  ]);
}

async function manifest(): Promise<string> {
  const fields = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as Record<string, unknown>;
  const onlyForDevelopment = ['private', 'bin', 'scripts', 'dependencies', 'devDependencies', 'overrides'];
  for (const field of onlyForDevelopment) Reflect.deleteProperty(fields, field);
  return `${JSON.stringify(fields, null, 2)}\n`;
}

async function copyPackage(from: string, to: string, patterns: readonly RegExp[]): Promise<void> {
  const files = (await readdir(from, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  for (const pattern of patterns) {
    if (!files.some((file) => pattern.test(file))) throw new Error(`${from} has no file like ${pattern.source}`);
  }
  const wanted = files.filter(
    (file) => file === 'package.json' || licence.test(file) || patterns.some((pattern) => pattern.test(file)),
  );
  for (const file of wanted) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await cp(join(from, file), join(to, file));
  }
}
