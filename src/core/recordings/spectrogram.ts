import { WindowPower } from './windowPower';

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
 * The power of a stretch of samples by time and frequency (see `WindowPower`). Frequencies run from 0 to half the sampling rate. A window is about four columns long, so that neighbours overlap.
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
  const spectra = new WindowPower(values, size);
  const power = new Float64Array(count * rows);
  for (let column = 0; column < count; column++) {
    const width = length / count;
    const times = Math.max(1, Math.min(spectraPerColumn, Math.round(width / size)));
    for (let i = 0; i < times; i++) {
      const middle = start + (column + (i + 0.5) / times) * width;
      addLargest(power, column * rows, bands, spectra.at(Math.round(middle - size / 2)));
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

/** Adds the largest power of each band. */
function addLargest(out: Float64Array, at: number, bands: ReturnType<typeof bandsOf>, powers: Float64Array): void {
  bands.forEach(([first, end], row) => {
    let most = 0;
    for (let bin = first; bin < end; bin++) most = Math.max(most, powers[bin]!);
    out[at + row]! += most;
  });
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
