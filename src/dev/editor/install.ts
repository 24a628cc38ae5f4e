import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rename, rm, statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mustRun, run } from '../command';
import { inProject } from '../project';

/** VS Code as code-server, installed with the Node that it needs. */
export interface EditorInstallation {
  readonly edition: Edition;
  readonly node: string;
  readonly entry: string;
}

/** Which of the editors that Kindred supports. */
export type Edition = (typeof editions)[number];

const editions = ['newest', 'oldest'] as const;

/** What must be compiled here, in the order in which the folders are below each other. */
const compiled: Readonly<Record<Edition, { readonly server: readonly string[]; readonly editor: readonly string[] }>> =
  {
    newest: { server: [], editor: ['@vscode/spdlog'] },
    oldest: { server: ['argon2'], editor: ['@vscode/spdlog', '@parcel/watcher'] },
  };

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
export async function installEditor(
  say: (text: string) => void,
  edition: Edition = 'newest',
): Promise<EditorInstallation> {
  const obstacle = editorObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  const folder = join(work, `${prefixOf(edition)}${await fingerprint(edition)}`);
  if (!existsSync(folder)) {
    say(
      `Installing VS Code for the browser (the ${edition} code-server) into test/editor/.work; ` +
        'this takes a minute or two, once.',
    );
    await removeOlder(edition);
    await checkSpace();
    await installInto(folder, edition, say);
  }
  return { edition, node: nodeOf(folder), entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
}

function prefixOf(edition: Edition): string {
  return `code-server-${edition}-`;
}

function descriptionOf(edition: Edition): string {
  return inProject('test/editor', edition);
}

async function fingerprint(edition: Edition): Promise<string> {
  const hash = createHash('sha256').update(process.arch);
  for (const name of ['package.json', 'package-lock.json']) {
    hash.update(await readFile(join(descriptionOf(edition), name)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function removeOlder(edition: Edition): Promise<void> {
  await mkdir(work, { recursive: true });
  const others = editions.filter((other) => other !== edition).map(prefixOf);
  const older = (await readdir(work)).filter(
    (name) => name.startsWith('code-server-') && !others.some((prefix) => name.startsWith(prefix)),
  );
  for (const name of older) await rm(join(work, name), { recursive: true, force: true });
}

async function checkSpace(): Promise<void> {
  const { bavail, bsize } = await statfs(work);
  if (bavail * bsize < neededBytes) throw new Error(`code-server needs 2 GB of free disk space in ${work}`);
}

/** Works in a folder beside the final one, so that an installation that was cut off is never taken for a whole one. */
async function installInto(folder: string, edition: Edition, say: (text: string) => void): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(descriptionOf(edition), partial, { recursive: true });
  const env = environment(partial);
  const vscode = join(partial, 'node_modules/code-server/lib/vscode');
  await mustRun('npm', ['ci', '--ignore-scripts'], { cwd: partial, env });
  await mustRun('npm', ['install', '--omit=dev', '--ignore-scripts'], { cwd: vscode, env });
  const { server, editor } = compiled[edition];
  if (server.length > 0) await mustRun('npm', ['rebuild', ...server], { cwd: partial, env });
  const native = await run('npm', ['rebuild', ...editor], { cwd: vscode, env });
  if (edition === 'oldest') await bringRipgrep(partial, vscode);
  if (native.code !== 0)
    say(`No C++ compiler and Python for ${editor.join(', ')}: the editor will write no log files.`);
  await rename(partial, folder);
}

/** The program that looks for files, which the older package would download from elsewhere. */
async function bringRipgrep(folder: string, vscode: string): Promise<void> {
  const bin = join(vscode, 'node_modules/@vscode/ripgrep/bin');
  await mkdir(bin, { recursive: true });
  await cp(join(folder, `node_modules/@vscode/ripgrep-linux-${process.arch}/bin/rg`), join(bin, 'rg'));
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
