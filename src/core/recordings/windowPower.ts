import FFT from 'fft.js';

/**
 * The power of windows of one size after Hann, whose means are taken out: the squares of their Fourier transforms (Oppenheim
 * and Schafer, Discrete-Time Signal Processing, ch. 10).
 */
export class WindowPower {
  private readonly fft: FFT;
  private readonly taper: Float64Array;
  private readonly window: Float64Array;
  private readonly transformed: number[];
  private readonly powers: Float64Array;

  /** @param size of a window, a power of two */
  constructor(
    private readonly values: Float32Array,
    private readonly size: number,
  ) {
    this.fft = new FFT(size);
    this.taper = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / size));
    this.window = new Float64Array(size);
    this.transformed = this.fft.createComplexArray();
    this.powers = new Float64Array(size / 2 + 1);
  }

  /**
   * Of the window that begins at a sample; beyond its ends the recording goes on as it began and ended.
   *
   * @returns `size` / 2 + 1 powers, which hold until the next call: bin i is at i / `size` cycles per sample
   */
  at(start: number): Float64Array {
    this.cut(start);
    this.fft.realTransform(this.transformed, this.window);
    for (let bin = 0; bin < this.powers.length; bin++) {
      const [real, imaginary] = [this.transformed[2 * bin] ?? 0, this.transformed[2 * bin + 1] ?? 0];
      this.powers[bin] = real * real + imaginary * imaginary;
    }
    return this.powers;
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
