import FFT from 'fft.js';

/** How strong each band of frequencies is, in one column of time after the other. */
export interface Spectrogram {
  readonly columns: number;
  readonly rows: number;
  /** [columns, rows], from the lowest frequency up: 0 stands for `floor` decibels and less, 255 for 0. */
  readonly levels: Uint8Array<ArrayBuffer>;
  /** In decibels, where 0 is the strongest of the stretch. */
  readonly floor: number;
}

/** What is weaker than the strongest by more than so many decibels is drawn as nothing. */
const range = 80;

const [shortest, longest] = [32, 4096];

/** So many spectra, evenly spaced, stand for a column that is long. */
const spectraPerColumn = 4;

/**
 * The power of a stretch of samples by time and frequency: of windows after Hann, whose means are taken out, the squares of
 * their Fourier transforms (Oppenheim and Schafer, Discrete-Time Signal Processing, ch. 10). Frequencies run from 0 to half
 * the sampling rate. A window is about four columns long, so that neighbours overlap.
 *
 * @param start the first sample, and `end` the first one after the stretch
 * @param columns at most; fewer where there are fewer samples
 */
export function spectrogramOf(
  values: Float32Array,
  { start, end }: { readonly start: number; readonly end: number },
  columns: number,
  rows: number,
): Spectrogram {
  const length = end - start;
  const count = Math.max(1, Math.min(columns, length));
  const size = windowSize(length, count);
  const bands = bandsOf(size / 2, rows);
  const spectrum = new PowerSpectrum(values, size);
  const power = new Float64Array(count * rows);
  for (let column = 0; column < count; column++) {
    const width = length / count;
    const times = Math.max(1, Math.min(spectraPerColumn, Math.round(width / size)));
    for (let i = 0; i < times; i++) {
      const middle = start + (column + (i + 0.5) / times) * width;
      spectrum.addTo(power, column * rows, bands, Math.round(middle - size / 2));
    }
  }
  return { columns: count, rows, levels: levelsOf(power), floor: -range };
}

/** A power of two. */
function windowSize(length: number, columns: number): number {
  const wanted = Math.min(Math.max((4 * length) / columns, shortest), longest, Math.max(length, shortest));
  return 2 ** Math.ceil(Math.log2(wanted));
}

/** The bins of each row, from its first to the one after its last, at least one. */
function bandsOf(bins: number, rows: number): readonly (readonly [number, number])[] {
  return Array.from({ length: rows }, (_, row) => {
    const first = Math.min(Math.floor((row * bins) / rows), bins - 1);
    return [first, Math.max(Math.floor(((row + 1) * bins) / rows), first + 1)];
  });
}

/** Spectra of windows of one size. */
class PowerSpectrum {
  private readonly fft: FFT;
  private readonly taper: Float64Array;
  private readonly window: Float64Array;
  private readonly transformed: number[];

  constructor(
    private readonly values: Float32Array,
    private readonly size: number,
  ) {
    this.fft = new FFT(size);
    this.taper = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / size));
    this.window = new Float64Array(size);
    this.transformed = this.fft.createComplexArray();
  }

  /** Adds the largest power of each band; beyond its ends the recording goes on as it began and ended. */
  addTo(out: Float64Array, at: number, bands: readonly (readonly [number, number])[], start: number): void {
    this.cut(start);
    this.fft.realTransform(this.transformed, this.window);
    bands.forEach(([first, end], row) => {
      let most = 0;
      for (let bin = first; bin < end; bin++) {
        const [real, imaginary] = [this.transformed[2 * bin] ?? 0, this.transformed[2 * bin + 1] ?? 0];
        most = Math.max(most, real * real + imaginary * imaginary);
      }
      out[at + row]! += most;
    });
  }

  private cut(start: number): void {
    const { values, size, window, taper } = this;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      window[i] = values[Math.min(Math.max(start + i, 0), values.length - 1)]!;
      sum += window[i]!;
    }
    const mean = sum / size;
    for (let i = 0; i < size; i++) window[i] = taper[i]! * (window[i]! - mean);
  }
}

function levelsOf(power: Float64Array): Uint8Array<ArrayBuffer> {
  const most = power.reduce((a, b) => Math.max(a, b), 0);
  const levels = new Uint8Array(power.length);
  if (!(most > 0) || !Number.isFinite(most)) return levels;
  for (let i = 0; i < power.length; i++) {
    const decibels = 10 * Math.log10(power[i]! / most);
    levels[i] = Math.round(255 * Math.min(Math.max(1 + decibels / range, 0), 1));
  }
  return levels;
}
