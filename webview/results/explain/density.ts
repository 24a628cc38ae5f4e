/** Points of a density's curve. */
export interface Density {
  readonly values: readonly number[];
  readonly heights: readonly number[];
}

/** Where both densities are drawn: a little beyond the values of either. */
export function gridOf(a: readonly number[], b: readonly number[], points: number): readonly number[] {
  const low = Math.min(...a, ...b);
  const high = Math.max(...a, ...b);
  const margin = 0.12 * (high - low) || Math.abs(low) * 0.1 || 1;
  return Array.from({ length: points }, (_, i) => low - margin + (i / (points - 1)) * (high - low + 2 * margin));
}

/**
 * The density of a distribution that is given by its quantiles at mid-point levels, each standing for an equal share:
 * a Gaussian kernel estimate with the bandwidth of Silverman 1986, "Density Estimation", equation 3.31.
 *
 * @param least the smallest bandwidth, for values that are all the same
 */
export function densityOf(quantiles: readonly number[], grid: readonly number[], least: number): readonly number[] {
  const n = quantiles.length;
  const mean = quantiles.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(quantiles.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  const range = (quantiles[Math.floor(0.75 * n)]! - quantiles[Math.floor(0.25 * n)]!) / 1.34;
  const size = range > 0 ? Math.min(deviation, range) : deviation;
  const bandwidth = Math.max(0.9 * size * n ** -0.2, least);
  const scale = 1 / (n * bandwidth * Math.sqrt(2 * Math.PI));
  return grid.map(
    (at) => scale * quantiles.reduce((sum, value) => sum + Math.exp(-0.5 * ((at - value) / bandwidth) ** 2), 0),
  );
}
