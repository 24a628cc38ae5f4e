/** How many false acceptance rates a curve is given at, evenly from 0 to 1. */
export const rocPoints = 101;

/**
 * The receiver operating characteristic of accepting pairs by distance (Fawcett 2006, "An introduction to ROC analysis"):
 * the share of accepted pairs of one label at false acceptance rates 0, 0.01, ..., 1. Between thresholds that occur it is
 * interpolated linearly, as the equal error rate is; pairs at one distance are accepted together.
 *
 * @param same distances of pairs of one label, ascending, at least one
 * @param different distances of pairs of different labels, ascending, at least one
 */
export function rocCurve(same: Float64Array, different: Float64Array): readonly number[] {
  const curve: number[] = [];
  let accepted = 0;
  let falselyAccepted = 0;
  let before = { far: 0, tar: 0 };
  const reach = (far: number, tar: number) => {
    while (curve.length < rocPoints && curve.length / (rocPoints - 1) < far) {
      const weight = (curve.length / (rocPoints - 1) - before.far) / (far - before.far);
      curve.push(before.tar + weight * (tar - before.tar));
    }
    before = { far, tar };
  };
  while (accepted < same.length || falselyAccepted < different.length) {
    const threshold = Math.min(same[accepted] ?? Infinity, different[falselyAccepted] ?? Infinity);
    while (accepted < same.length && same[accepted]! <= threshold) accepted++;
    while (falselyAccepted < different.length && different[falselyAccepted]! <= threshold) falselyAccepted++;
    reach(falselyAccepted / different.length, accepted / same.length);
  }
  while (curve.length < rocPoints) curve.push(1);
  return curve;
}
