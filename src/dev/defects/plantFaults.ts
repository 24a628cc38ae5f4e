import type { Random } from '../../core/distributions/random';
import { deviationOf, type Series } from './plantCopies';

export const plantedFaults = [
  'flat',
  'clipped',
  'spikes',
  'unit',
  'swapped',
  'dropped',
  'hum',
  'level',
  'noise',
] as const;
export type PlantedFaultKind = (typeof plantedFaults)[number];

/** Whether a fault can be planted: channels are swapped where there are two, and mains hum where the rate allows it. */
export function canPlant(kind: PlantedFaultKind, series: Series, rate: number | null): boolean {
  if (kind === 'swapped') return series.length > 1;
  if (kind === 'hum') return rate !== null && rate > 2.2 * mains;
  return true;
}

const mains = 50;

/** A recording with something wrong with it, in one channel or between two. */
export function plantFault(kind: PlantedFaultKind, series: Series, rate: number | null, random: Random): Series {
  const channel = random.below(series.length);
  const changed = (change: (values: Float32Array) => Float32Array) =>
    series.map((values, c) => (c === channel ? change(values) : values));
  switch (kind) {
    case 'flat':
      return changed((values) => flat(values, random));
    case 'clipped':
      return changed((values) => clipped(values, random.uniform(0.1, 0.3)));
    case 'spikes':
      return changed((values) => spiky(values, random));
    case 'unit': {
      const factor = [1000, 0.001, 9.81, 1 / 9.81][random.below(4)] ?? 1000;
      return changed((values) => values.map((value) => value * factor));
    }
    case 'swapped': {
      const other = (channel + 1 + random.below(series.length - 1)) % series.length;
      return series.map((values, c) => series[c === channel ? other : c === other ? channel : c] ?? values);
    }
    case 'dropped':
      return changed((values) => dropped(values, random));
    case 'hum': {
      const size = random.uniform(0.5, 2);
      return changed((values) => {
        const [spread, phase] = [deviationOf(values), random.uniform(0, 2 * Math.PI)];
        const turn = (2 * Math.PI * mains) / (rate ?? 1);
        return values.map((value, i) => value + size * spread * Math.sin(turn * i + phase));
      });
    }
    case 'level': {
      const size = random.uniform(4, 8) * (random.below(2) === 0 ? -1 : 1);
      return changed((values) => {
        const spread = deviationOf(values);
        return values.map((value) => value + size * spread);
      });
    }
    case 'noise': {
      const size = random.uniform(0.5, 2);
      return changed((values) => {
        const spread = deviationOf(values);
        return values.map((value) => value + size * spread * random.normal());
      });
    }
  }
}

/** A stretch in which the sensor gives its last value. */
function flat(values: Float32Array, random: Random): Float32Array {
  const length = Math.round(random.uniform(0.3, 0.7) * values.length);
  const start = random.below(values.length - length + 1);
  return values.map((value, i) => (i >= start && i < start + length ? values[start]! : value));
}

/** Values beyond quantiles are cut off, on both sides. */
function clipped(values: Float32Array, share: number): Float32Array {
  const sorted = values.slice().sort();
  const at = (level: number) => sorted[Math.round(level * (sorted.length - 1))]!;
  const [low, high] = [at(share / 2), at(1 - share / 2)];
  return values.map((value) => Math.min(Math.max(value, low), high));
}

function spiky(values: Float32Array, random: Random): Float32Array {
  const result = values.slice();
  const spread = deviationOf(values);
  const spikes = 3 + random.below(8);
  for (let spike = 0; spike < spikes; spike++) {
    const sign = random.below(2) === 0 ? -1 : 1;
    result[random.below(values.length)]! += sign * random.uniform(10, 20) * spread;
  }
  return result;
}

/** Short runs of samples are lost, and the last one before them is held. */
function dropped(values: Float32Array, random: Random): Float32Array {
  const share = random.uniform(0.15, 0.4);
  const result = values.slice();
  for (let lost = 0; lost < share * values.length;) {
    const [start, length] = [1 + random.below(values.length - 1), 2 + random.below(8)];
    const end = Math.min(start + length, values.length);
    result.fill(result[start - 1]!, start, end);
    lost += end - start;
  }
  return result;
}
