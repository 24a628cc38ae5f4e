/** Losses and distances as plain sums over pairs, in float64. */

export type Matrix = readonly (readonly number[])[];
export type Related = (i: number, j: number) => boolean;

export function naiveDistances(embeddings: Matrix, kind: 'd1' | 'd2' | 'cosine'): Matrix {
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
  return embeddings.map((a) =>
    embeddings.map((b) => {
      if (kind === 'd1') return a.reduce((sum, x, k) => sum + Math.abs(x - b[k]!), 0) / a.length;
      if (kind === 'd2') return Math.sqrt(a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0) / a.length);
      return 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }),
  );
}

export function naiveRelative(distances: Matrix, allowed: Related): Matrix {
  const within = distances.flatMap((row, i) => row.filter((_, j) => allowed(i, j)));
  const mean = within.reduce((sum, d) => sum + d, 0) / within.length;
  return distances.map((row) => row.map((d) => d / mean));
}

/** The mean of a loss per anchor, given its distances to positives and to negatives, over the anchors with both. */
export function naiveMean(
  relative: Matrix,
  positive: Related,
  allowed: Related,
  loss: (positives: readonly number[], negatives: readonly number[]) => number,
): number {
  const perAnchor = relative.flatMap((row, i) => {
    const positives = row.filter((_, j) => positive(i, j));
    const negatives = row.filter((_, j) => allowed(i, j) && !positive(i, j));
    return positives.length > 0 && negatives.length > 0 ? [loss(positives, negatives)] : [];
  });
  return perAnchor.length === 0 ? 0 : perAnchor.reduce((sum, value) => sum + value, 0) / perAnchor.length;
}

export function naiveNeighbourhood(sharpness: number) {
  return (positives: readonly number[], negatives: readonly number[]): number => {
    const mass = (all: readonly number[]) => all.reduce((sum, d) => sum + Math.exp(-sharpness * d), 0);
    return -Math.log(mass(positives) / (mass(positives) + mass(negatives)));
  };
}

export function naiveTriplet(margin: number) {
  return (positives: readonly number[], negatives: readonly number[]): number =>
    Math.max(Math.max(...positives) - Math.min(...negatives) + margin, 0);
}

export function naiveMultiSimilarity(alpha: number, beta: number, lambda: number, epsilon: number) {
  return (positives: readonly number[], negatives: readonly number[]): number => {
    const hardPositives = positives.filter((d) => d + epsilon > Math.min(...negatives));
    const hardNegatives = negatives.filter((d) => d - epsilon < Math.max(...positives));
    const pull = hardPositives.reduce((sum, d) => sum + Math.exp(alpha * (d - lambda)), 1);
    const push = hardNegatives.reduce((sum, d) => sum + Math.exp(-beta * (d - lambda)), 1);
    return Math.log(pull) / alpha + Math.log(push) / beta;
  };
}
