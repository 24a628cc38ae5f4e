import { resampledTo } from '../../core/recordings/align';
import { powerSpectrum } from '../../core/recordings/spectrum';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { graphOfVectors } from './graphs';
import type { Series } from './plantCopies';

/** What graphs are made of without any learning, to compare with; or `null` where that is left out. */
export type Baselines =
  { readonly [name in 'euclid' | 'statistics']: (all: readonly Series[]) => NeighbourGraph } | null;

const points = 128;

/** Euclid on every channel at 128 points, standardised by itself (the usual distance of the UCR archive). */
function euclidGraph(all: readonly Series[]): NeighbourGraph {
  return graphOfVectors(all.map((series) => concatenated(series.map(standardPoints))));
}

function standardPoints(values: Float32Array): Float64Array {
  const sampled = resampledTo(values, points / values.length);
  const { mean, deviation } = momentsOf(sampled);
  return Float64Array.from({ length: points }, (_, i) => ((sampled[i] ?? mean) - mean) / (deviation || 1));
}

/**
 * Euclid on statistics of every channel in the manner of catch22 (Lubba et al. 2019), each brought to the median and the
 * interquartile range that it has among all recordings.
 */
function statisticsGraph(all: readonly Series[]): NeighbourGraph {
  const rows = all.map((series) => concatenated(series.map(statisticsOf)));
  const columns = rows[0]?.length ?? 0;
  for (let c = 0; c < columns; c++) {
    const sorted = Float64Array.from(rows, (row) => row[c]!).sort();
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
    const spread = at(0.75) - at(0.25) || at(1) - at(0) || 1;
    for (const row of rows) row[c] = Math.max(-10, Math.min(10, (row[c]! - at(0.5)) / spread));
  }
  return graphOfVectors(rows);
}

/** Level, spread, shape of the distribution, autocorrelations, turning points, crossings, spectrum, trend. */
function statisticsOf(values: Float32Array): Float64Array {
  const { mean, deviation } = momentsOf(values);
  const z = values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0));
  const meanOf = (of: (value: number, i: number) => number) =>
    z.reduce((sum, value, i) => sum + of(value, i), 0) / z.length;
  const lagged = (lag: number) => meanOf((value, i) => value * (z[i - lag] ?? 0));
  const differences = meanOf((value, i) => (i === 0 ? 0 : (value - z[i - 1]!) ** 2));
  const firstZero = [1, 2, 4, 8, 16, 32, 64].find((lag) => lagged(lag) < 0) ?? 128;
  return Float64Array.from([
    mean,
    Math.log(deviation + 1e-12),
    meanOf((value) => value ** 3),
    meanOf((value) => value ** 4),
    lagged(1),
    lagged(2),
    lagged(8),
    lagged(32),
    Math.log(firstZero),
    Math.log(differences + 1e-12),
    meanOf((value, i) => Number(i > 0 && value * z[i - 1]! < 0)),
    meanOf((value, i) => Number((value - (z[i - 1] ?? value)) * ((z[i + 1] ?? value) - value) < 0)),
    meanOf((value) => Number(Math.abs(value) < 0.1)),
    meanOf((value, i) => value * (i / z.length - 0.5)),
    Math.log(values.length),
    ...spectralOf(values),
  ]);
}

function spectralOf(values: Float32Array): readonly number[] {
  const { power } = powerSpectrum(values);
  const total = power.reduce((sum, each) => sum + each, 0) || 1;
  const centroid = power.reduce((sum, each, bin) => sum + each * bin, 0) / total / power.length;
  const low = power.subarray(0, Math.ceil(power.length / 5)).reduce((sum, each) => sum + each, 0) / total;
  return [centroid, low];
}

function momentsOf(values: Float32Array): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const bothBaselines: Baselines = { euclid: euclidGraph, statistics: statisticsGraph };
