import type { Random } from '../../../core/distributions/random';

export type BearingFault = 'none' | 'outer' | 'inner' | 'ball';

export interface BearingGeometry {
  readonly balls: number;
  /** Diameters in the same unit. */
  readonly ballDiameter: number;
  readonly pitchDiameter: number;
  /** Radians. */
  readonly contactAngle: number;
}

export interface BearingParameters {
  readonly fault: BearingFault;
  readonly geometry: BearingGeometry;
  /** Revolutions per second. */
  readonly shaftRate: number;
  /** Acceleration at the first instant of the response to an impact in the middle of the load zone, in g. */
  readonly severity: number;
  /** The structure's resonance on the way from the fault to the sensor, in Hz, and its damping ratio. */
  readonly resonance: number;
  readonly damping: number;
  /** Standard deviation of the time between impacts, as a share of its mean. */
  readonly slip: number;
  /** Amplitude of the shaft's unbalance, in g. */
  readonly unbalance: number;
  /** Standard deviation of the background, in g. */
  readonly noise: number;
  /** Hz. */
  readonly rate: number;
  /** Seconds. */
  readonly duration: number;
}

const loadFactor = 0.4;

/** How often the cage turns, in Hz, with the outer ring at rest. */
export function cageRate(shaftRate: number, geometry: BearingGeometry): number {
  return (shaftRate / 2) * (1 - diameterRatio(geometry));
}

/** How often the fault is struck, in Hz: once per ball on a ring, twice per turn of a ball about itself. */
export function faultRate(fault: BearingFault, shaftRate: number, geometry: BearingGeometry): number {
  const ratio = diameterRatio(geometry);
  const { balls, ballDiameter, pitchDiameter } = geometry;
  if (fault === 'outer') return (balls / 2) * shaftRate * (1 - ratio);
  if (fault === 'inner') return (balls / 2) * shaftRate * (1 + ratio);
  if (fault === 'ball') return (pitchDiameter / ballDiameter) * shaftRate * (1 - ratio * ratio);
  return 0;
}

function diameterRatio({ ballDiameter, pitchDiameter, contactAngle }: BearingGeometry): number {
  return (ballDiameter / pitchDiameter) * Math.cos(contactAngle);
}

/**
 * Vibration of a rolling-element bearing after McFadden and Smith, "Model for the vibration produced by a single point
 * defect in a rolling element bearing", Journal of Sound and Vibration 96(1), 1984: each impact rings a resonance
 * that decays exponentially, as hard as the load (Stribeck's distribution) where the defect is at that moment. The
 * impacts slip at random (Ho and Randall, Mechanical Systems and Signal Processing 14(5), 2000).
 * @returns one channel in g.
 */
export function bearing(parameters: BearingParameters, random: Random): Float32Array[] {
  const { rate, noise, unbalance, shaftRate } = parameters;
  const values = new Float32Array(Math.round(parameters.duration * rate));
  const turned = random.uniform(0, 2 * Math.PI);
  for (let i = 0; i < values.length; i++) {
    const angle = (2 * Math.PI * shaftRate * i) / rate + turned;
    values[i] = noise * random.normal() + unbalance * (Math.sin(angle) + 0.4 * Math.sin(2 * angle + 1));
  }
  if (parameters.fault !== 'none') addImpacts(values, parameters, random);
  return [values];
}

function addImpacts(values: Float32Array, parameters: BearingParameters, random: Random): void {
  const { fault, geometry, shaftRate, severity, slip, rate } = parameters;
  const spacing = 1 / faultRate(fault, shaftRate, geometry);
  const carrier = { none: 0, outer: 0, inner: shaftRate, ball: cageRate(shaftRate, geometry) }[fault];
  const start = fault === 'outer' ? 0 : random.uniform(0, 2 * Math.PI);
  const end = values.length / rate;
  for (let time = -spacing * random.uniform(0, 1); time < end; time += spacing * (1 + slip * random.normal())) {
    const force = severity * load(2 * Math.PI * carrier * time + start) * random.near(1, 0.08);
    if (force > 0) addRinging(values, parameters, time, force);
  }
}

/** Share of the greatest load at an angle from the middle of the load zone: Stribeck's distribution for point contact. */
function load(angle: number): number {
  return Math.max(0, 1 - (1 - Math.cos(angle)) / (2 * loadFactor)) ** 1.5;
}

function addRinging(values: Float32Array, parameters: BearingParameters, time: number, force: number): void {
  const { rate, resonance, damping } = parameters;
  const decay = 2 * Math.PI * resonance * damping;
  const ringing = 2 * Math.PI * resonance * Math.sqrt(1 - damping * damping);
  const first = Math.max(0, Math.ceil(time * rate));
  const last = Math.min(values.length, first + Math.ceil((7 / decay) * rate));
  for (let i = first; i < last; i++) {
    const since = i / rate - time;
    values[i]! += force * Math.exp(-decay * since) * Math.cos(ringing * since);
  }
}
