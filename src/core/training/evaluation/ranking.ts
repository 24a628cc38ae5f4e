/** How a gallery ranks for one query. */
export interface Ranking {
  /** Whether the nearest item is relevant. */
  readonly hit: boolean;
  readonly averagePrecision: number;
}

/**
 * Ranks a gallery by distance. Ties count against the ranking: of items at one distance those that are not relevant
 * come first, so that an encoder that tells nothing apart gains nothing by the order of the items.
 *
 * The average precision is the mean, over the relevant items, of the share of relevant items down to each (Manning,
 * Raghavan and Schuetze 2008, "Introduction to Information Retrieval", section 8.4).
 *
 * @param relevant distances of the relevant items, ascending, at least one
 * @param others distances of the other items, ascending
 */
export function rank(relevant: Float64Array, others: Float64Array): Ranking {
  let before = 0;
  let sum = 0;
  for (let k = 0; k < relevant.length; k++) {
    while (before < others.length && others[before]! <= relevant[k]!) before++;
    sum += (k + 1) / (k + 1 + before);
  }
  const hit = others.length === 0 || relevant[0]! < others[0]!;
  return { hit, averagePrecision: sum / relevant.length };
}
