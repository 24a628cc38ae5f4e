import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, run } from './command';
import { programOnPath } from './editor/browser';

const debian = '/usr/lib/postgresql';

/**
 * The folder of PostgreSQL's programs: of one that is installed, or of Debian's, which is installed if this process may.
 * @returns `null` and why it cannot be had
 */
export async function findPostgres(
  say: (text: string) => void,
): Promise<{ readonly programs: string } | { readonly programs: null; readonly reason: string }> {
  const found = installed();
  if (found !== null) return { programs: found };
  if (process.getuid?.() !== 0 || programOnPath('apt-get') === null) return { programs: null, reason: advice };
  say('Installing PostgreSQL from Debian’s packages …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update'], { env });
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], { env });
  const now = installed();
  if (now !== null) return { programs: now };
  return { programs: null, reason: `${advice} (${(install.output || update.output).trim().split('\n').at(-1) ?? ''})` };
}

const advice = 'PostgreSQL is not installed; on Debian: apt-get install postgresql';

function installed(): string | null {
  const versions = existsSync(debian)
    ? readdirSync(debian)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  const folders = [...versions.map((version) => join(debian, String(version), 'bin'))];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** A server in a folder of its own, which nobody else reaches. */
export interface OwnServer {
  readonly folder: string;
  /** The address of a database as its owner. */
  address(database: string, user?: string): string;
  psql(sql: string, database?: string): Promise<string>;
  stop(how?: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** PostgreSQL refuses to be run by root. */
const owner = 'nobody';

/**
 * Makes and starts a server that listens to a Unix socket alone, unless a port is given.
 * @param options as postgresql.conf has them
 */
export async function startPostgres(
  programs: string,
  options: Readonly<Record<string, string>> = {},
): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-postgres-'));
  const data = join(folder, 'data');
  const asOwner = await runner(programs, folder);
  await asOwner('initdb', ['-D', data, '-U', 'kindred', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8']);
  const { port = '5432' } = options;
  const settings = {
    listen_addresses: "''",
    unix_socket_directories: `'${folder}'`,
    max_connections: '60',
    ...options,
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const control = (...words: string[]) => asOwner('pg_ctl', ['-D', data, '-w', ...words]);
  const start = async () => {
    await control('-l', join(folder, 'log'), '-o', given.join(' '), 'start');
  };
  const stop = async (how = 'fast') => {
    await control('-m', how, 'stop');
  };
  await start();
  const asked = ['-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-p', port, '-U', 'kindred'];
  return {
    ...{ folder, stop, start },
    address: (database, user = 'kindred') =>
      `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(folder)}`,
    psql: (sql, database = 'postgres') => mustRun(join(programs, 'psql'), [...asked, '-d', database, '-c', sql]),
    remove: async () => {
      await stop('immediate').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs programs of PostgreSQL as somebody who may. */
async function runner(
  programs: string,
  folder: string,
): Promise<(name: string, args: readonly string[]) => Promise<string>> {
  if (process.getuid?.() !== 0) return (name, args) => mustRun(join(programs, name), args, { cwd: folder });
  const [user, group] = [await numberOf('-u'), await numberOf('-g')];
  await chown(folder, user, group);
  const as = [`--reuid=${user}`, `--regid=${group}`, '--clear-groups'];
  return (name, args) => mustRun('setpriv', [...as, join(programs, name), ...args], { cwd: folder });
}

async function numberOf(option: '-u' | '-g'): Promise<number> {
  return Number((await mustRun('id', [option, owner])).trim());
}
