import type { PairCounts, Protocol } from './protocol';
import { rank, type Ranking } from './ranking';

/** How the gallery of one query ranks. */
export interface QueryRanking extends Ranking {
  /** The number of the query in its pack. */
  readonly query: number;
}

/** All distances that a protocol asks for, ranked. */
export interface Comparison {
  /** Of the queries with at least one item of their label in their gallery, in their order. */
  readonly rankings: readonly QueryRanking[];
  /** Distances of all pairs of one label, ascending; a symmetric pair counts once. */
  readonly same: Float64Array;
  /** Distances of all pairs of different labels, ascending. */
  readonly different: Float64Array;
}

/**
 * Ranks the gallery of every query.
 *
 * @param pairs as counted by the protocol
 * @param distance of a query and an item, by their numbers; symmetric if the protocol is
 */
export function compare(
  protocol: Protocol,
  pairs: PairCounts,
  distance: (query: number, item: number) => number,
): Comparison {
  const all = { same: new Distances(pairs.same), different: new Distances(pairs.different) };
  const relevant = new Distances(protocol.gallery.length);
  const others = new Distances(protocol.gallery.length);
  const rankings: QueryRanking[] = [];
  for (const query of protocol.queries) {
    relevant.clear();
    others.clear();
    for (const item of protocol.gallery) {
      if (!protocol.allows(query, item)) continue;
      const d = distance(query, item);
      const isSame = protocol.labels[query] === protocol.labels[item];
      (isSame ? relevant : others).add(d);
      if (!protocol.symmetric || item > query) (isSame ? all.same : all.different).add(d);
    }
    if (relevant.count > 0) rankings.push({ query, ...rank(relevant.sorted(), others.sorted()) });
  }
  return { rankings, same: all.same.sorted(), different: all.different.sorted() };
}

/** Distances that come one by one, up to a number that is known. */
class Distances {
  private readonly values: Float64Array;
  count = 0;

  constructor(most: number) {
    this.values = new Float64Array(most);
  }

  add(distance: number): void {
    this.values[this.count++] = distance;
  }

  clear(): void {
    this.count = 0;
  }

  sorted(): Float64Array {
    return this.values.subarray(0, this.count).sort();
  }
}
