import type { Random } from '../../../core/distributions/random';
import { tachogram, type HeartRhythm } from './tachogram';

/** One deflection: where it lies on the cycle (radians from R), how strongly it pulls, and how wide it is (radians). */
export interface Wave {
  readonly angle: number;
  readonly pull: number;
  readonly width: number;
}

export interface Lead {
  /** P, Q, R, S and T. */
  readonly waves: readonly Wave[];
  /** From the lowest to the highest value of the recording, in mV. */
  readonly peakToPeak: number;
}

export interface EcgParameters {
  readonly rhythm: HeartRhythm;
  readonly leads: readonly Lead[];
  /** Amplitude of the baseline that drifts with breathing, in the model's units (0.005 in ECGSYN). */
  readonly drift: number;
  /** Standard deviation of the measurement noise, in mV. */
  readonly noise: number;
  /** Hz. */
  readonly rate: number;
  /** Seconds. */
  readonly duration: number;
}

const settling = 3;

/**
 * Electrocardiogram after McSharry, Clifford, Tarassenko and Smith, "A dynamical model for generating synthetic
 * electrocardiogram signals", IEEE Transactions on Biomedical Engineering 50(3), 2003, equations 1 to 3: a point runs
 * round a limit cycle of radius 1 once per heart beat, and the waves pull z up and down as it passes their angles.
 * Angles and widths grow with the square root of the heart rate, as in the authors' program ECGSYN. All leads share
 * one limit cycle and have a z each. Integrated by the classical Runge-Kutta method at the sampling rate.
 * @returns one channel in mV per lead.
 */
export function ecg(parameters: EcgParameters, random: Random): Float32Array[] {
  const { rate, rhythm, leads, noise } = parameters;
  const steps = Math.round(parameters.duration * rate);
  const skipped = Math.round(settling * rate);
  const interval = tachogram(rhythm, random);
  const breathing = random.uniform(0, 2 * Math.PI);
  const waves = leads.map((lead) => atHeartRate(lead.waves, rhythm.heartRate));
  const slope = (time: number, speed: number, state: Float64Array, out: Float64Array): void => {
    const baseline = parameters.drift * Math.sin(2 * Math.PI * rhythm.breathing * time + breathing);
    derivative(state, speed, waves, baseline, out);
  };
  const start = random.uniform(0, 2 * Math.PI);
  const state = new Float64Array(2 + leads.length);
  state.set([Math.cos(start), Math.sin(start)]);
  const step = rungeKutta(slope, state);
  const traces = leads.map(({ peakToPeak }) => ({ peakToPeak, channel: new Float32Array(steps) }));
  for (let i = -skipped; i < steps; i++) {
    step(i / rate, 1 / rate, (2 * Math.PI) / interval(i / rate));
    if (i >= 0) traces.forEach(({ channel }, lead) => (channel[i] = state[2 + lead]!));
  }
  return traces.map(({ peakToPeak, channel }) => {
    scale(channel, peakToPeak);
    for (let i = 0; i < steps; i++) channel[i]! += noise * random.normal();
    return channel;
  });
}

function atHeartRate(waves: readonly Wave[], heartRate: number): readonly Wave[] {
  const stretch = Math.sqrt(heartRate / 60);
  // P and T lie outside the QRS complex, and move less than in proportion when the heart beats faster.
  const outer = Math.sqrt(stretch);
  return waves.map(({ angle, pull, width }) => ({
    angle: angle * (Math.abs(angle) > 0.6 ? outer : stretch),
    pull,
    width: width * stretch,
  }));
}

function derivative(
  state: Float64Array,
  speed: number,
  leads: readonly (readonly Wave[])[],
  baseline: number,
  out: Float64Array,
): void {
  const x = state[0]!;
  const y = state[1]!;
  const attraction = 1 - Math.sqrt(x * x + y * y);
  const angle = Math.atan2(y, x);
  out[0] = attraction * x - speed * y;
  out[1] = attraction * y + speed * x;
  let at = 2;
  for (const waves of leads) {
    let sum = baseline - state[at]!;
    for (const wave of waves) {
      const away = wrap(angle - wave.angle);
      sum -= wave.pull * away * Math.exp(-(away * away) / (2 * wave.width * wave.width));
    }
    out[at++] = sum;
  }
}

function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

type Slope = (time: number, speed: number, state: Float64Array, out: Float64Array) => void;

/** Moves `state` in place by one step of the classical method of fourth order. */
function rungeKutta(slope: Slope, state: Float64Array): (time: number, dt: number, speed: number) => void {
  const [k1, k2, k3, k4, trial] = Array.from({ length: 5 }, () => new Float64Array(state.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const move = (by: number, k: Float64Array): Float64Array => {
    for (let j = 0; j < state.length; j++) trial[j] = state[j]! + by * k[j]!;
    return trial;
  };
  return (time, dt, speed) => {
    slope(time, speed, state, k1);
    slope(time + dt / 2, speed, move(dt / 2, k1), k2);
    slope(time + dt / 2, speed, move(dt / 2, k2), k3);
    slope(time + dt, speed, move(dt, k3), k4);
    for (let j = 0; j < state.length; j++) state[j]! += (dt / 6) * (k1[j]! + 2 * k2[j]! + 2 * k3[j]! + k4[j]!);
  };
}

/** Scales to a peak-to-peak amplitude, and puts the median, which lies between the beats, at 0. */
function scale(channel: Float32Array, peakToPeak: number): void {
  const sorted = channel.toSorted();
  const median = sorted[sorted.length >> 1]!;
  const gain = peakToPeak / (sorted[sorted.length - 1]! - sorted[0]!);
  for (let i = 0; i < channel.length; i++) channel[i] = (channel[i]! - median) * gain;
}
