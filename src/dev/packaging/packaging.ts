import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { mustRun } from '../command';
import { inProject } from '../project';
import { problemsOfPackage } from './checks';
import { lmdbPackage, stageExtension } from './contents';
import { runsHere, universal, type Platform, type Target } from './targets';
import { isPreRelease } from './version';

export interface Package {
  readonly path: string;
  readonly megabytes: number;
}

/** The file of the package for a target. */
export function packageName({ name }: Target): string {
  return `kindred-${name}.vsix`;
}

/**
 * Makes `kindred-TARGET.vsix` in the project's folder from what was built before, and checks it.
 * @throws Error with all that is wrong with it
 */
export async function packageExtension(target: Target): Promise<Package> {
  const path = inProject(packageName(target));
  const folder = await mkdtemp(join(tmpdir(), 'kindred-package-'));
  try {
    const stage = join(folder, 'extension');
    await stageExtension(stage, target, (platform) => lmdbFolder(platform, folder));
    if (runsHere(target)) await tryStage(stage, folder, target);
    await runVsce([...vsceOptions(target), '--out', path], stage);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const problems = await problemsOfPackage(path, target);
  if (problems.length > 0) throw new Error(`${path} is not as it must be:\n${problems.join('\n')}`);
  return { path, megabytes: (await stat(path)).size / 2 ** 20 };
}

function vsceOptions({ name }: Target): readonly string[] {
  return [...(name === universal.name ? [] : ['--target', name]), ...(isPreRelease(version) ? ['--pre-release'] : [])];
}

/** Packs another extension as it lies there. */
export async function packageFolder(folder: string, path: string): Promise<void> {
  await runVsce(['--skip-license', '--out', path], folder);
}

/** The program rather than its API, which prints the list of all files whether it is wanted or not. */
async function runVsce(args: readonly string[], stage: string): Promise<void> {
  const vsce = inProject('node_modules/@vscode/vsce/vsce');
  const settled = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await mustRun(process.execPath, [vsce, 'package', ...settled, ...args], { cwd: stage });
}

async function lmdbFolder(platform: Platform, folder: string): Promise<string> {
  const name = lmdbPackage(platform);
  const installed = inProject('node_modules', name);
  return existsSync(installed) ? installed : download(name, folder);
}

/** Fetches the very package that the lock file names, which npm installs only on the machine that it is for. */
async function download(name: string, folder: string): Promise<string> {
  const lock = JSON.parse(await readFile(inProject('package-lock.json'), 'utf8')) as Lock;
  const locked = lock.packages[`node_modules/${name}`];
  if (locked === undefined) throw new Error(`package-lock.json does not name ${name}`);
  const answer = await mustRun(
    'npm',
    [
      'pack',
      `${name}@${locked.version}`,
      '--json',
      '--loglevel=silent',
      '--prefer-offline',
      '--pack-destination',
      folder,
    ],
    { cwd: folder },
  );
  const [packed] = Object.values(JSON.parse(answer) as Record<string, Packed>);
  if (packed?.integrity !== locked.integrity) throw new Error(`${name} is not the one that package-lock.json names`);
  const unpacked = join(folder, name.replace('/', '-'));
  await mkdir(unpacked);
  await mustRun('tar', ['-xzf', packed.filename, '--strip-components=1', '-C', unpacked], { cwd: folder });
  return unpacked;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity: string } | undefined>>;
}

interface Packed {
  readonly filename: string;
  readonly integrity: string;
}

const program = `
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const [store, model, runtime, provider] = process.argv.slice(1);
  const { InferenceSession, env } = require(runtime);
  if (provider === 'wasm') env.wasm.numThreads = 1;
  else {
    const database = require('lmdb').open({ path: store });
    database.putSync('key', 'value');
    if (database.get('key') !== 'value') throw new Error('lmdb does not keep what it is given');
  }
  InferenceSession.create(model, { executionProviders: [provider] });
`;

/** Requires the native packages as the packaged extension will: with nothing around it. */
async function tryStage(stage: string, folder: string, { runtimes }: Target): Promise<void> {
  for (const runtime of runtimes) {
    const names = runtime === 'wasm' ? ['onnxruntime-web', 'wasm'] : ['onnxruntime-node', 'cpu'];
    const args = ['-e', program, join(folder, 'store'), join(stage, 'models/encoder.onnx'), ...names];
    await mustRun(process.execPath, args, { cwd: join(stage, 'dist') });
  }
}
