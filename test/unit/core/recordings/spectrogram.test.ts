import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spectrogramOf } from '../../../../src/core/recordings/spectrogram';

/** A tone of so many cycles per step. */
function tone(cycles: number, steps: number, from = 0, to = steps): Float32Array {
  return Float32Array.from({ length: steps }, (_, t) => (t >= from && t < to ? Math.sin(2 * Math.PI * cycles * t) : 0));
}

function strongest(levels: Uint8Array, rows: number, column: number): number {
  const own = levels.subarray(column * rows, (column + 1) * rows);
  return own.indexOf(Math.max(...own));
}

/** The power of one frequency in a window after Hann, term by term. */
function powerAt(values: readonly number[], bin: number): number {
  const size = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / size;
  let [real, imaginary] = [0, 0];
  values.forEach((value, i) => {
    const tapered = (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / size));
    real += tapered * Math.cos((2 * Math.PI * bin * i) / size);
    imaginary -= tapered * Math.sin((2 * Math.PI * bin * i) / size);
  });
  return real * real + imaginary * imaginary;
}

describe('a spectrogram', () => {
  it('is that of a Fourier transform, term by term', () => {
    const sample = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 32, maxLength: 32 }), (numbers) => {
        const values = Float32Array.from(numbers);
        const { levels, floor } = spectrogramOf(values, { start: 0, end: 32 }, 1, 16);
        // One column of 32 steps is one window, whose 16 frequencies have a row each.
        const rows = Array.from({ length: 16 }, (_, bin) => powerAt([...values], bin));
        const most = Math.max(...rows);
        if (most < 1e-12) return;
        rows.forEach((power, row) => {
          const level = 255 * Math.max(0, 1 - (10 * Math.log10(power / most)) / floor);
          expect(Math.abs((levels[row] ?? 0) - level)).toBeLessThan(1.5);
        });
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it('shows a tone at its frequency, where it sounds', () => {
    const values = tone(0.125, 8000, 4000, 8000);
    const { columns, rows, levels } = spectrogramOf(values, { start: 0, end: 8000 }, 100, 64);
    expect([columns, rows]).toEqual([100, 64]);
    for (const column of [60, 80, 95]) expect(Math.abs(strongest(levels, rows, column) - 16)).toBeLessThanOrEqual(1);
    expect(Math.max(...levels.subarray(0, 40 * rows))).toBe(0);
  });

  it('has no level where nothing changes, and fewer columns where there are fewer steps', () => {
    const { columns, levels } = spectrogramOf(new Float32Array(40).fill(7), { start: 0, end: 40 }, 100, 8);
    expect(columns).toBe(40);
    expect(Math.max(...levels)).toBe(0);
  });

  it('sees all of a long recording', () => {
    const steps = 3_000_000;
    const values = tone(0.25, steps);
    const { levels, rows } = spectrogramOf(values, { start: 0, end: steps }, 500, 32);
    for (const column of [0, 250, 499]) expect(Math.abs(strongest(levels, rows, column) - 16)).toBeLessThanOrEqual(1);
  });
});
