import type { PanelItem } from '../../../src/protocol/panel';
import type { SequenceRef } from '../../../src/protocol/engine';
import type { Pages } from './pages';

type Match = Extract<PanelItem, { kind: 'match' }>;

/** The matches before and after one, as far as they have come. */
export interface Neighbours {
  readonly previous: Match | null;
  readonly next: Match | null;
}

/** The neighbours of a match in the list, past the heads of groups; `missing` is told of a position that has not come. */
export function neighboursOf(pages: Pages, sequence: SequenceRef, missing: (position: number) => void): Neighbours {
  const at = pages.positionOf(sequence);
  if (at === null) return { previous: null, next: null };
  const beside = (step: -1 | 1): Match | null => {
    for (let position = at + step; position >= 0 && position < pages.length; position += step) {
      const item = pages.at(position);
      if (item?.kind === 'match') return item;
      if (item !== undefined) continue;
      missing(position);
      return null;
    }
    return null;
  };
  return { previous: beside(-1), next: beside(1) };
}
