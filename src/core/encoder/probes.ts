import { simulatedSeries } from './simulated';

/** What is changed in a series to see which features answer: a `frequency` in cycles per time step, 0 for a trend. */
export interface Probe {
  readonly tells: 'level' | 'shape' | { readonly frequency: number };
  /**
   * @param values of one channel
   * @param centre and the spread of the channel, by which its level is compared, too
   */
  readonly change: (values: Float32Array, centre: number, spread: number) => Float32Array;
}

/** Backgrounds to which the changes are made. */
const backgrounds = 16;

/** Two tones an octave, from a period of some two time steps to one of 362. */
const tones = 16;
const highest = 2 ** -1.25;

/** Series of many kinds, always the same. */
export function probedSeries(): readonly Float32Array[] {
  return simulatedSeries().slice(0, backgrounds);
}

/** The changes by which features are sorted. */
export function probes(): readonly Probe[] {
  const frequencies = Array.from({ length: tones }, (_, i) => highest * 2 ** (-i / 2));
  return [
    { tells: 'level', change: (values, _, spread) => values.map((value) => value + spread) },
    { tells: 'level', change: (values, centre) => values.map((value) => centre + 2 * (value - centre)) },
    // Both leave every frequency as loud as it was.
    { tells: 'shape', change: (values) => values.slice().reverse() },
    { tells: 'shape', change: (values, centre) => values.map((value) => 2 * centre - value) },
    {
      tells: { frequency: 0 },
      change: (values, _, spread) => values.map((value, i) => value + 2 * spread * (i / values.length - 0.5)),
    },
    ...frequencies.map((frequency) => ({
      tells: { frequency },
      change: (values: Float32Array, _: number, spread: number) =>
        values.map((value, i) => value + spread * Math.sin(2 * Math.PI * frequency * i + 1)),
    })),
  ];
}
