import { quantileFunction } from '../../../../src/core/distributions/quantiles';
import { toBytes } from '../../../../src/core/distributions/bytes';
import { randomOf } from '../../../../src/core/distributions/random';
import { layoutScale, rawLevels } from '../../../../src/core/encoder/scales';
import type { ChannelScale } from '../../../../src/core/encoder/inputs';
import type { Sequence } from '../../../../src/core/recordings/sequence';

export const steps = 3000;

/** A walk: a step some 1.1 times a second with two harmonics, sampled at 50 Hz, with noise. @param tempo 1 as usual */
export function walk(seed: string, tempo = 1): Float32Array {
  const random = randomOf(1, seed);
  const perStep = (2 * Math.PI * 1.1 * tempo) / 50;
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

export function recordingOf(channels: readonly Float32Array[], rate: number | null = 50): Sequence {
  const named = channels.map((values, c) => ({ name: `c${c}`, unit: null, values }));
  return { channels: named, rate, label: null, name: null, notes: [] };
}

/** The scale of a layout that has these recordings. */
export function scalesOf(recordings: readonly Sequence[]): readonly ChannelScale[] {
  return layoutScale(
    recordings.map(({ channels }) => {
      const levels = new Float32Array(channels.length * rawLevels);
      channels.forEach(({ values }, c) => {
        levels.set(quantileFunction(values, rawLevels), c * rawLevels);
      });
      return { channels, levels: toBytes(levels) };
    }),
  );
}
