import type { Random } from '../../../core/distributions/random';

export interface HeartRhythm {
  /** Beats per minute. */
  readonly heartRate: number;
  /** Standard deviation of the interval between beats, in seconds. */
  readonly variability: number;
  /** Power of the 0.1 Hz (Mayer) waves over that of breathing. */
  readonly lowToHigh: number;
  /** Breaths per second. */
  readonly breathing: number;
}

const mayer = 0.1;
const bandwidth = 0.01;
const lines = 12;

/**
 * The interval between heart beats, in seconds, as a function of time: a power spectrum of two Gaussians, round
 * 0.1 Hz and round the breathing rate, with random phases (McSharry et al. 2003, equations 4 and 5). The inverse
 * Fourier transform is summed over a few spectral lines per band.
 */
export function tachogram(rhythm: HeartRhythm, random: Random): (time: number) => number {
  const high = 1 / (1 + rhythm.lowToHigh);
  const waves = [...band(mayer, 1 - high, random), ...band(rhythm.breathing, high, random)];
  const mean = 60 / rhythm.heartRate;
  return (time) => {
    let sum = 0;
    for (const wave of waves) sum += wave.amplitude * Math.sin(2 * Math.PI * wave.frequency * time + wave.phase);
    return mean + rhythm.variability * sum;
  };
}

interface SpectralLine {
  readonly frequency: number;
  readonly amplitude: number;
  readonly phase: number;
}

/** Sinusoids whose variances follow a Gaussian round `centre` and sum to `power`. */
function band(centre: number, power: number, random: Random): SpectralLine[] {
  const offsets = Array.from({ length: lines }, (_, i) => -2.5 + (5 * (i + random.uniform(0.2, 0.8))) / lines);
  const weighted = offsets.map((offset) => ({ offset, weight: Math.exp(-(offset * offset) / 2) }));
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  return weighted.map(({ offset, weight }) => ({
    frequency: centre + bandwidth * offset,
    amplitude: Math.sqrt((2 * power * weight) / total),
    phase: random.uniform(0, 2 * Math.PI),
  }));
}
