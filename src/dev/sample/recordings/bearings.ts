import type { Random } from '../../../core/distributions/random';
import type { Recording } from '../recording';
import { bearing, type BearingFault, type BearingGeometry, type BearingParameters } from '../simulators/bearing';
import { npyFile } from '../writers/npy';

interface Machine {
  readonly label: string;
  readonly fault: BearingFault;
  readonly severity: number;
  readonly resonance: number;
  readonly damping: number;
}

const takes = 3;

/** The deep-groove ball bearing 6205; millimetres. */
const geometry: BearingGeometry = { balls: 9, ballDiameter: 7.94, pitchDiameter: 39.04, contactAngle: 0 };

const machines: readonly Machine[] = [
  { label: 'healthy', fault: 'none', severity: 0, resonance: 3000, damping: 0.05 },
  { label: 'outer-race', fault: 'outer', severity: 2.2, resonance: 3300, damping: 0.04 },
  { label: 'inner-race', fault: 'inner', severity: 3, resonance: 2600, damping: 0.06 },
  { label: 'ball', fault: 'ball', severity: 1, resonance: 1500, damping: 0.08 },
];

/** Vibration of four bearings at about 1750 revolutions per minute, in NumPy files. */
export const bearings: readonly Recording[] = machines.flatMap((machine) =>
  Array.from({ length: takes }, (_, take): Recording => {
    const path = `bearings/${machine.label}_${take + 1}.npy`;
    return {
      path,
      label: machine.label,
      generate: (random) => [{ path, bytes: npyFile(bearing(parametersOf(machine, random), random)) }],
    };
  }),
);

function parametersOf(machine: Machine, random: Random): BearingParameters {
  return {
    fault: machine.fault,
    geometry,
    shaftRate: random.near(1750 / 60, 0.01),
    severity: random.near(machine.severity, 0.1),
    resonance: random.near(machine.resonance, 0.02),
    damping: random.near(machine.damping, 0.1),
    slip: 0.01,
    unbalance: random.near(0.06, 0.2),
    noise: random.near(0.12, 0.1),
    rate: 12_000,
    duration: random.uniform(0.8, 1.2),
  };
}
