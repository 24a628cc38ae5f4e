import type { Random } from '../../../core/distributions/random';

/** One axis: what gravity adds, and the amplitudes and phases of the harmonics 1, 2, ... of the stride frequency. */
export interface GaitAxis {
  readonly gravity: number;
  /** m/s^2. */
  readonly amplitudes: readonly number[];
  /** Radians. */
  readonly phases: readonly number[];
}

export interface GaitParameters {
  /** Strides (two steps) per second. */
  readonly strideRate: number;
  /** Standard deviation of the stride interval and of the amplitude, as a share of their means. */
  readonly variability: number;
  /** Sideways, vertical and forward. */
  readonly axes: readonly [GaitAxis, GaitAxis, GaitAxis];
  /** Rotations of the sensor on the body about its forward and its sideways axis, in radians. */
  readonly tilt: readonly [number, number];
  /** Standard deviation of the sensor's noise, in m/s^2. */
  readonly noise: number;
  /** Mean samples per second. */
  readonly rate: number;
  /** Standard deviation of the clock's error per sample, as a share of the sampling interval. */
  readonly clockJitter: number;
  /** Seconds. */
  readonly duration: number;
}

type Vector = readonly [number, number, number];

type GaitChannels = [t: Float32Array, ax: Float32Array, ay: Float32Array, az: Float32Array];

const persistence = 0.7;

/**
 * Acceleration of the trunk in walking, as a Fourier series of the stride phase. The two steps of a stride make the
 * even harmonics dominate vertically and forwards and the odd ones sideways (Menz, Lord and Fitzpatrick, Gait &
 * Posture 18, 2003; Bellanca et al., Journal of Biomechanics 46, 2013). Stride intervals vary and a long stride is
 * likely to follow a long one (Hausdorff et al., Journal of Applied Physiology 78, 1995), here a first-order
 * autoregression.
 * @returns the channels t (s), ax, ay, az (m/s^2) on an irregular, strictly increasing clock.
 */
export function gait(parameters: GaitParameters, random: Random): GaitChannels {
  const times = irregularClock(parameters, random);
  const channel = () => new Float32Array(times.length);
  const [ax, ay, az] = [channel(), channel(), channel()];
  const [sideways, vertical, forward] = parameters.axes;
  const noise = () => parameters.noise * random.normal();
  const stride = strides(parameters.variability, random);
  let phase = random.uniform(0, 1);
  for (let i = 0; i < times.length; i++) {
    const { interval, amplitude } = stride(phase);
    if (i > 0) phase += (parameters.strideRate * (times[i]! - times[i - 1]!)) / interval;
    const along = (axis: GaitAxis) => axis.gravity + amplitude * series(axis, 2 * Math.PI * phase);
    const [x, y, z] = rotate([along(sideways), along(vertical), along(forward)], parameters.tilt);
    ax[i] = x + noise();
    ay[i] = y + noise();
    az[i] = z + noise();
  }
  return [times, ax, ay, az];
}

function irregularClock({ rate, duration, clockJitter }: GaitParameters, random: Random): Float32Array {
  const length = Math.round(rate * duration);
  return Float32Array.from(
    { length },
    (_, i) => (i === 0 ? 0 : i + Math.max(-0.4, Math.min(0.4, clockJitter * random.normal()))) / rate,
  );
}

interface Stride {
  readonly interval: number;
  readonly amplitude: number;
}

/** Relative stride interval and amplitude at a phase counted in strides; the amplitude moves evenly between strides. */
function strides(variability: number, random: Random): (phase: number) => Stride {
  const innovation = variability * Math.sqrt(1 - persistence ** 2);
  const follow = (deviation: number): number => persistence * deviation + innovation * random.normal();
  let number = -1;
  let interval = variability * random.normal();
  let from = variability * random.normal();
  let to = from;
  return (phase) => {
    for (; number < Math.floor(phase); number++) {
      interval = follow(interval);
      from = to;
      to = follow(to);
    }
    return { interval: 1 + interval, amplitude: 1 + from + (to - from) * (phase - number) };
  };
}

function series({ amplitudes, phases }: GaitAxis, angle: number): number {
  return amplitudes.reduce((sum, amplitude, i) => sum + amplitude * Math.cos((i + 1) * angle + (phases[i] ?? 0)), 0);
}

/** Turns (sideways, vertical, forward) about the forward axis, then about the sideways axis. */
function rotate([x, y, z]: Vector, [roll, pitch]: readonly [number, number]): Vector {
  const side = Math.cos(roll) * x - Math.sin(roll) * y;
  const up = Math.sin(roll) * x + Math.cos(roll) * y;
  return [side, Math.cos(pitch) * up - Math.sin(pitch) * z, Math.sin(pitch) * up + Math.cos(pitch) * z];
}
