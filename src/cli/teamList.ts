import { pathHere, type Mounts } from '../engine/team/mounts';
import type { TeamRecording } from '../engine/team/rows';
import type { TeamAnswer } from '../engine/team/teamSearch';
import type { Match, SequenceSummary } from '../protocol/engine';
import { jsonText, nameOf, printable, tableOf } from './printing';

/** A match of the team, or of this machine alone. */
export type Listed = { readonly distance: number } & (
  { readonly recording: TeamRecording; readonly here: string | null } | { readonly sequence: SequenceSummary }
);

/** The matches of the team and of this machine by their distances; what is both is listed once, as the team's. */
export function inOneList(
  { matches }: TeamAnswer,
  local: readonly Match[],
  mounts: Mounts,
  top: number,
): readonly Listed[] {
  const team = matches.map(({ distance, recording }) => ({ distance, recording, here: pathHere(mounts, recording) }));
  const places = new Set(team.map(({ here, recording }) => `${recording.number} ${here ?? ''}`));
  const others = local.filter(({ sequence: { ref } }) => !places.has(`${ref.number} ${ref.path}`));
  const all: Listed[] = [...team, ...others.map(({ distance, sequence }) => ({ distance, sequence }))];
  return all.sort((a, b) => a.distance - b.distance).slice(0, top);
}

export function textOf(path: string, { candidates, certainty }: TeamAnswer, list: readonly Listed[]): string {
  if (list.length === 0) return `No recording of the team's index that you ask for is like ${printable(path)}.\n`;
  const sure = certainty === 'exact' ? '' : ' (very likely the nearest; not proven)';
  const rows = list.map((listed, i) => [String(i + 1), listed.distance.toPrecision(4), ...cellsOf(listed)]);
  const head = `Nearest to ${printable(path)}, of ${candidates} recordings of the team${sure}:`;
  return `${[head, ...tableOf(['rank', 'distance', 'label', 'recording', ''], rows, 2)].join('\n')}\n`;
}

function cellsOf(listed: Listed): readonly string[] {
  if ('sequence' in listed) {
    const { ref, label, ...own } = listed.sequence;
    return [printable(label ?? ''), nameOf({ ...own, sequence: ref.number + 1 }), 'only here'];
  }
  const { root, path, siblings, number, name, label } = listed.recording;
  const shown = nameOf({ file: `${root}:${path}`, siblings, sequence: number + 1, name });
  return [printable(label ?? ''), shown, listed.here === null ? 'not on this machine' : ''];
}

export function jsonOf(path: string, { candidates, certainty }: TeamAnswer, list: readonly Listed[]): string {
  const matches = list.map((listed, i) => {
    const { distance } = listed;
    if ('sequence' in listed) return { rank: i + 1, distance, sequence: listed.sequence };
    const { root, path: file, number, siblings, format, name, label, channels, steps, rate, notes } = listed.recording;
    const recording = { root, path: file, number, siblings, format, name, label, channels, steps, rate, notes };
    return { rank: i + 1, distance, recording, here: listed.here };
  });
  return jsonText({ query: path, candidates, certainty, matches });
}
