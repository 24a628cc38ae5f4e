import { createHash } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { openEncoder } from '../core/encoder/completed';
import { readReadingRules } from '../core/recordings/reading/rulesTable';
import type { Engine } from '../engine/engine';
import { RequestError } from '../engine/requestError';
import { parseAddress } from '../engine/team/address';
import { TeamConnection } from '../engine/team/connection';
import type { TeamFilter } from '../engine/team/filter';
import { FollowedIndex } from '../engine/team/followedIndex';
import { formsOf } from '../engine/team/givenForms';
import { placeOf, readMounts } from '../engine/team/mounts';
import { embedForTeam } from '../engine/team/teamQuery';
import { ServerIndex } from '../engine/team/serverIndex';
import type { TeamScale } from '../engine/team/scales';
import type { TeamSearch } from '../engine/team/teamSearch';
import { Threads } from '../engine/workers/threads';
import { workOptions } from '../engine/workers/workOptions';
import { defaultSettings, type Match, type SequenceRef } from '../protocol/engine';
import { withIndex } from './openIndex';
import { printable } from './printing';
import { inOneList, jsonOf, textOf } from './teamList';
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
  /** A folder of this machine whose recordings are listed as well. */
  readonly alsoLocal?: string;
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
      for (const { count, reason } of index.leftOut) {
        say(`${count} rows of the team's index were left out, because ${reason}.`);
      }
      if (index.away !== null) say(`${index.away} This is what it held when it was there last.`);
      const local =
        options.alsoLocal === undefined
          ? []
          : await searchHere(
              resolve(options.alsoLocal),
              folder,
              await index.scaleOf(query.layout),
              { path, number },
              options,
              signal,
            );
      const list = inOneList(answer, local, mounts, options.top);
      process.stdout.write(options.json ? jsonOf(path, answer, list) : textOf(path, answer, list));
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

/** The matches of a folder of this machine, which is indexed by the team's scale, so that distances can be compared. */
function searchHere(
  local: string,
  storage: string,
  scale: TeamScale,
  query: SequenceRef,
  { threads, top }: SearchTeamOptions,
  signal: AbortSignal,
): Promise<readonly Match[]> {
  const own = createHash('sha256').update(local).digest('hex').slice(0, 16);
  const options = { threads, cache: join(storage, `local-${own}`), forms: formsOf([scale]) };
  const ask = async (engine: Engine) => {
    const { matches } = await engine.ask('search', { query, scope: 'layout', limit: top }, signal);
    return matches;
  };
  return withIndex([local], options, signal, ask);
}
