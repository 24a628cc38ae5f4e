import { basename, join, resolve } from 'node:path';
import { openEncoder } from '../core/encoder/completed';
import { openStore } from '../engine/openStore';
import { RequestError } from '../engine/requestError';
import { parseAddress, shownAddress } from '../engine/team/address';
import { TeamConnection } from '../engine/team/connection';
import { TeamFolder } from '../engine/team/teamFolder';
import { indexForTeam } from '../engine/team/teamIndexing';
import { Threads } from '../engine/workers/threads';
import { defaultSettings } from '../protocol/engine';
import { rememberMount } from '../engine/team/mounts';
import { cacheFolder, checkFolder } from './openIndex';
import { teamAddress, teamFolder as folderOf } from './teamAddress';

export interface IndexTeamOptions {
  readonly threads: number;
  /** An address, or `true` for that of the environment. */
  readonly to: string | true;
  readonly root?: string;
  readonly removeMissing: boolean;
  /** How long a claim of a process holds that died, in seconds. */
  readonly lease: number;
}

/** `kindred index FOLDER --to ADDRESS`: brings a team's index up to date with a folder, together with other machines. */
export async function indexTeam(
  folders: readonly string[],
  options: IndexTeamOptions,
  signal: AbortSignal,
): Promise<void> {
  const [folder, ...others] = folders;
  if (folder === undefined || others.length > 0)
    throw new RequestError('A root of a team is one folder. Index each by a command of its own.');
  const path = resolve(folder);
  await checkFolder(path);
  const address = parseAddress(teamAddress(options.to));
  const models = join(__dirname, '..', 'models');
  const { description: encoder } = await openEncoder(models);
  const settings = { ...defaultSettings, threads: options.threads };
  const storage = cacheFolder([path]);
  const opened = { name: basename(path), path };
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const store = await openStore(
    { folders: [opened], storage, models, settings, watch: false },
    { problem: (text) => text !== null && say(text), note: () => undefined },
  );
  const threads = new Threads(join(__dirname, 'worker.cjs'), { models }, options.threads);
  const connection = new TeamConnection(address, 4);
  const teamFolder = new TeamFolder({ folder: opened, settings, store, storage, threads });
  try {
    const parts = { connection, folder: teamFolder, threads, encoder, root: options.root ?? rootNameOf(path) };
    const { removeMissing, lease: leaseSeconds } = options;
    const width = 4 * options.threads;
    const { commonRates } = settings;
    await rememberMount(folderOf(address), parts.root, path);
    const result = await indexForTeam(
      { ...parts, width, removeMissing, commonRates, leaseSeconds, onProgress: progress },
      signal,
    );
    for (const note of [...result.notes, ...result.state.advice]) say(note);
    process.stdout.write(
      `${result.recordings} sequences of ${parts.root} are in the team's index (${shownAddress(address)}). ` +
        `This process brought ${result.done} of ${result.files} files up to date and embedded ${result.embedded} contents.\n`,
    );
  } finally {
    teamFolder.close();
    await connection.close();
    await threads.close();
    await store.close();
  }
}

/** Where a person looks on, how many files of the root are left, for all machines. */
function progress(left: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${left} files left \u001b[K${left === 0 ? '\n' : ''}`);
}

/** A folder's name as that of a root, which `.sample` is not. */
function rootNameOf(folder: string): string {
  return basename(folder)
    .replace(/[^\p{L}\p{N} ._-]/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '');
}
