import { svg } from '../../shared/dom';
import { t } from '../../shared/l10n';
import { densityOf, gridOf } from './density';

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
  const least = (grid.at(-1)! - grid[0]!) / 60;
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
