import { RequestError } from '../requestError';
import type { TeamFilter } from './filter';
import type { LeftOut } from './leftOut';
import type { TeamRecording } from './rows';
import type { TeamScale } from './scales';

/** What is looked for in a team's index. */
export interface TeamQuery {
  readonly layout: string;
  readonly channels: number;
  /** Codes, channel after channel. */
  readonly values: Uint8Array;
  readonly limit: number;
  readonly filter: TeamFilter;
  /** A recording that is not to be found: the query itself. */
  readonly without: Pick<TeamRecording, 'root' | 'path' | 'number'> | null;
}

export interface TeamMatch {
  readonly rank: number;
  readonly distance: number;
  readonly recording: TeamRecording;
}

export interface TeamAnswer {
  readonly matches: readonly TeamMatch[];
  /** How many recordings of the layout there are. */
  readonly candidates: number;
  /**
   * `exact`: no recording of the index is nearer than those that were found. `likely`: the server looked at those that seemed
   * nearest, and it was not proven that no other is.
   */
  readonly certainty: 'exact' | 'likely';
}

/** A way of searching a team's index. Matches that are equally far are ordered by root, path and number. */
export interface TeamSearch {
  nearest(query: TeamQuery): Promise<TeamAnswer>;
  /** By which a recording of a layout is embedded to be compared. @throws RequestError where the index has none like it */
  scaleOf(layout: string): TeamScale | Promise<TeamScale>;
  /** Rows that could not be what they should. */
  readonly leftOut: readonly LeftOut[];
  /** Why the server could not be asked, or `null`. */
  readonly away: string | null;
  close(): Promise<void>;
}

/** Refuses a recording whose channels no other has. */
export function noneAlike(): RequestError {
  return new RequestError("No recording of the team's index has the channels of this one.");
}

/** Found recordings in their order, without the query itself, no more than are wanted. */
export function ranked(
  found: readonly Omit<TeamMatch, 'rank'>[],
  { limit, without }: Pick<TeamQuery, 'limit' | 'without'>,
): readonly TeamMatch[] {
  return found
    .filter(({ recording }) => !isSame(recording, without))
    .sort((a, b) => a.distance - b.distance || compared(a.recording, b.recording))
    .slice(0, limit)
    .map((match, i) => ({ rank: i + 1, ...match }));
}

function isSame(recording: TeamRecording, other: TeamQuery['without']): boolean {
  return recording.root === other?.root && recording.path === other.path && recording.number === other.number;
}

function compared(a: TeamRecording, b: TeamRecording): number {
  if (a.root !== b.root) return a.root < b.root ? -1 : 1;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.number - b.number;
}
