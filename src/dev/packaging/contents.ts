import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inProject } from '../project';

/** An operating system and processor, as VS Code names them for `vsce package --target`. */
export interface Target {
  readonly os: string;
  readonly arch: string;
}

/** Where onnxruntime-node has a binary; the editors for musl are not among them. */
export const targets: readonly Target[] = [
  { os: 'linux', arch: 'x64' },
  { os: 'linux', arch: 'arm64' },
  { os: 'darwin', arch: 'arm64' },
  { os: 'win32', arch: 'x64' },
  { os: 'win32', arch: 'arm64' },
];

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
  'dist/NOTICES.txt',
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

const licence = /^(licen[cs]e|notice)/i;

/** What the native packages and the packages that they require at run time need of themselves. */
function packagesFor({ os, arch }: Target): Readonly<Record<string, readonly RegExp[]>> {
  // For macOS the package holds the same library under two names, of which the binding asks for the shorter.
  const binaries = new RegExp(`^bin/napi-v6/${os}/${arch}/(?!libonnxruntime\\.\\d+\\.\\d)[^/]+$`);
  return {
    'onnxruntime-node': [/^dist\/[^/]+\.js$/, binaries],
    'onnxruntime-common': [/^dist\/cjs\/([^/]+\.js|package\.json)$/],
    lmdb: [/^dist\/index\.cjs$/],
    msgpackr: [/^dist\/node\.cjs$/],
    'weak-lru-cache': [/^dist\/index\.cjs$/],
    'ordered-binary': [/^dist\/index\.cjs$/],
    '@harperfast/extended-iterable': [/^dist\/index\.cjs$/],
    'node-gyp-build-optional-packages': [/^(index|node-gyp-build)\.js$/],
    'detect-libc': [/^lib\/[^/]+\.js$/],
  };
}

/** Editors run extensions in their own Node or Electron, so only the binary for every version (Node-API) is of use. */
const lmdbBinary = [/^node\.napi(\.glibc)?\.node$/, /^index\.js$/];

/** The package with lmdb's binary for `target`. */
export function lmdbPackage({ os, arch }: Target): string {
  return `@lmdb/lmdb-${os}-${arch}`;
}

/**
 * Fills the empty folder `stage` with exactly what the packaged extension for `target` holds.
 * @param lmdbFolder where the package of `lmdbPackage` lies.
 * @throws Error when one of the files is missing.
 */
export async function stageExtension(stage: string, target: Target, lmdbFolder: string): Promise<void> {
  for (const file of ownFiles) await cp(inProject(file), join(stage, file), { recursive: true });
  await writeFile(join(stage, 'package.json'), await manifest());
  // vsce warns where there is none; nothing needs to be ignored here.
  await writeFile(join(stage, '.vscodeignore'), '');
  // Beside the bundles that require them, because vsce takes the top-level node_modules only as npm lists it.
  const modules = join(stage, 'dist/node_modules');
  for (const [name, patterns] of Object.entries(packagesFor(target))) {
    await copyPackage(inProject('node_modules', name), join(modules, name), patterns);
  }
  await copyPackage(lmdbFolder, join(modules, lmdbPackage(target)), lmdbBinary);
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
