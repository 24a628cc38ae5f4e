import type { Cell, Exportable, ExportingParts } from './exportable';
import { doubles, integers, texts, type NamedArray } from './npy';
import { aboutSearch, rowOf } from '../../api/search';
import type { Match } from '../../protocol/engine';
import type { ExportContent } from '../../protocol/exports';

const header = [
  'rank',
  'distance',
  'file',
  'sequence',
  'name',
  'label',
  'format',
  'channels',
  'steps',
  'rate_hz',
  'covered',
  'path',
] as const;

/** The ranked matches of a query as they are listed. @throws UnreadableError, RequestError */
export async function searchTable(
  { lister }: ExportingParts,
  content: Extract<ExportContent, { kind: 'search' }>,
  signal: AbortSignal,
): Promise<Exportable> {
  const { limit: count, ranking, ...asked } = content;
  const listing = await lister.listOrRank({ ...asked, from: 0, count }, ranking, signal);
  const { query } = listing;
  const matches = listing.items.filter((item) => item.kind === 'match');
  return {
    meta: aboutSearch(listing),
    header,
    valueHeader: [],
    rows: () => matches.map((match) => ({ cells: cellsOf(match), values: null, object: rowOf(match) })),
    arrays: () => [
      ...matchArrays(matches),
      texts('query_file', [query.file]),
      integers('query_sequence', [query.ref.number + 1]),
    ],
  };
}

function cellsOf({ rank, distance, sequence: s }: Match): readonly Cell[] {
  const own = [
    s.file,
    s.ref.number + 1,
    s.name,
    s.label,
    s.format,
    s.channels.length,
    s.steps,
    s.rate,
    s.covered,
    s.ref.path,
  ];
  return [rank, distance, ...own];
}

function matchArrays(matches: readonly Match[]): readonly NamedArray[] {
  const column = <T>(of: (match: Match) => T) => matches.map(of);
  return [
    integers(
      'rank',
      column(({ rank }) => rank),
    ),
    doubles(
      'distance',
      column(({ distance }) => distance),
    ),
    texts(
      'file',
      column(({ sequence }) => sequence.file),
    ),
    integers(
      'sequence',
      column(({ sequence }) => sequence.ref.number + 1),
    ),
    texts(
      'path',
      column(({ sequence }) => sequence.ref.path),
    ),
    texts(
      'name',
      column(({ sequence }) => sequence.name),
    ),
    texts(
      'label',
      column(({ sequence }) => sequence.label),
    ),
    integers(
      'channels',
      column(({ sequence }) => sequence.channels.length),
    ),
    integers(
      'steps',
      column(({ sequence }) => sequence.steps),
    ),
    doubles(
      'rate_hz',
      column(({ sequence }) => sequence.rate ?? NaN),
    ),
  ];
}
