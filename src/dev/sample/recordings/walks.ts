import type { Random } from '../../../core/distributions/random';
import type { Recording } from '../recording';
import { gait, type GaitAxis, type GaitParameters } from '../simulators/gait';
import { csvFile } from '../writers/text';

interface Walker {
  readonly name: string;
  readonly strideRate: number;
  readonly variability: number;
  readonly axes: readonly [GaitAxis, GaitAxis, GaitAxis];
}

const takes = 3;
const gravity = 9.81;

/** Harmonics 1 to 8 of the stride: odd ones lead sideways, even ones vertically and forwards. */
const walkers: readonly Walker[] = [
  {
    name: 'walker1',
    strideRate: 0.92,
    variability: 0.02,
    axes: [
      axis(0, [0.9, 0.15, 0.6, 0.1, 0.4, 0.08, 0.2, 0.05], [0.3, 1, -1.2, 0.5, 2, 0, -0.4, 1]),
      axis(gravity, [0.1, 2.4, 0.1, 0.9, 0.08, 0.45, 0.05, 0.2], [0, 0.2, 1, 1.4, 0, 2.2, 1, -2.8]),
      axis(0, [0.12, 1.4, 0.1, 0.7, 0.06, 0.3, 0.04, 0.15], [1, -1.3, 0, -0.4, 1, 0.9, 0, 2]),
    ],
  },
  {
    // A slow, soft gait with little above the second harmonic.
    name: 'walker2',
    strideRate: 0.76,
    variability: 0.03,
    axes: [
      axis(0, [1.3, 0.2, 0.3, 0.08, 0.1, 0.05, 0.05, 0.02], [-0.5, 0, 1.4, 0.5, 1, 0, 0.4, 1]),
      axis(gravity, [0.15, 1.2, 0.1, 0.25, 0.05, 0.1, 0.02, 0.05], [0.5, -0.4, 1, 0.3, 0, 1.2, 1, 0.8]),
      axis(0, [0.15, 0.8, 0.1, 0.2, 0.05, 0.08, 0.02, 0.04], [0, -2, 0, -1.4, 1, 0.3, 0, 1]),
    ],
  },
  {
    // A limp: one step is harder than the other, so that odd harmonics appear vertically and forwards.
    name: 'walker3',
    strideRate: 0.84,
    variability: 0.035,
    axes: [
      axis(0, [1.1, 0.6, 0.5, 0.3, 0.3, 0.2, 0.15, 0.1], [0.8, -0.6, -0.3, 1.5, 1, -1, 0.4, 0]),
      axis(gravity, [0.7, 1.9, 0.5, 0.7, 0.3, 0.35, 0.15, 0.15], [0.2, 0.5, 0.7, 1.1, 1.5, 1.8, 2.2, 2.6]),
      axis(0, [0.5, 1, 0.3, 0.4, 0.2, 0.2, 0.1, 0.1], [-1, -1.2, -0.8, -0.3, 0.2, 0.6, 1, 1.3]),
    ],
  },
  {
    // Brisk, with hard heel strikes: much in the high even harmonics.
    name: 'walker4',
    strideRate: 1.04,
    variability: 0.015,
    axes: [
      axis(0, [0.7, 0.2, 1, 0.2, 0.9, 0.15, 0.6, 0.1], [0, 1, 0.4, 0.5, 0.8, 0, 1.1, 1]),
      axis(gravity, [0.1, 3.4, 0.2, 2.2, 0.2, 1.5, 0.15, 0.9], [0, 0, 1, 0.1, 0, 0.2, 1, 0.3]),
      axis(0, [0.1, 2.2, 0.15, 1.3, 0.1, 0.9, 0.1, 0.5], [1, -1.6, 0, -1.5, 1, -1.3, 0, -1.2]),
    ],
  },
];

function axis(mean: number, amplitudes: readonly number[], phases: readonly number[]): GaitAxis {
  return { gravity: mean, amplitudes, phases };
}

/** Walks of four synthetic walkers with a phone at the waist, in CSV files with an irregular clock. */
export const walks: readonly Recording[] = walkers.flatMap((walker) =>
  Array.from({ length: takes }, (_, take): Recording => {
    const path = `walking/${walker.name}_${take + 1}.csv`;
    return {
      path,
      label: walker.name,
      generate(random) {
        const [t, ax, ay, az] = gait(parametersOf(walker, random), random);
        const columns = [
          { name: 't', values: t, decimals: 4 },
          { name: 'ax', values: ax, decimals: 3 },
          { name: 'ay', values: ay, decimals: 3 },
          { name: 'az', values: az, decimals: 3 },
        ];
        return [{ path, bytes: csvFile(columns) }];
      },
    };
  }),
);

function parametersOf(walker: Walker, random: Random): GaitParameters {
  return {
    strideRate: random.near(walker.strideRate, 0.02),
    variability: walker.variability,
    axes: walker.axes.map((one) => ({
      ...one,
      amplitudes: one.amplitudes.map((amplitude) => random.near(amplitude, 0.06)),
    })) as unknown as GaitParameters['axes'],
    tilt: [random.near(0.05, 0.4), random.near(-0.08, 0.4)],
    noise: random.uniform(0.08, 0.14),
    rate: 100,
    clockJitter: 0.08,
    duration: random.uniform(16, 24),
  };
}
