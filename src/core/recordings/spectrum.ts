import { WindowPower } from './windowPower';

const [shortest, longest] = [64, 4096];
const mostWindows = 64;

/** The mean power of a series at frequencies from 0 to half the sampling rate. */
export interface Spectrum {
  /** `size` / 2 + 1 powers: bin i is at i / `size` cycles per sample. */
  readonly power: Float64Array;
  readonly size: number;
}

/**
 * The power spectrum of a series: the mean over windows after Hann that overlap by half, at most 64 of them, whose means are
 * taken out (Welch 1967, "The use of fast Fourier transform for the estimation of power spectra").
 *
 * @param values what is shorter than 64 samples goes on as it ends
 */
export function powerSpectrum(values: Float32Array): Spectrum {
  const size = 2 ** Math.floor(Math.log2(Math.min(Math.max(values.length, shortest), longest)));
  const spectra = new WindowPower(values, size);
  const power = new Float64Array(size / 2 + 1);
  const last = Math.max(values.length - size, 0);
  const windows = Math.min(mostWindows, 1 + Math.floor((2 * last) / size));
  for (let w = 0; w < windows; w++) {
    const start = windows === 1 ? 0 : Math.round((w * last) / (windows - 1));
    spectra.at(start).forEach((more, i) => (power[i]! += more));
  }
  return { power: power.map((sum) => sum / (windows * size)), size };
}

/** The power between two frequencies, in cycles per sample. */
export function powerWithin({ power, size }: Spectrum, low: number, high: number): number {
  let sum = 0;
  for (let i = Math.max(1, Math.ceil(low * size)); i < power.length && i < high * size; i++) sum += power[i]!;
  return sum;
}

const perOctave = 24;
const octaves = 8;
/** Tempos are compared up to a factor of 4 either way. */
const mostShift = 2 * perOctave;

/**
 * By which factor the second of two series is faster: the shift on a scale of log frequency by which their spectra overlap
 * most; 1 where no shift makes them overlap more than none does.
 */
export function tempoRatio(a: Spectrum, b: Spectrum): number {
  const [one, other] = [logSpectrum(a), logSpectrum(b)];
  let best = { shift: 0, overlap: overlapOf(one, other, 0) * unshiftedBonus };
  for (let shift = -mostShift; shift <= mostShift; shift++) {
    const overlap = overlapOf(one, other, shift);
    if (overlap > best.overlap) best = { shift, overlap };
  }
  return 2 ** (best.shift / perOctave);
}

/** Spectra that hardly tell a shift count as not shifted. */
const unshiftedBonus = 1.1;

/** The share of the power in each band of log frequency, from the lowest up, with neighbours running into one another. */
function logSpectrum(spectrum: Spectrum): Float64Array {
  const bins = Float64Array.from({ length: octaves * perOctave }, (_, i) => {
    const low = 2 ** (i / perOctave - octaves - 1);
    return meanPower(spectrum, low, low * 2 ** (1 / perOctave)) * low;
  });
  const smooth = bins.map((value, i) => 0.5 * value + 0.25 * (bins[i - 1] ?? value) + 0.25 * (bins[i + 1] ?? value));
  const total = smooth.reduce((sum, value) => sum + value, 0);
  return total > 0 ? smooth.map((value) => value / total) : smooth;
}

/** The power at the middle of a band, between the two nearest bins where the band is narrower than those are apart. */
function meanPower(spectrum: Spectrum, low: number, high: number): number {
  const { power, size } = spectrum;
  const within = Math.ceil(high * size) - Math.ceil(low * size);
  if (within > 1) return powerWithin(spectrum, low, high) / within;
  const at = ((low + high) / 2) * size;
  const below = Math.floor(at);
  const [a, b] = [power[Math.max(below, 1)] ?? 0, power[below + 1] ?? 0];
  return a + (at - below) * (b - a);
}

function overlapOf(a: Float64Array, b: Float64Array, shift: number): number {
  let sum = 0;
  for (let i = Math.max(0, -shift); i < a.length && i + shift < b.length; i++) sum += Math.min(a[i]!, b[i + shift]!);
  return sum;
}
