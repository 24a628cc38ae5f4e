/** Amplitude of the sinusoid of `frequency` (Hz) in `values`, by one line of the Fourier transform under a Hann window. */
export function amplitudeAt(values: ArrayLike<number>, rate: number, frequency: number): number {
  const mean = meanOf(values);
  let [real, imaginary] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const window = 1 - Math.cos((2 * Math.PI * (i + 0.5)) / values.length);
    const angle = (2 * Math.PI * frequency * i) / rate;
    real += window * (values[i]! - mean) * Math.cos(angle);
    imaginary += window * (values[i]! - mean) * Math.sin(angle);
  }
  return (2 * Math.hypot(real, imaginary)) / values.length;
}

/** The frequency, among `low`, `low + step`, ... up to `high`, with the greatest amplitude. */
export function peakFrequency(
  values: ArrayLike<number>,
  rate: number,
  [low, high, step]: readonly [low: number, high: number, step: number],
): number {
  const count = Math.floor((high - low) / step) + 1;
  const frequencies = Array.from({ length: count }, (_, i) => low + i * step);
  const amplitudes = frequencies.map((frequency) => amplitudeAt(values, rate, frequency));
  return frequencies[amplitudes.indexOf(Math.max(...amplitudes))]!;
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** The central moment of order `power`. */
export function momentOf(values: ArrayLike<number>, power: number): number {
  const mean = meanOf(values);
  return meanOf(Array.from(values, (value) => (value - mean) ** power));
}
