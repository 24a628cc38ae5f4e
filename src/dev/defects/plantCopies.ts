import type { Random } from '../../core/distributions/random';
import { resampledTo } from '../../core/recordings/align';

/** C channels of T samples each. */
export type Series = readonly Float32Array[];

/** A recording and a copy of it; the recording itself may change, because something is taken from its end. */
export interface PlantedCopy {
  readonly kept: Series;
  readonly copy: Series;
}

export const plantedCopies = ['values', 'shifted', 'cut', 'rescaled', 'inverted', 'resampled', 'noisy'] as const;
export type PlantedCopyKind = (typeof plantedCopies)[number];

/** Makes a copy of a recording as people do without meaning to. */
export function plantCopy(kind: PlantedCopyKind, series: Series, random: Random): PlantedCopy {
  const steps = series[0]?.length ?? 0;
  const each = (change: (values: Float32Array) => Float32Array): PlantedCopy => ({
    kept: series,
    copy: series.map(change),
  });
  switch (kind) {
    case 'values':
      return each((values) => values.map((value) => Number(value.toPrecision(6))));
    case 'shifted': {
      const by = Math.max(1, Math.round(random.uniform(0.02, 0.15) * steps));
      return {
        kept: series.map((values) => values.slice(0, steps - by)),
        copy: series.map((values) => values.slice(by)),
      };
    }
    case 'cut': {
      const length = Math.round(random.uniform(0.6, 0.95) * steps);
      const start = random.below(steps - length + 1);
      return each((values) => values.slice(start, start + length));
    }
    case 'rescaled': {
      const factor = [0.5, 0.8, 1.25, 2][random.below(4)] ?? 2;
      return each((values) => values.map((value) => value * factor));
    }
    case 'inverted': {
      const channel = random.below(series.length);
      return {
        kept: series,
        copy: series.map((values, c) => (c === channel ? values.map((value) => -value) : values)),
      };
    }
    case 'resampled': {
      const factor = [0.5, 0.8, 1.25, 2][random.below(4)] ?? 2;
      return each((values) => resampledTo(values, factor));
    }
    case 'noisy': {
      const share = random.uniform(0.01, 0.1);
      return each((values) => {
        const spread = deviationOf(values);
        return values.map((value) => value + share * spread * random.normal());
      });
    }
  }
}

/** The standard deviation of a series. */
export function deviationOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}
