import type { Match, SequenceSummary } from '../../src/protocol/engine';
import type { Mark } from '../../src/protocol/sequences';
import type { PanelResults } from '../../src/protocol/panel';
import { keyOf } from '../shared/memory';

type Asked = Pick<PanelResults, 'query' | 'set'>;

/** The sequences that matches are to be like, the query first. */
export function wantedIn({ query, set }: Asked): readonly SequenceSummary[] {
  return [query, ...(set?.queries ?? []), ...(set?.more ?? [])];
}

/** The one of them that is nearest to a match. */
export function wantedFor(asked: Asked, { nearest }: Match): SequenceSummary {
  return wantedIn(asked)[nearest?.wanted ?? 0] ?? asked.query;
}

/** The distance of a match to that one, which is not its score where several are asked about. */
export function pairDistance({ distance, nearest }: Match): number {
  return nearest?.distance ?? distance;
}

/** Every mark by the key of its sequence. */
export function marksIn({ set }: Asked): ReadonlyMap<string, Mark> {
  const marks = (mark: Mark) => (set?.[mark] ?? []).map(({ ref }): [string, Mark] => [keyOf(ref), mark]);
  return new Map([...marks('more'), ...marks('less')]);
}
