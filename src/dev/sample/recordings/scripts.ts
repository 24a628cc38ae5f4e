import type { Random } from '../../../core/distributions/random';
import type { Recording } from '../recording';
import { handwriting, type HandwritingParameters, type Stroke } from '../simulators/handwriting';
import { npyFile } from '../writers/npy';

interface Writer {
  readonly name: string;
  /** Height of a small letter in mm, how far it leans to the right per height, seconds from one stroke to the next. */
  readonly size: number;
  readonly slant: number;
  readonly beat: number;
  readonly delay: number;
  readonly response: number;
  readonly pressure: number;
  readonly lightening: number;
}

/** A stroke of a letter's plan: length in letter heights, directions in degrees, duration in beats. */
type Plan = readonly (readonly [length: number, from: number, to: number, beats: number])[];

const takes = 3;
const letters = 4;

const writers: readonly Writer[] = [
  { name: 'anna', size: 6, slant: 0.1, beat: 0.16, delay: -1.6, response: 0.22, pressure: 0.55, lightening: 0.3 },
  { name: 'bruno', size: 9, slant: 0.5, beat: 0.12, delay: -1.8, response: 0.32, pressure: 0.85, lightening: 0.6 },
];

/** Joined-up letters: loops for e, arches for m. */
const plans: Readonly<Record<string, Plan>> = {
  e: [
    [1.5, 10, 130, 1],
    [1.54, 210, 350, 1],
  ],
  m: [
    [1.2, 110, 20, 0.8],
    [1.25, -20, -95, 1.2],
  ],
};

/** Rows of two letters by two synthetic writers, in NumPy files of shape [T, 3]. */
export const scripts: readonly Recording[] = writers.flatMap((writer) =>
  Object.entries(plans).flatMap(([letter, plan]) =>
    Array.from({ length: takes }, (_, take): Recording => {
      const path = `handwriting/${writer.name}_${letter}_${take + 1}.npy`;
      return {
        path,
        label: `${writer.name}/${letter}`,
        generate: (random) => [{ path, bytes: npyFile(handwriting(parametersOf(writer, plan, random), random)) }],
      };
    }),
  ),
);

function parametersOf(writer: Writer, plan: Plan, random: Random): HandwritingParameters {
  return {
    strokes: strokesOf(writer, plan, random),
    slant: writer.slant + 0.03 * random.normal(),
    pressure: random.near(writer.pressure, 0.04),
    lightening: writer.lightening,
    noise: 0.02,
    rate: 200,
  };
}

function strokesOf(writer: Writer, plan: Plan, random: Random): Stroke[] {
  const size = random.near(writer.size, 0.05);
  const strokes: Stroke[] = [];
  let onset = 0;
  for (const [length, from, to, beats] of Array.from({ length: letters }, () => plan).flat()) {
    strokes.push({
      onset,
      length: random.near(size * length, 0.05),
      from: (from * Math.PI) / 180,
      to: (to * Math.PI) / 180 + 0.05 * random.normal(),
      delay: random.near(writer.delay, 0.01),
      response: random.near(writer.response, 0.05),
    });
    onset += random.near(writer.beat * beats, 0.06);
  }
  return strokes;
}
