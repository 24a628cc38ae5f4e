import type { SeriesPair } from '../align';
import { bestOverlap, type Overlap } from './overlaps';

/** Steps of the means on which a lag is looked for first, and so many of a stretch on which it is made exact. */
const [coarseSteps, stretchSteps] = [8192, 4096];

/** Recordings that correlate less on means than this are no copies of one another, at whatever lag. */
export const leastCoarse = 0.5;

/** So many channels decide on the lag. */
const mostChannels = 4;

/**
 * The lag at which two recordings of the same channels correlate best: by means of neighbouring steps first, then step by
 * step around the lags that come out best. Those that do not even correlate on means are not looked at any closer.
 *
 * @param pairs at least one; all `a` are of one length, and all `b`
 */
export function alignedBy(pairs: readonly SeriesPair[]): Overlap {
  const chosen = pairs.filter(({ a, b }) => changes(a) && changes(b)).slice(0, mostChannels);
  const used = chosen.length === 0 ? pairs.slice(0, 1) : chosen;
  const longer = Math.max(used[0]?.a.length ?? 0, used[0]?.b.length ?? 0);
  const block = Math.ceil(longer / coarseSteps);
  const coarse = bestOverlap(used.map(({ a, b }) => ({ a: blockMeans(a, block), b: blockMeans(b, block) })));
  if (block === 1 || coarse.correlation < leastCoarse) return { ...coarse, lag: coarse.lag * block };
  return refined(used, coarse.lag * block, block);
}

/** The best lag within two blocks of one, by a stretch of the overlap. */
function refined(pairs: readonly SeriesPair[], around: number, block: number): Overlap {
  const reach = 2 * block;
  const [{ a, b }] = pairs as [SeriesPair];
  const [start, end] = [Math.max(0, around), Math.min(a.length, b.length + around)];
  const length = Math.min(stretchSteps, end - start);
  const from = start + Math.floor((end - start - length) / 2);
  let best: Overlap = { lag: around, correlation: -1 };
  for (let lag = around - reach; lag <= around + reach; lag++) {
    const [first, last] = [Math.max(from, lag, 0), Math.min(from + length, a.length, b.length + lag)];
    if (last - first < length / 2) continue;
    const sum = pairs.reduce((all, pair) => all + Math.abs(correlationOf(pair, lag, first, last)), 0);
    const isNearer = Math.abs(lag) < Math.abs(best.lag) && sum / pairs.length === best.correlation;
    if (isNearer || sum / pairs.length > best.correlation) best = { lag, correlation: sum / pairs.length };
  }
  return best;
}

/** The correlation of a[i] and b[i - lag] for i from `start` to `end`; 0 where one does not change. */
function correlationOf({ a, b }: SeriesPair, lag: number, start: number, end: number): number {
  let [sumA, sumB] = [0, 0];
  for (let i = start; i < end; i++) {
    sumA += a[i]!;
    sumB += b[i - lag]!;
  }
  const [meanA, meanB] = [sumA / (end - start), sumB / (end - start)];
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let i = start; i < end; i++) {
    const [x, y] = [a[i]! - meanA, b[i - lag]! - meanB];
    product += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const size = Math.sqrt(squaresA * squaresB);
  return size > 0 ? product / size : 0;
}

function blockMeans(values: Float32Array, block: number): Float32Array {
  if (block === 1) return values;
  return Float32Array.from({ length: Math.floor(values.length / block) }, (_, i) => {
    let sum = 0;
    for (let at = i * block; at < (i + 1) * block; at++) sum += values[at]!;
    return sum / block;
  });
}

function changes(values: Float32Array): boolean {
  return values.some((value) => value !== values[0]);
}
