import type { Sequence } from './sequence';
import { stepsOf } from './sequence';
import { samplesFor } from './allocate';

/** Zero crossings of the filter on each side, at the lower of the two rates. */
const lobes = 16;

/** Shape of the Kaiser window: about 80 dB of attenuation. */
const beta = 8;

/** Where the filter begins to close, as a share of the lower Nyquist frequency. */
const passband = 0.9;

/** Points of the tabulated filter for each zero crossing; between them it is linear. */
const pointsPerLobe = 512;

const filter = tabulatedFilter();

/**
 * Brings regular samples to another rate: band-limited interpolation by a sinc under a Kaiser window, which also
 * removes what the new rate cannot hold (Smith and Gossett 1984, "A flexible sampling-rate conversion method").
 * Towards the ends the filter is cut and its weights made to sum to 1 again.
 *
 * @param values samples at `from` Hz, without NaN
 * @returns `max(round(T * to / from), 1)` samples at `to` Hz, the first at the time of the first of `values`
 */
export function changeRate(values: Float32Array, from: number, to: number): Float32Array {
  const last = values.length - 1;
  const out = samplesFor(Math.max(Math.round((values.length * to) / from), 1));
  const step = from / to;
  const cutoff = passband * Math.min(1, to / from);
  const reach = lobes / cutoff;
  const scale = cutoff * pointsPerLobe;
  for (let k = 0; k < out.length; k++) {
    const time = Math.min(k * step, last);
    const end = Math.min(Math.floor(time + reach), last);
    let sum = 0;
    let weights = 0;
    for (let i = Math.max(Math.ceil(time - reach), 0); i <= end; i++) {
      const weight = filterAt(Math.abs(time - i) * scale);
      sum += weight * values[i]!;
      weights += weight;
    }
    out[k] = sum / weights;
  }
  return out;
}

/**
 * A sequence as it is compared with others of its layout: brought to `rate`, see `comparedRate`.
 *
 * @param minimumSteps where fewer would be left, or the rate is `null`, it stays as it is
 */
export function atRate(sequence: Sequence, rate: number | null, minimumSteps: number): Sequence {
  const { rate: own } = sequence;
  if (rate === null || own === null || (stepsOf(sequence) * rate) / own < minimumSteps) return sequence;
  const channels = sequence.channels.map((channel) => ({ ...channel, values: changeRate(channel.values, own, rate) }));
  return { ...sequence, channels, rate };
}

function filterAt(position: number): number {
  const below = Math.floor(position);
  const share = position - below;
  return filter[below]! * (1 - share) + filter[below + 1]! * share;
}

function tabulatedFilter(): Float64Array {
  const table = new Float64Array(lobes * pointsPerLobe + 2);
  const peak = bessel(beta);
  for (let i = 0; i <= lobes * pointsPerLobe; i++) {
    const x = i / pointsPerLobe;
    const window = bessel(beta * Math.sqrt(1 - (x / lobes) ** 2)) / peak;
    table[i] = (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  }
  return table;
}

/** The modified Bessel function of the first kind and order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
