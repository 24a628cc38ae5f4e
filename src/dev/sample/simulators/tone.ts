import type { Random } from '../../../core/distributions/random';

/** A resonance of the instrument's body or of the vocal tract. */
export interface Resonance {
  /** Hz. */
  readonly frequency: number;
  readonly bandwidth: number;
  /** What it adds to the amplitude of a partial on its peak, over 1. */
  readonly gain: number;
}

export interface ToneParameters {
  /** Hz. */
  readonly pitch: number;
  /** Amplitudes of the partials 1, 2, ... before the resonances; all are sines that begin together. */
  readonly partials: readonly number[];
  readonly resonances: readonly Resonance[];
  /** Hz. */
  readonly vibratoRate: number;
  /** From the mean pitch to either side, in cents. */
  readonly vibratoDepth: number;
  /** Seconds until the tone, and its vibrato, are fully there. */
  readonly attack: number;
  /** Standard deviation of the breath or bow noise, as a share of the tone's peak. */
  readonly noise: number;
  /** Peak of the recording: 1 is full scale. */
  readonly peak: number;
  /** Hz. */
  readonly rate: number;
  /** Seconds. */
  readonly duration: number;
}

const release = 0.12;

/**
 * A sustained tone by additive synthesis (Risset and Mathews, "Analysis of musical-instrument tones", Physics Today
 * 22(2), 1969) with sinusoidal vibrato of the pitch. The resonances stay where they are while the partials move, so that
 * the vibrato also changes every partial's amplitude (Mellody and Wakefield, Journal of the Acoustical Society of America
 * 107, 2000).
 * @returns one channel, with `peak` as its greatest magnitude.
 */
export function tone(parameters: ToneParameters, random: Random): [Float32Array] {
  const { rate, duration, pitch, attack } = parameters;
  const values = new Float32Array(Math.round(duration * rate));
  const vibratoPhase = random.uniform(0, 2 * Math.PI);
  let angle = random.uniform(0, 2 * Math.PI);
  for (let i = 0; i < values.length; i++) {
    const time = i / rate;
    const attacked = smooth(time / attack);
    const vibrato = attacked * Math.sin(2 * Math.PI * parameters.vibratoRate * time + vibratoPhase);
    const frequency = pitch * 2 ** ((parameters.vibratoDepth * vibrato) / 1200);
    angle += (2 * Math.PI * frequency) / rate;
    values[i] = attacked * smooth((duration - time) / release) * chord(parameters, frequency, angle);
  }
  finish(values, parameters, random);
  return [values];
}

function chord({ partials, resonances, rate }: ToneParameters, frequency: number, angle: number): number {
  let sum = 0;
  let n = 0;
  for (const amplitude of partials) {
    n++;
    if (n * frequency >= rate / 2) break;
    if (amplitude !== 0) sum += amplitude * envelope(resonances, n * frequency) * Math.sin(n * angle);
  }
  return sum;
}

function envelope(resonances: readonly Resonance[], frequency: number): number {
  let gain = 1;
  for (const resonance of resonances) {
    const away = (2 * (frequency - resonance.frequency)) / resonance.bandwidth;
    gain += resonance.gain / (1 + away * away);
  }
  return gain;
}

/** From 0 to 1 with no corner at either end. */
function smooth(share: number): number {
  const s = Math.max(0, Math.min(1, share));
  return s * s * (3 - 2 * s);
}

function finish(values: Float32Array, { peak, noise }: ToneParameters, random: Random): void {
  const loudest = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  for (let i = 0; i < values.length; i++) values[i] = values[i]! / loudest + noise * random.normal();
  const noisy = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  for (let i = 0; i < values.length; i++) values[i]! *= peak / noisy;
}
