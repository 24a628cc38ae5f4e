import type { Random } from '../../../core/distributions/random';
import type { Recording } from '../recording';
import { tone, type Resonance, type ToneParameters } from '../simulators/tone';
import { wavFile } from '../writers/wav';

interface Instrument {
  readonly name: string;
  /** Hz. */
  readonly pitch: number;
  readonly partials: readonly number[];
  readonly resonances: readonly Resonance[];
  readonly vibratoRate: number;
  readonly vibratoDepth: number;
  readonly attack: number;
  readonly noise: number;
}

const takes = 3;
const rate = 16_000;

const instruments: readonly Instrument[] = [
  {
    name: 'violin',
    pitch: 440,
    partials: Array.from({ length: 12 }, (_, i) => 1 / (i + 1)),
    resonances: [resonance(480, 120, 1.5), resonance(1000, 300, 1), resonance(2500, 900, 2.5)],
    vibratoRate: 6,
    vibratoDepth: 25,
    attack: 0.15,
    noise: 0.01,
  },
  {
    // A tube closed at one end: the odd partials; clarinets are mostly played without vibrato.
    name: 'clarinet',
    pitch: 294,
    partials: [1, 0.03, 0.75, 0.05, 0.5, 0.08, 0.2, 0.1, 0.15],
    resonances: [resonance(1500, 800, 0.3)],
    vibratoRate: 5,
    vibratoDepth: 1,
    attack: 0.06,
    noise: 0.004,
  },
  {
    // The vowel "ah" with the formants of a tenor.
    name: 'voice',
    pitch: 196,
    partials: Array.from({ length: 18 }, (_, i) => (i + 1) ** -1.5),
    resonances: [resonance(650, 90, 9), resonance(1080, 110, 9), resonance(2650, 200, 12)],
    vibratoRate: 5.5,
    vibratoDepth: 80,
    attack: 0.2,
    noise: 0.008,
  },
  {
    name: 'flute',
    pitch: 587,
    partials: [1, 0.35, 0.12, 0.04, 0.02],
    resonances: [resonance(600, 60, 0.6)],
    vibratoRate: 4.8,
    vibratoDepth: 15,
    attack: 0.1,
    noise: 0.03,
  },
];

function resonance(frequency: number, bandwidth: number, gain: number): Resonance {
  return { frequency, bandwidth, gain };
}

/** Single tones of four instruments, in WAV files. */
export const tones: readonly Recording[] = instruments.flatMap((instrument) =>
  Array.from({ length: takes }, (_, take): Recording => {
    const path = `tones/${instrument.name}_${take + 1}.wav`;
    return {
      path,
      label: instrument.name,
      generate: (random) => [{ path, bytes: wavFile(tone(parametersOf(instrument, random), random)[0], rate) }],
    };
  }),
);

function parametersOf(instrument: Instrument, random: Random): ToneParameters {
  return {
    pitch: instrument.pitch * 2 ** (Math.round(random.uniform(-2, 2)) / 12),
    partials: instrument.partials.map((amplitude) => random.near(amplitude, 0.08)),
    resonances: instrument.resonances,
    vibratoRate: random.near(instrument.vibratoRate, 0.04),
    vibratoDepth: random.near(instrument.vibratoDepth, 0.15),
    attack: random.near(instrument.attack, 0.2),
    noise: instrument.noise,
    peak: random.uniform(0.5, 0.9),
    rate,
    duration: random.uniform(1.6, 2.2),
  };
}
