import { stat } from 'node:fs/promises';
import { version } from '../../../package.json';
import { binaryOf, isFor, platformName } from './binaries';
import { noticesFile } from './contents';
import { namedFiles, type Manifest } from './manifestFiles';
import { universal, type Platform, type Target } from './targets';
import { isPreRelease } from './version';
import { readVsix } from './vsixFile';

/** A package as it was read. */
export interface PackageFiles {
  /** By their paths in the package. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Of the package itself. */
  readonly bytes: number;
}

const mostMegabytes = 25;

/** Everything that is wrong with a package, in sentences. @throws Error for a file that is no zip file */
export async function problemsOfPackage(path: string, target: Target): Promise<readonly string[]> {
  return problemsOf({ files: await readVsix(path), bytes: (await stat(path)).size }, target);
}

/** The same for a package that was read. */
export function problemsOf(read: PackageFiles, target: Target): readonly string[] {
  return [size, natives, leftovers, missing, licences, identity].flatMap((check) => check(read, target));
}

function size({ bytes }: PackageFiles): string[] {
  const megabytes = bytes / 2 ** 20;
  return megabytes < mostMegabytes ? [] : [`It has ${megabytes.toFixed(1)} MB, and ${mostMegabytes} are allowed.`];
}

/** Each platform needs onnxruntime's binding and library, unless that is WebAssembly, and LMDB; and there is no more. */
function natives({ files }: PackageFiles, { platforms, runtimes }: Target): string[] {
  const found = [...files].flatMap(([path, bytes]) => {
    const binary = binaryOf(bytes);
    return binary === null ? [] : [{ path, binary }];
  });
  const alien = found.filter(({ binary }) => !platforms.some((platform) => isFor(binary, platform)));
  const has = (platform: Platform, pattern: RegExp) =>
    found.some(({ path, binary }) => pattern.test(path) && isFor(binary, platform));
  const without = (what: string, pattern: RegExp) =>
    platforms.filter((of) => !has(of, pattern)).map((of) => `There is no ${what} for ${platformName(of)}.`);
  return [
    ...alien.map(({ path, binary }) => `${path} is for ${platformName(binary)}.`),
    ...without('LMDB', /\/@lmdb\/.*\.node$/),
    ...(runtimes.includes('native')
      ? [
          ...without('onnxruntime', /\/(lib)?onnxruntime\.[\w.]+$/),
          ...without('binding of onnxruntime', /binding\.node$/),
        ]
      : []),
    ...webAssembly(files, runtimes.includes('wasm')),
  ];
}

function webAssembly(files: ReadonlyMap<string, Buffer>, wanted: boolean): string[] {
  const there = files.has('extension/dist/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm');
  if (there === wanted) return [];
  return [wanted ? 'There is no onnxruntime in WebAssembly.' : 'It holds onnxruntime in WebAssembly, and needs none.'];
}

/** What only we have a use for: sources, tests, maps, and what the machine that built it left. */
function leftovers({ files }: PackageFiles): string[] {
  const ours =
    /\.(map|tsx?|mts|cts|vsix|log|tsbuildinfo)$|(^|\/)(src|test|tests|webview|coverage)\/|\/\.(?!vsixmanifest)|\/(tsconfig|package-lock)[^/]*$/;
  return [...files.keys()]
    .filter((path) => (ours.test(path) && !path.startsWith('extension/dist/node_modules/')) || /\.(map|ts)$/.test(path))
    .map((path) => `${path} is of no use in a package.`);
}

/** All that the manifest names, and all that the code needs. */
function missing({ files }: PackageFiles): string[] {
  const manifest = manifestOf(files);
  if (manifest === null) return ['It has no package.json.'];
  const always = ['dist/engine.cjs', 'dist/worker.cjs', 'dist/trial.cjs', 'models/encoder.onnx', 'models/encoder.json'];
  return [...new Set([...namedFiles(manifest), ...always])]
    .filter((path) => ![...files.keys()].some((file) => file.toLowerCase() === `extension/${path}`.toLowerCase()))
    .map((path) => `${path} is missing.`);
}

/** vsce gives our own licence an ending. */
function licences({ files }: PackageFiles): string[] {
  const own = files.has('extension/LICENSE.txt') || files.has('extension/LICENSE');
  const notices = files.get(`extension/${noticesFile}`)?.toString() ?? '';
  const carried = [...files.keys()].flatMap((path) => {
    const name = /^extension\/dist\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1];
    // LMDB's binaries are packages of their own, without a text of their own.
    return name === undefined ? [] : [name.startsWith('@lmdb/') ? 'lmdb' : name];
  });
  return [
    ...(own ? [] : ['Our own licence is missing.']),
    ...[...new Set(carried)]
      .filter((name) => !`\n${notices}`.includes(`\n${name} `))
      .map((name) => `${noticesFile} has no licence of ${name}.`),
  ];
}

function identity({ files }: PackageFiles, { name }: Target): string[] {
  const text = files.get('extension.vsixmanifest')?.toString() ?? '';
  const identity = /<Identity [^>]*>/.exec(text)?.[0] ?? '';
  const attribute = (key: string) => new RegExp(` ${key}="([^"]*)"`).exec(identity)?.[1];
  const platform = attribute('TargetPlatform') ?? universal.name;
  const preRelease = /Id="Microsoft\.VisualStudio\.Code\.PreRelease" Value="true"/.test(text);
  return [
    ...(attribute('Version') === version ? [] : [`It is version ${attribute('Version') ?? 'none'}, not ${version}.`]),
    ...(platform === name ? [] : [`It says that it is for ${platform}, not for ${name}.`]),
    ...(preRelease === isPreRelease(version)
      ? []
      : [
          preRelease
            ? `It says that ${version} is a pre-release.`
            : `It does not say that ${version} is a pre-release.`,
        ]),
  ];
}

function manifestOf(files: ReadonlyMap<string, Buffer>): Manifest | null {
  const text = files.get('extension/package.json')?.toString();
  return text === undefined ? null : (JSON.parse(text) as Manifest);
}
