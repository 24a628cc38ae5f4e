import { svg } from '../../shared/dom';
import { t } from '../../shared/l10n';

const width = 200;
const height = 110;
const gridPoints = 96;

/** Both quantile functions in steps of equal width; the area between them is the feature's W_1. */
export function quantilePlot(query: readonly number[], match: readonly number[]): SVGSVGElement {
  const y = scaleOf([...query, ...match]);
  const corners = (values: readonly number[]) =>
    values.flatMap((value, q) => [
      `${(q / values.length) * width} ${y(value)}`,
      `${((q + 1) / values.length) * width} ${y(value)}`,
    ]);
  const [a, b] = [corners(query), corners(match)];
  return drawing(
    t('The two quantile functions, and the area between them'),
    svg('path', { class: 'between', d: `M${a.join('L')}L${[...b].reverse().join('L')}Z` }),
    svg('path', { class: 'match-line', d: `M${b.join('L')}` }),
    svg('path', { class: 'query-line', d: `M${a.join('L')}` }),
  );
}

/** Both densities over the feature's values. */
export function densityPlot(query: readonly number[], match: readonly number[]): SVGSVGElement {
  const grid = gridOf(query, match, gridPoints);
  const least = ((grid.at(-1) ?? 0) - (grid[0] ?? 0)) / 60;
  const densities = [densityOf(query, grid, least), densityOf(match, grid, least)] as const;
  const top = Math.max(...densities[0], ...densities[1]);
  const line = (heights: readonly number[]) =>
    heights.map(
      (value, i) => `${round((i / (gridPoints - 1)) * width)} ${round(height - 4 - (value / top) * (height - 12))}`,
    );
  const [a, b] = [line(densities[0]), line(densities[1])];
  return drawing(
    t('How often the feature takes each value, in either recording'),
    svg('path', { class: 'between', d: `M${a.join('L')}L${[...b].reverse().join('L')}Z` }),
    svg('path', { class: 'match-line', d: `M${b.join('L')}` }),
    svg('path', { class: 'query-line', d: `M${a.join('L')}` }),
  );
}

function drawing(label: string, ...paths: readonly SVGElement[]): SVGSVGElement {
  return svg(
    'svg',
    {
      class: 'distribution',
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': label,
    },
    ...paths,
  );
}

function scaleOf(values: readonly number[]): (value: number) => number {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return (value) => round(height - 6 - (span > 0 ? (value - low) / span : 0.5) * (height - 12));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
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
  const [lower = 0, upper = 0] = [0.25, 0.75].map((share) => quantiles[Math.floor(share * n)]);
  const range = (upper - lower) / 1.34;
  const size = range > 0 ? Math.min(deviation, range) : deviation;
  const bandwidth = Math.max(0.9 * size * n ** -0.2, least);
  const scale = 1 / (n * bandwidth * Math.sqrt(2 * Math.PI));
  return grid.map(
    (at) => scale * quantiles.reduce((sum, value) => sum + Math.exp(-0.5 * ((at - value) / bandwidth) ** 2), 0),
  );
}
