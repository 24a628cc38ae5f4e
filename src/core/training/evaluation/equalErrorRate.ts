/**
 * The equal error rate of accepting pairs whose distance is at most a threshold: where the share of accepted pairs of
 * different labels (false acceptances) equals the share of refused pairs of one label (false refusals). Thresholds are the
 * distances that occur; between the two around the crossing both shares are interpolated linearly. Pairs at one distance
 * are accepted together.
 *
 * @param same distances of pairs of one label, ascending, at least one
 * @param different distances of pairs of different labels, ascending, at least one
 */
export function equalErrorRate(same: Float64Array, different: Float64Array): number {
  let accepted = 0;
  let falselyAccepted = 0;
  let acceptance = 0;
  let refusal = 1;
  for (;;) {
    const threshold = Math.min(same[accepted] ?? Infinity, different[falselyAccepted] ?? Infinity);
    while (accepted < same.length && same[accepted]! <= threshold) accepted++;
    while (falselyAccepted < different.length && different[falselyAccepted]! <= threshold) falselyAccepted++;
    const nextAcceptance = falselyAccepted / different.length;
    const nextRefusal = 1 - accepted / same.length;
    if (nextRefusal <= nextAcceptance) {
      const gap = refusal - acceptance;
      const weight = gap / (gap + nextAcceptance - nextRefusal);
      return acceptance + weight * (nextAcceptance - acceptance);
    }
    acceptance = nextAcceptance;
    refusal = nextRefusal;
  }
}
