import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { mustRun } from '../command';
import { patient } from '../patience';
import type { EditorInstallation } from './install';

export interface EditorOptions {
  readonly installation: EditorInstallation;
  /** Where settings, extensions and logs are kept; the user's own home is never touched. */
  readonly home: string;
  /** The packaged extension to install. */
  readonly vsix: string;
  /** Further packaged extensions. */
  readonly others?: readonly string[];
  /** User settings beside those that keep the window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether walkthroughs open by themselves. */
  readonly welcoming?: boolean;
  /** Whether every folder is trusted without asking. */
  readonly trusted?: boolean;
  /** A free one unless told. */
  readonly port?: number;
}

/** VS Code, served to browsers on this machine. */
export interface RunningEditor {
  readonly port: number;
  /** Ends the editor and everything that it has started. */
  stop(): Promise<void>;
  /** Settles when the editor ends by itself. */
  readonly ended: Promise<void>;
}

/** Without these, VS Code shows welcome pages, chats and questions over what is to be seen. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.editor.useModal': 'off',
  'chat.disableAIFeatures': true,
  'security.workspace.trust.startupPrompt': 'never',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

/** Starts VS Code as code-server. @throws Error with its log when it does not answer in time. */
export async function startEditor(options: EditorOptions): Promise<RunningEditor> {
  const { home } = options;
  const userData = join(home, 'user-data');
  await mkdir(join(userData, 'User'), { recursive: true });
  const settings = { ...quietSettings, ...options.settings };
  await writeFile(join(userData, 'User/settings.json'), JSON.stringify(settings, null, 2));
  await welcome(home, options.welcoming === true);
  await installExtensions(options);
  const port = options.port ?? (await freePort());
  const server = await spawnServer(options, port);
  await answering(server, port, join(home, 'server.log'));
  return {
    port,
    stop: () => endGroup(server),
    ended: once(server, 'exit').then(() => undefined),
  };
}

/** Lets walkthroughs open by themselves, or not. The editor takes this setting from the machine, not from the user. */
export async function welcome(home: string, welcoming: boolean): Promise<void> {
  const folder = join(home, 'user-data/Machine');
  await mkdir(folder, { recursive: true });
  const settings = { 'workbench.welcomePage.walkthroughs.openOnInstall': welcoming };
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
}

/** The address that opens `folder` in the editor at `port`. */
export function addressOf(port: number, folder: string): string {
  return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`;
}

function folders(home: string): string[] {
  return [
    ['--config', join(home, 'config.yaml')],
    ['--user-data-dir', join(home, 'user-data')],
    ['--extensions-dir', join(home, 'extensions')],
  ].flat();
}

async function installExtensions({ installation, home, vsix, others = [] }: EditorOptions): Promise<void> {
  const all = [vsix, ...others].flatMap((path) => ['--install-extension', path]);
  const args = [installation.entry, ...folders(home), ...all, '--force'];
  await mustRun(installation.node, args, { env: environment(home), cwd: home });
}

async function spawnServer({ installation, home, trusted }: EditorOptions, port: number): Promise<ChildProcess> {
  const flags = [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    // The oldest does not know it; its extension hosts end with the whole group.
    ...(installation.edition === 'newest' ? ['--reconnection-grace-time', '5'] : []),
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(trusted ? ['--disable-workspace-trust'] : []),
  ];
  const log = await open(join(home, 'server.log'), 'a');
  const server = spawn(installation.node, [installation.entry, ...folders(home), ...flags], {
    cwd: home,
    env: environment(home),
    // Its own process group: extension hosts outlive the server unless the whole group is ended.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  // Nobody else ends the group when this process is ended before it can call stop().
  process.once('exit', () => {
    if (server.pid !== undefined) signalGroup(server.pid, 'SIGKILL');
  });
  return server;
}

function environment(home: string): NodeJS.ProcessEnv {
  // A terminal of VS Code hands down variables that would send the new editor to the one that is open.
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE|npm_|NODE_OPTIONS|VITEST)/i.test(name));
  return {
    ...Object.fromEntries(own),
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port of this machine is free');
  return address.port;
}

async function answering(server: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + patient(60_000);
  while (server.exitCode === null && Date.now() < deadline) {
    const healthy = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return;
    await wait(100);
  }
  await endGroup(server);
  throw new Error(`code-server did not start:\n${await readFile(log, 'utf8')}`);
}

async function endGroup(server: ChildProcess): Promise<void> {
  if (server.pid === undefined) return;
  const gone = server.exitCode === null && server.signalCode === null ? once(server, 'exit') : Promise.resolve();
  signalGroup(server.pid, 'SIGTERM');
  await Promise.race([gone, wait(3000, undefined, { ref: false })]);
  signalGroup(server.pid, 'SIGKILL');
  await gone;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const alreadyGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!alreadyGone) throw error;
  }
}
