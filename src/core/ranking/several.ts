/** How the distances to several wanted sequences are taken together: the smallest, or their mean. */
export type Combination = 'nearest' | 'mean';

/** The distances of all rows to each of some sequences, entry by entry. */
export interface DistanceSet {
  /** At least one. */
  readonly wanted: readonly Float64Array[];
  readonly unwanted: readonly Float64Array[];
}

/** One score for each row, and which of the wanted sequences is nearest to it. */
export interface Scores {
  readonly scores: Float64Array;
  readonly nearest: Uint16Array;
}

/**
 * Ranks by distances to several sequences: a row's score is its distance to the wanted ones taken together, and half of
 * what the nearest unwanted one is nearer by than that. Of wanted sequences that are equally near the first one counts.
 */
export function scoresOf({ wanted, unwanted }: DistanceSet, by: Combination): Scores {
  const rows = wanted[0]?.length ?? 0;
  const scores = new Float64Array(rows);
  const nearest = new Uint16Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    let least = Infinity;
    for (const [w, distances] of wanted.entries()) {
      const distance = distances[row]!;
      sum += distance;
      if (distance >= least) continue;
      least = distance;
      nearest[row] = w;
    }
    const base = by === 'mean' ? sum / wanted.length : least;
    let other = base;
    for (const distances of unwanted) other = Math.min(other, distances[row]!);
    scores[row] = base + (base - other) / 2;
  }
  return { scores, nearest };
}
