import { largest, smallest } from '../extremes';
import { powerSpectrum } from '../spectrum';
import { runsOf } from './runs';

/** What tells whether a channel was recorded as usual. Shares are of its time steps. */
export interface ChannelVitals {
  /** The median, and the interquartile range as a standard deviation, or that of all values where half are one. */
  readonly centre: number;
  readonly spread: number;
  readonly lowest: number;
  readonly highest: number;
  /** The longest run of one value. */
  readonly flat: number;
  /** Steps that hold the value before in other runs, but those at the limits. */
  readonly held: number;
  /** Steps at the lowest and at the highest value, beside the longest run. */
  readonly limited: number;
  /** Single steps that are far from those on both sides. */
  readonly spikes: number;
  /** The typical distance of a step from the line between those on both sides, as the deviation of white noise. */
  readonly noise: number;
  /** The share of the power within 1 Hz of the mains, 50 and 60 Hz; 0 where the rate does not tell. */
  readonly hum: readonly [number, number];
}

/** Mains frequencies in Hz. */
export const mains = [50, 60] as const;

/** The vitals of every channel. @param rate in Hz, or `null` */
export function vitalsOf(channels: readonly Float32Array[], rate: number | null): readonly ChannelVitals[] {
  return channels.map((values) => channelVitals(values, rate));
}

function channelVitals(values: Float32Array, rate: number | null): ChannelVitals {
  const sorted = values.slice().sort();
  const { centre, spread } = middleOf(sorted);
  const { noise, spikes } = roughness(values, centre, spread);
  const [lowest, highest] = [smallest(values), largest(values)];
  return { centre, spread, lowest, highest, ...runsOf(values), spikes, noise, hum: humOf(values, rate) };
}

/** An interquartile range, and a median of absolute values, for each standard deviation of a normal distribution. */
const [quartiles, median] = [1.349, 0.6745];

function middleOf(sorted: Float32Array): { readonly centre: number; readonly spread: number } {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const candidates = [(at(0.75) - at(0.25)) / quartiles, (at(0.95) - at(0.05)) / 3.29, at(1) - at(0)];
  return { centre: at(0.5), spread: candidates.find((candidate) => candidate > 1e-6 * Math.abs(at(0.5))) ?? 0 };
}

/** The deviation of a + c - 2b over 2, for white noise of deviation 1. */
const ofSecond = Math.sqrt(1.5);

/** A spike is so many times as far from its neighbours as steps usually are, and from the middle in spreads. */
const [spikeNoise, spikeSpreads] = [12, 4];

function roughness(values: Float32Array, centre: number, spread: number) {
  if (values.length < 3) return { noise: 0, spikes: 0 };
  const bends = Float32Array.from(
    { length: values.length - 2 },
    (_, i) => values[i + 1]! - (values[i]! + values[i + 2]!) / 2,
  );
  const sizes = bends.map(Math.abs).sort();
  const usual = sizes[Math.floor(sizes.length / 2)]!;
  let squares = 0;
  for (const bend of bends) squares += Math.min(Math.abs(bend), 10 * Math.max(usual, spread / 100)) ** 2;
  const limit = Math.max(spikeNoise * (usual / median), spread);
  let spikes = 0;
  bends.forEach((bend, i) => {
    const isApart = Math.abs(bend) > limit && Math.abs(values[i + 1]! - centre) > spikeSpreads * spread;
    // Of a single step the line between its neighbours bends half as far the other way on both sides.
    if (isApart && Math.abs(bend) >= Math.abs(bends[i - 1] ?? 0) && Math.abs(bend) >= Math.abs(bends[i + 1] ?? 0))
      spikes++;
  });
  return { noise: Math.sqrt(squares / bends.length) / ofSecond, spikes };
}

function humOf(values: Float32Array, rate: number | null): readonly [number, number] {
  if (rate === null || rate < 2.1 * mains[0]) return [0, 0];
  const { power, size } = powerSpectrum(values);
  const total = power.reduce((sum, each, bin) => (bin === 0 ? sum : sum + each), 0);
  if (!(total > 0)) return [0, 0];
  const [first, second] = mains.map((frequency) => {
    const width = Math.max(1, (size / rate) * 1);
    const middle = (frequency * size) / rate;
    let sum = 0;
    for (let bin = Math.round(middle - width); bin <= Math.min(middle + width, power.length - 1); bin++)
      sum += power[bin]!;
    return sum / total;
  });
  return [first ?? 0, second ?? 0];
}
