import { evenlySpaced } from '../../core/distributions/evenlySpaced';
import type { Whereabouts, WhereaboutsParams } from '../../protocol/explanation';
import type { OverviewStatus } from '../../protocol/overview';
import type { SequenceRef } from '../../protocol/sequences';
import { sequenceKey } from '../paths';
import type { Placed } from './known';

/** More points than these do not show better where a small map is dense. */
const mostOthers = 1500;

/** Neighbours take longer to find than a map to settle: each is about so much of the way. */
const sharesOfWay = { indexing: [0, 0], neighbours: [0, 0.5], map: [0.5, 1] } as const;

/** Where some sequences lie on a map that may still settle. */
export function whereaboutsIn(
  status: OverviewStatus,
  placed: Placed | null,
  { query, matches }: WhereaboutsParams,
): Whereabouts {
  const rows = new Map((placed?.keys ?? []).map((key, row) => [key, row]));
  const placeAt = (row: number): [number, number] | null => {
    const [x, y] = placed?.places.subarray(2 * row, 2 * row + 2) ?? [];
    return x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y) ? null : [x, y];
  };
  const placeOf = ({ path, number }: SequenceRef) => {
    const row = rows.get(sequenceKey(path, number));
    return row === undefined ? null : placeAt(row);
  };
  return {
    progress: progressOf(status),
    others: evenlySpaced([...rows.values()], mostOthers).flatMap((row) => {
      const place = placeAt(row);
      return place === null ? [] : [place];
    }),
    sequences: status.sequences,
    query: placeOf(query),
    matches: matches.map(placeOf),
  };
}

function progressOf({ stage, done, total }: OverviewStatus): number | null {
  if (stage === 'ready') return null;
  const [from, to] = sharesOfWay[stage];
  return from + ((to - from) * done) / Math.max(total, 1);
}
