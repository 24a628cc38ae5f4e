import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rename, rm, statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mustRun, run } from '../command';
import { inProject } from '../project';

/** VS Code as code-server, installed with the Node that it needs. */
export interface EditorInstallation {
  readonly node: string;
  readonly entry: string;
}

const description = inProject('test/editor/host');
const work = inProject('test/editor/.work');
const neededBytes = 2e9;

/** Why code-server cannot run on this machine, or `null`. */
export function editorObstacle(): string | null {
  const platform = `${process.platform}-${process.arch}`;
  if (platform === 'linux-x64' || platform === 'linux-arm64') return null;
  return `VS Code in the browser (code-server) needs Linux on x64 or arm64; this machine is ${platform}`;
}

/**
 * Installs code-server unless this very version is there already.
 * @throws Error where code-server cannot run, the disk is too full, or npm fails.
 */
export async function installEditor(say: (text: string) => void): Promise<EditorInstallation> {
  const obstacle = editorObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  const folder = join(work, `code-server-${await fingerprint()}`);
  if (!existsSync(folder)) {
    say('Installing VS Code for the browser (code-server) into test/editor/.work; this takes a minute or two, once.');
    await removeOlder();
    await checkSpace();
    await installInto(folder, say);
  }
  return { node: nodeOf(folder), entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(process.arch);
  for (const name of ['package.json', 'package-lock.json']) hash.update(await readFile(join(description, name)));
  return hash.digest('hex').slice(0, 12);
}

async function removeOlder(): Promise<void> {
  await mkdir(work, { recursive: true });
  const older = (await readdir(work)).filter((name) => name.startsWith('code-server-'));
  for (const name of older) await rm(join(work, name), { recursive: true, force: true });
}

async function checkSpace(): Promise<void> {
  const { bavail, bsize } = await statfs(work);
  if (bavail * bsize < neededBytes) throw new Error(`code-server needs 2 GB of free disk space in ${work}`);
}

/** Works in a folder beside the final one, so that an installation that was cut off is never taken for a whole one. */
async function installInto(folder: string, say: (text: string) => void): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(description, partial, { recursive: true });
  const env = environment(partial);
  const vscode = join(partial, 'node_modules/code-server/lib/vscode');
  await mustRun('npm', ['ci', '--ignore-scripts'], { cwd: partial, env });
  await mustRun('npm', ['install', '--omit=dev', '--ignore-scripts'], { cwd: vscode, env });
  const logging = await run('npm', ['rebuild', '@vscode/spdlog'], { cwd: vscode, env });
  if (logging.code !== 0) say(`No C++ compiler and Python for @vscode/spdlog: the editor will write no log files.`);
  await rename(partial, folder);
}

function environment(folder: string): NodeJS.ProcessEnv {
  const nodeFolder = join(folder, `node_modules/node-linux-${process.arch}`);
  // npm hands its own settings down to the scripts it runs; the editor's packages must not be built under ours.
  const own = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_config_ignore'));
  return {
    ...Object.fromEntries(own),
    PATH: [join(nodeFolder, 'bin'), process.env['PATH']].join(delimiter),
    npm_config_nodedir: nodeFolder,
    npm_config_loglevel: 'error',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
}

function nodeOf(folder: string): string {
  return join(folder, `node_modules/node-linux-${process.arch}/bin/node`);
}
