import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from '../command';
import { lmdbPackage, stageExtension, targets, type Target } from './contents';
import { inProject } from '../project';

export interface Package {
  readonly path: string;
  readonly megabytes: number;
}

/** This machine as a target. @throws Error if the extension has no binaries for it. */
export function targetNamed(name = `${process.platform}-${process.arch}`): Target {
  const target = targets.find(({ os, arch }) => `${os}-${arch}` === name);
  const known = targets.map(({ os, arch }) => `${os}-${arch}`).join(', ');
  if (target === undefined) throw new Error(`onnxruntime-node has no binary for ${name}, only for ${known}`);
  return target;
}

/** Makes `kindred-OS-ARCH.vsix` in the project's folder from what was built before. */
export async function packageExtension(target: Target): Promise<Package> {
  const name = `${target.os}-${target.arch}`;
  const path = inProject(`kindred-${name}.vsix`);
  const folder = await mkdtemp(join(tmpdir(), 'kindred-package-'));
  try {
    const stage = join(folder, 'extension');
    await stageExtension(stage, target, await lmdbFolder(target, folder));
    if (targetIsHere(target)) await checkStage(stage, folder);
    await runVsce(['--target', name, '--out', path], stage);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { path, megabytes: (await stat(path)).size / 2 ** 20 };
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

function targetIsHere({ os, arch }: Target): boolean {
  return os === process.platform && arch === process.arch;
}

async function lmdbFolder(target: Target, folder: string): Promise<string> {
  const name = lmdbPackage(target);
  return targetIsHere(target) ? inProject('node_modules', name) : await download(name, folder);
}

/** Fetches the very package that the lock file names, which npm installs only on the machine that it is for. */
async function download(name: string, folder: string): Promise<string> {
  const lock = JSON.parse(await readFile(inProject('package-lock.json'), 'utf8')) as Lock;
  const locked = lock.packages[`node_modules/${name}`];
  if (locked === undefined) throw new Error(`package-lock.json does not name ${name}`);
  const answer = await mustRun(
    'npm',
    ['pack', `${name}@${locked.version}`, '--json', '--loglevel=silent', '--pack-destination', folder],
    { cwd: folder },
  );
  const [packed] = Object.values(JSON.parse(answer) as Record<string, Packed>);
  if (packed?.integrity !== locked.integrity) throw new Error(`${name} is not the one that package-lock.json names`);
  await mustRun('tar', ['-xzf', packed.filename], { cwd: folder });
  return join(folder, 'package');
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity: string } | undefined>>;
}

interface Packed {
  readonly filename: string;
  readonly integrity: string;
}

const check = `
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const { InferenceSession } = require('onnxruntime-node');
  const { open } = require('lmdb');
  const store = open({ path: process.argv[1] });
  store.putSync('key', 'value');
  if (store.get('key') !== 'value') throw new Error('lmdb does not keep what it is given');
  InferenceSession.create(process.argv[2]).then(() => store.close());
`;

/** Requires the native packages as the packaged extension will: with nothing around it. */
async function checkStage(stage: string, folder: string): Promise<void> {
  const args = ['-e', check, join(folder, 'store'), join(stage, 'models/encoder.onnx')];
  await mustRun(process.execPath, args, { cwd: join(stage, 'dist') });
}
