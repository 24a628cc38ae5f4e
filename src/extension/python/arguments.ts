import { argumentOf } from '../../api/python/cells';
import { refName } from '../../api/recording';
import type { QuerySet, SequenceRef } from '../../protocol/sequences';
import type { WindowsFound, WindowsParams } from '../../protocol/windows';
import type { View } from '../results/history';

/** What a page shows, as arguments of the command line. */

/** As many matches a cell asks for. */
const matches = 100;

/** @param folders of the workspace, as paths */
export function searchArguments({ query, set, scope, weights }: View, folders: readonly string[]): readonly string[] {
  return [
    ...fileOf(query),
    ...inFolders(folders),
    ...['--top', String(matches)],
    ...(scope === 'all' ? ['--all-layouts'] : []),
    ...(weights === null ? [] : ['--weights', weights.join(',')]),
    ...(set === undefined ? [] : setArguments(set)),
  ];
}

function setArguments({ queries, more, less, by }: QuerySet): readonly string[] {
  const all = (option: string, refs: readonly SequenceRef[]) =>
    refs.flatMap((ref) => [option, argumentOf(refName(ref))]);
  return [...all('--also', queries), ...all('--like', more), ...all('--unlike', less), '--rank-by', by];
}

/** @param found tells the rate, by which the command line counts */
export function windowsArguments(
  { query, span, among, each, limit, range }: WindowsParams,
  { query: { rate } }: Pick<WindowsFound, 'query'>,
  folders: readonly string[],
): readonly string[] {
  const at = (step: number) => String(rate === null ? step : step / rate);
  return [
    ...fileOf(query),
    ...inFolders(folders),
    ...['--from', at(span.start), '--to', at(span.end), '--top', String(limit), '--which', each],
    ...(range === true ? ['--range'] : []),
    ...(among.kind === 'recording' ? ['--own'] : []),
    ...(among.kind === 'files' ? ['--files', ...among.paths] : []),
  ];
}

function fileOf(ref: SequenceRef): readonly string[] {
  return [ref.path, '--sequence', String(ref.number + 1)];
}

function inFolders(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => ['--in', folder]);
}
