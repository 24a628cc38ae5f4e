import { randomOf } from '../../../src/core/distributions/random';

export const steps = 3000;
export const rate = 50;

/** A walk: a step some 1.1 times a second with two harmonics, and noise. @param tempo 1 as usual */
export function walk(seed: string, tempo = 1): Float32Array {
  const random = randomOf(1, seed);
  const perStep = (2 * Math.PI * 1.1 * tempo) / rate;
  let phase = 6 * random.unit();
  return Float32Array.from({ length: steps }, () => {
    phase += perStep * (1 + 0.1 * random.normal());
    return Math.sin(phase) + 0.5 * Math.sin(2 * phase + 1) + 0.3 * Math.sin(3 * phase) + 0.15 * random.normal();
  });
}

/** Noise that is drawn back to its mean. */
export function wander(seed: string): Float32Array {
  const random = randomOf(1, seed);
  let state = 0;
  return Float32Array.from({ length: steps }, () => (state = 0.9 * state + 0.4 * random.normal()));
}

/** A table with these channels and a column of seconds. */
export function tableOf(channels: readonly Float32Array[]): string {
  const head = ['time', ...channels.map((_, c) => `c${c}`)].join(',');
  const rows = Array.from({ length: steps }, (_, i) =>
    [i / rate, ...channels.map((values) => values[i]!.toFixed(4))].join(','),
  );
  return `${head}\n${rows.join('\n')}\n`;
}
