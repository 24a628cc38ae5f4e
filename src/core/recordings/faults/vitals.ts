import { largest, smallest } from '../extremes';
import { powerSpectrum } from '../spectrum';
import { runsOf } from './runs';

/** What tells whether a channel was recorded as usual. Shares are of its time steps. */
export interface ChannelVitals {
  /** The median, and the standard deviation without what is far beyond all else. */
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
  /** How far steps are from the line between those on both sides where it is quietest, as the deviation of white noise. */
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
  const { centre, spread } = middleOf(values, sorted);
  const { noise, spikes } = roughness(values, centre, spread);
  const [lowest, highest] = [smallest(values), largest(values)];
  return { centre, spread, lowest, highest, ...runsOf(values), spikes, noise, hum: humOf(values, rate) };
}

/** The middle 90 % of a normal distribution are so many standard deviations wide. */
const ofMost = 3.29;

/** A few values far beyond make a deviation larger than this times that of most values. */
const mostBeyond = 2;

function middleOf(values: Float32Array, sorted: Float32Array): { readonly centre: number; readonly spread: number } {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  for (const value of values) squares += (value - sum / values.length) ** 2;
  const deviation = Math.sqrt(squares / values.length);
  const most = (at(0.95) - at(0.05)) / ofMost;
  const spread = most > 0 ? Math.min(deviation, mostBeyond * most) : deviation;
  return { centre: at(0.5), spread: spread > 1e-6 * Math.abs(at(0.5)) ? spread : 0 };
}

/** The deviation of b - (a + c) / 2 for white noise of deviation 1, and a median of absolute values of a normal one. */
const [ofBend, ofMedian] = [Math.sqrt(1.5), 0.6745];

/** A spike is so many times as far from the line between its neighbours as steps usually are, and in spreads. */
const [spikeBends, spikeSpreads] = [6, 5];

/** Where it is quietest: in the tenth of stretches of so many steps. */
const [quietSteps, quietShare] = [16, 0.1];

function roughness(values: Float32Array, centre: number, spread: number) {
  if (values.length < 3) return { noise: 0, spikes: 0 };
  const bends = Float32Array.from(
    { length: values.length - 2 },
    (_, i) => values[i + 1]! - (values[i]! + values[i + 2]!) / 2,
  );
  const sizes = bends.map(Math.abs).sort();
  const usual = sizes[Math.floor(sizes.length / 2)]! / ofMedian;
  const limit = Math.max(spikeBends * usual, spikeSpreads * spread);
  let spikes = 0;
  bends.forEach((bend, i) => {
    const isApart = Math.abs(bend) > limit && Math.abs(values[i + 1]! - centre) > spikeSpreads * spread;
    // Beside a single step the line bends half as far the other way.
    if (isApart && Math.abs(bend) >= Math.abs(bends[i - 1] ?? 0) && Math.abs(bend) > Math.abs(bends[i + 1] ?? 0))
      spikes++;
  });
  return { noise: quietest(bends) / ofBend, spikes };
}

function quietest(bends: Float32Array): number {
  const stretches = Math.max(Math.floor(bends.length / quietSteps), 1);
  const sizes = Float64Array.from({ length: stretches }, (_, s) => {
    const own = bends.subarray(s * quietSteps, (s + 1) * quietSteps);
    return Math.sqrt(own.reduce((sum, bend) => sum + bend * bend, 0) / own.length);
  }).sort();
  return sizes[Math.floor(quietShare * (stretches - 1))]!;
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
