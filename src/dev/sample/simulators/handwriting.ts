import type { Random } from '../../../core/distributions/random';

/** One pen stroke: a lognormal burst of speed that turns evenly from one direction to another. */
export interface Stroke {
  /** When the command is given, in seconds. */
  readonly onset: number;
  /** Length of the stroke, in mm. */
  readonly length: number;
  /** Directions in radians, counterclockwise from the writing line. */
  readonly from: number;
  readonly to: number;
  /** Delay and response time of the neuromuscular system on a logarithmic scale (of seconds). */
  readonly delay: number;
  readonly response: number;
}

export interface HandwritingParameters {
  readonly strokes: readonly Stroke[];
  /** How far the writing leans to the right, per height: a shear of the strokes. */
  readonly slant: number;
  /** Pressure of a resting pen, from 0 to 1, and the share of it that is lost at the greatest speed. */
  readonly pressure: number;
  readonly lightening: number;
  /** Standard deviation of the digitiser's noise, in mm. */
  readonly noise: number;
  /** Hz. */
  readonly rate: number;
}

/**
 * Pen trajectory by the sigma-lognormal model: velocity is the vector sum of strokes with lognormal speed (Plamondon,
 * "A kinematic theory of rapid human movements", Biological Cybernetics 72, 1995) whose direction follows the
 * lognormal's integral (O'Reilly and Plamondon, Pattern Recognition 42, 2009, equations 1 to 4). The pressure is no
 * part of that model: it is taken to fall with speed, and to rise and fall at the ends.
 * @returns the channels x and y (mm) and pressure, while the pen is down.
 */
export function handwriting(parameters: HandwritingParameters, random: Random): Float32Array[] {
  const { strokes, rate, slant, noise } = parameters;
  const steps = Math.ceil(Math.max(...strokes.map(endOf)) * rate);
  const x = new Float32Array(steps);
  const y = new Float32Array(steps);
  const speed = new Float32Array(steps);
  let [right, up] = [0, 0];
  for (let i = 0; i < steps; i++) {
    const [vx, vy] = velocity(strokes, i / rate);
    right += (vx + slant * vy) / rate;
    up += vy / rate;
    speed[i] = Math.hypot(vx, vy);
    x[i] = right + noise * random.normal();
    y[i] = up + noise * random.normal();
  }
  return [x, y, penPressure(speed, parameters, random)];
}

/** When 98 % of a stroke is written: two standard deviations after its median. */
function endOf({ onset, delay, response }: Stroke): number {
  return onset + Math.exp(delay + 2 * response);
}

function velocity(strokes: readonly Stroke[], time: number): [number, number] {
  let [vx, vy] = [0, 0];
  for (const { onset, length, from, to, delay, response } of strokes) {
    const since = time - onset;
    if (since <= 0) continue;
    const z = (Math.log(since) - delay) / response;
    const speed = (length * Math.exp((-z * z) / 2)) / (response * Math.sqrt(2 * Math.PI) * since);
    const direction = from + (to - from) * gaussianIntegral(z);
    vx += speed * Math.cos(direction);
    vy += speed * Math.sin(direction);
  }
  return [vx, vy];
}

/** Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17; its error is below 7.5e-8. */
function gaussianIntegral(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z < 0 ? tail : 1 - tail;
}

function penPressure(speed: Float32Array, parameters: HandwritingParameters, random: Random): Float32Array {
  const fastest = speed.reduce((a, b) => Math.max(a, b), 0);
  const ramp = 0.05 * parameters.rate;
  return speed.map((value, i) => {
    const ends = Math.min(1, (i + 1) / ramp, (speed.length - i) / ramp);
    const resting = parameters.pressure * (1 - (parameters.lightening * value) / fastest);
    return Math.max(0, Math.min(1, ends * resting + 0.01 * random.normal()));
  });
}
