import type { Random } from '../../../core/distributions/random';
import type { Recording } from '../recording';
import { ecg, type EcgParameters, type Wave } from '../simulators/ecg';
import { wfdbRecord } from '../writers/wfdb';

type LeadWaves = readonly (readonly [pull: number, width: number])[];

interface Person {
  readonly name: string;
  readonly heartRate: number;
  readonly variability: number;
  readonly lowToHigh: number;
  readonly breathing: number;
  /** Leads II and V1: pull and width of P, Q, R, S and T. */
  readonly leads: readonly [LeadWaves, LeadWaves];
  /** mV. */
  readonly peakToPeak: readonly [number, number];
  /** Angle of T in radians; earlier means a shorter QT interval. */
  readonly recovery: number;
}

const takes = 3;
const rate = 250;

/** Lead II of the first person has the values of McSharry et al. 2003, table I; the others are variations of them. */
const persons: readonly Person[] = [
  {
    name: 'person1',
    heartRate: 62,
    variability: 0.05,
    lowToHigh: 0.5,
    breathing: 0.25,
    leads: [
      [
        [1.2, 0.25],
        [-5, 0.1],
        [30, 0.1],
        [-7.5, 0.1],
        [0.75, 0.4],
      ],
      [
        [0.6, 0.25],
        [0, 0.1],
        [9, 0.08],
        [-28, 0.11],
        [0.4, 0.4],
      ],
    ],
    peakToPeak: [1.6, 1.5],
    recovery: Math.PI / 2,
  },
  {
    name: 'person2',
    heartRate: 78,
    variability: 0.02,
    lowToHigh: 2,
    breathing: 0.3,
    leads: [
      [
        [2.6, 0.2],
        [-2, 0.08],
        [30, 0.085],
        [-1, 0.1],
        [1.1, 0.38],
      ],
      [
        [-1, 0.2],
        [0, 0.1],
        [5, 0.08],
        [-30, 0.09],
        [-0.5, 0.38],
      ],
    ],
    peakToPeak: [2.2, 2],
    recovery: 1.7,
  },
  {
    // A broad QRS complex and an inverted T, as in a bundle branch block.
    name: 'person3',
    heartRate: 70,
    variability: 0.03,
    lowToHigh: 1,
    breathing: 0.2,
    leads: [
      [
        [1, 0.25],
        [-1, 0.12],
        [24, 0.2],
        [-9, 0.2],
        [-1.3, 0.4],
      ],
      [
        [0.8, 0.2],
        [3, 0.12],
        [-26, 0.22],
        [8, 0.2],
        [1.6, 0.42],
      ],
    ],
    peakToPeak: [1.3, 1.7],
    recovery: 1.75,
  },
  {
    name: 'person4',
    heartRate: 96,
    variability: 0.012,
    lowToHigh: 3,
    breathing: 0.33,
    leads: [
      [
        [1.4, 0.22],
        [-9, 0.09],
        [26, 0.08],
        [-17, 0.1],
        [0.9, 0.35],
      ],
      [
        [0.5, 0.2],
        [-2, 0.08],
        [18, 0.08],
        [-20, 0.09],
        [0.3, 0.35],
      ],
    ],
    peakToPeak: [1.1, 0.9],
    recovery: 1.6,
  },
];

/** Electrocardiograms of four synthetic persons, in WFDB records. */
export const hearts: readonly Recording[] = persons.flatMap((person) =>
  Array.from({ length: takes }, (_, take): Recording => {
    const record = `${person.name}_${take + 1}`;
    return {
      path: `ecg/${record}.hea`,
      label: person.name,
      generate(random) {
        const [second, first] = ecg(parametersOf(person, random), random) as [Float32Array, Float32Array];
        const { header, data } = wfdbRecord(record, rate, [
          { name: 'II', values: second, unit: 'mV', gain: 200 },
          { name: 'V1', values: first, unit: 'mV', gain: 200 },
        ]);
        return [
          { path: `ecg/${record}.hea`, bytes: Buffer.from(header) },
          { path: `ecg/${record}.dat`, bytes: data },
        ];
      },
    };
  }),
);

function parametersOf(person: Person, random: Random): EcgParameters {
  const leadOf = (waves: LeadWaves, peakToPeak: number) => ({
    waves: wavesOf(waves, person.recovery, random),
    peakToPeak: random.near(peakToPeak, 0.05),
  });
  return {
    rhythm: {
      heartRate: random.near(person.heartRate, 0.03),
      variability: random.near(person.variability, 0.1),
      lowToHigh: person.lowToHigh,
      breathing: random.near(person.breathing, 0.05),
    },
    leads: [leadOf(person.leads[0], person.peakToPeak[0]), leadOf(person.leads[1], person.peakToPeak[1])],
    drift: random.uniform(0.002, 0.006),
    noise: random.uniform(0.008, 0.016),
    rate,
    duration: random.uniform(20, 30),
  };
}

function wavesOf(waves: LeadWaves, recovery: number, random: Random): Wave[] {
  // Of P, Q, R and S; T follows.
  const angles = [-Math.PI / 3, -Math.PI / 12, 0, Math.PI / 12];
  return waves.map(([pull, width], i) => ({ angle: angles[i] ?? recovery, pull: random.near(pull, 0.03), width }));
}
