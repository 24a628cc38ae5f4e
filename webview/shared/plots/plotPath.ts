/** The curve of one channel inside its lane. */
export interface Lane {
  /** Pixels from the top of the plot to the top of the lane. */
  readonly top: number;
  readonly height: number;
}

/** Smallest and largest finite value over all columns; `[0, 0]` if there is none. */
export function rangeOf(minimum: readonly number[], maximum: readonly number[]): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of minimum) if (value < low && Number.isFinite(value)) low = value;
  for (const value of maximum) if (value > high && Number.isFinite(value)) high = value;
  return low <= high ? [low, high] : [0, 0];
}

/**
 * The `d` of an SVG path that fills the band between the minima and the maxima of each pixel column: along the maxima
 * from left to right, back along the minima. x runs from 0 to the number of columns, one unit a column; y is in the
 * units of `lane`, with the channel's own range filling it. Columns that are not finite are left out.
 */
export function bandPath(minimum: readonly number[], maximum: readonly number[], lane: Lane): string {
  const columns = Math.min(minimum.length, maximum.length);
  const [low, high] = rangeOf(minimum, maximum);
  const y = scale(low, high, lane);
  const forth: string[] = [];
  const back: string[] = [];
  for (const [column, bottom] of minimum.entries()) {
    const top = maximum[column];
    if (top === undefined || !Number.isFinite(bottom) || !Number.isFinite(top)) continue;
    // A single column has no width of its own, so it is drawn as a level over all of it.
    const x = columns === 1 ? [0, 1] : [round((column * columns) / (columns - 1))];
    for (const at of x) {
      forth.push(`${at} ${y(top)}`);
      back.push(`${at} ${y(bottom)}`);
    }
  }
  return forth.length === 0 ? '' : `M${forth.join('L')}L${back.reverse().join('L')}Z`;
}

/**
 * The `d` of an SVG path along the means of the columns, in the same drawing as the `bandPath` of their minima and maxima.
 */
export function meanPath(
  { minimum, maximum, mean }: { readonly [Part in 'minimum' | 'maximum' | 'mean']: readonly number[] },
  lane: Lane,
): string {
  const y = scale(...rangeOf(minimum, maximum), lane);
  const points = mean.flatMap((value, column) =>
    Number.isFinite(value) ? [`${round((column * mean.length) / Math.max(mean.length - 1, 1))} ${y(value)}`] : [],
  );
  return points.length < 2 ? '' : `M${points.join('L')}`;
}

function scale(low: number, high: number, lane: Lane): (value: number) => number {
  const middle = lane.top + lane.height / 2;
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return () => round(middle);
  return (value) => round(lane.top + lane.height * (1 - (value - low) / span));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Equal lanes from the top down, `gap` pixels between their curves. */
export function lanesOf(count: number, height: number, gap: number): readonly Lane[] {
  return Array.from({ length: count }, (_, index) => ({ top: index * height + gap / 2, height: height - gap }));
}
