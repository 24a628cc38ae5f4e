import { basename, dirname, join, resolve } from 'node:path';
import { openEncoder } from '../core/encoder/completed';
import { readReadingRules } from '../core/recordings/reading/rulesTable';
import { RequestError } from '../engine/requestError';
import { parseAddress } from '../engine/team/address';
import { TeamConnection } from '../engine/team/connection';
import type { TeamFilter } from '../engine/team/filter';
import { FollowedIndex } from '../engine/team/followedIndex';
import { pathHere, placeOf, readMounts, type Mounts } from '../engine/team/mounts';
import { embedForTeam } from '../engine/team/teamQuery';
import { ServerIndex } from '../engine/team/serverIndex';
import type { TeamAnswer, TeamMatch, TeamSearch } from '../engine/team/teamSearch';
import { Threads } from '../engine/workers/threads';
import { workOptions } from '../engine/workers/workOptions';
import { defaultSettings } from '../protocol/engine';
import { printable, tableOf } from './printing';
import { teamAddress, teamFolder } from './teamAddress';

export interface SearchTeamOptions {
  readonly team: string | true;
  /** From 1. */
  readonly sequence: number;
  readonly top: number;
  readonly threads: number;
  readonly json: boolean;
  readonly onServer: boolean;
  readonly prove: boolean;
  readonly label?: string;
  /** `ROOT` or `ROOT:PATH`. */
  readonly under?: string;
  readonly rates?: readonly [number, number];
  /** `ROOT=FOLDER`, each. */
  readonly mount?: readonly string[];
}

/** `kindred search FILE --team`: ranks the recordings of a team's index by their distance to a file of this machine. */
export async function searchTeam(file: string, options: SearchTeamOptions, signal: AbortSignal): Promise<void> {
  const path = resolve(file);
  const address = parseAddress(teamAddress(options.team));
  const folder = teamFolder(address);
  const mounts = new Map([...(await readMounts(folder)), ...(options.mount ?? []).map(mountOf)]);
  const models = join(__dirname, '..', 'models');
  const { description } = await openEncoder(models);
  const connection = new TeamConnection(address);
  const threads = new Threads(join(__dirname, 'worker.cjs'), { models }, options.threads);
  try {
    const index: TeamSearch = options.onServer
      ? await ServerIndex.open(connection, description, options.prove)
      : await FollowedIndex.open(connection, description, join(folder, 'rows'));
    try {
      const decisions = (await readReadingRules(dirname(path))).find(basename(path));
      const work = workOptions(defaultSettings, decisions);
      const { commonRates } = defaultSettings;
      const scaleOf = index.scaleOf.bind(index);
      const number = options.sequence - 1;
      const query = await embedForTeam({ threads, options: work, commonRates, scaleOf }, path, number, signal);
      const place = placeOf(mounts, path);
      const without = place && { ...place, number };
      const answer = await index.nearest({ ...query, limit: options.top, filter: filterOf(options), without });
      for (const { count, reason } of index.leftOut)
        say(`${count} rows of the team's index were left out, because ${reason}.`);
      if (index.away !== null) say(`${index.away} This is what it held when it was there last.`);
      process.stdout.write(options.json ? jsonOf(path, answer, mounts) : textOf(path, answer, mounts));
    } finally {
      await index.close();
    }
  } finally {
    await connection.close();
    await threads.close();
  }
}

function say(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** @throws RequestError */
function mountOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new RequestError(`"${text}" does not say where a root is. Write --mount ROOT=FOLDER.`);
  return [text.slice(0, at), resolve(text.slice(at + 1))];
}

function filterOf({ label, under, rates }: SearchTeamOptions): TeamFilter {
  const at = under?.indexOf(':') ?? -1;
  const folder =
    under === undefined
      ? undefined
      : { root: at < 0 ? under : under.slice(0, at), path: at < 0 ? '' : under.slice(at + 1).replace(/\/+$/, '') };
  return { label, folder, rates };
}

function nameOf({ recording }: TeamMatch): string {
  const { root, path, siblings, number, name } = recording;
  const suffix = siblings > 1 ? ` #${number + 1}` : '';
  return printable(`${root}:${path}${suffix}${name === null ? '' : ` (${name})`}`);
}

function textOf(path: string, { matches, candidates, certainty }: TeamAnswer, mounts: Mounts): string {
  if (matches.length === 0) return `No recording of the team's index that you ask for is like ${printable(path)}.\n`;
  const sure = certainty === 'exact' ? '' : ' (very likely the nearest; not proven)';
  const rows = matches.map((match) => [
    String(match.rank),
    match.distance.toPrecision(4),
    printable(match.recording.label ?? ''),
    nameOf(match),
    pathHere(mounts, match.recording) === null ? 'not on this machine' : '',
  ]);
  const head = `Nearest to ${printable(path)}, of ${candidates} recordings of the team${sure}:`;
  return `${[head, ...tableOf(['rank', 'distance', 'label', 'recording', ''], rows, 2)].join('\n')}\n`;
}

function jsonOf(path: string, { matches, candidates, certainty }: TeamAnswer, mounts: Mounts): string {
  const listed = matches.map(({ rank, distance, recording }) => {
    const { root, path: file, number, siblings, format, name, label, channels, steps, rate, notes } = recording;
    const shown = { root, path: file, number, siblings, format, name, label, channels, steps, rate, notes };
    return { rank, distance, recording: shown, here: pathHere(mounts, recording) };
  });
  return `${JSON.stringify({ query: path, candidates, certainty, matches: listed }, null, 2)}\n`;
}
