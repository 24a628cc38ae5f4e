import type { Series } from '../../../src/protocol/explanation';

export type SeriesData = Series;
export type SeriesChannelData = SeriesData['channels'][number];

/** Points of a line, x ascending. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export const noCurve: Curve = { x: [], y: [] };

interface Part {
  readonly series: SeriesData;
  /** Time steps of which columns are taken. */
  readonly start: number;
  readonly end: number;
}

/**
 * One channel as a line that runs through the smallest and the largest value of every column, so that it fills the
 * band between them: the whole recording in coarse columns, and within `fine` in the finer ones.
 *
 * @param at where a time step lies on the axis
 */
export function curveOf(
  channel: number,
  whole: SeriesData | null,
  fine: SeriesData | null,
  at: (step: number) => number,
): Curve {
  const x: number[] = [];
  const y: number[] = [];
  for (const part of partsOf(whole, fine)) addPart(part, channel, at, x, y);
  return { x, y };
}

function partsOf(whole: SeriesData | null, fine: SeriesData | null): readonly Part[] {
  if (whole === null) return fine === null ? [] : [{ series: fine, ...fine.span }];
  if (fine === null) return [{ series: whole, ...whole.span }];
  return [
    { series: whole, start: 0, end: fine.span.start },
    { series: fine, ...fine.span },
    { series: whole, start: fine.span.end, end: whole.steps },
  ];
}

function addPart(
  { series, start, end }: Part,
  index: number,
  at: (step: number) => number,
  x: number[],
  y: number[],
): void {
  const channel = series.channels.find((each) => each.index === index);
  if (channel === undefined) return;
  const columns = channel.minimum.length;
  const width = (series.span.end - series.span.start) / columns;
  const add = (step: number, value: number): void => {
    // A column that lies across the border of two parts gives each only what lies within.
    if (step <= start - 0.5 || step >= end - 0.5) return;
    x.push(at(step));
    y.push(value);
  };
  channel.minimum.forEach((low, c) => {
    const middle = series.span.start + (c + 0.5) * width - 0.5;
    const high = channel.maximum[c] ?? low;
    if (low === high) {
      add(middle, low);
      return;
    }
    // From the value that lies nearer to the column before, so that the line does not cross the band twice.
    const before = y.at(-1) ?? low;
    const lowFirst = Math.abs(before - low) <= Math.abs(before - high);
    add(middle - width / 4, lowFirst ? low : high);
    add(middle + width / 4, lowFirst ? high : low);
  });
}

/** The value of a curve at the point that is nearest to `x`, or `null` outside of it. */
export function valueAt({ x, y }: Curve, at: number): number | null {
  const [first] = x;
  const last = x.at(-1);
  if (first === undefined || last === undefined || at < first || at > last) return null;
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? last) < at) low = middle + 1;
    else high = middle;
  }
  const nearer = at - (x[low - 1] ?? -Infinity) < (x[low] ?? last) - at ? low - 1 : low;
  return y[nearer] ?? null;
}
