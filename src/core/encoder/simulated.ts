import { randomOf, type Random } from '../distributions/random';

const count = 64;
const steps = 512;

/** Series of many kinds, always the same: what an encoder's numbers are learnt from where there are no recordings. */
export function simulatedSeries(): readonly Float32Array[] {
  return Array.from({ length: count }, (_, n) => {
    const random = randomOf(1, `simulated ${n}`);
    const kind = kinds[n % kinds.length] ?? walk;
    return kind(random);
  });
}

type Kind = (random: Random) => Float32Array;

/** A random walk that is drawn back to its mean. */
const walk: Kind = (random) => {
  const memory = 1 - random.unit() ** 3;
  let state = 0;
  return Float32Array.from({ length: steps }, () => (state = memory * state + random.normal()));
};

/** Two tones with noise. */
const tones: Kind = (random) => {
  const [slow, fast, noise] = [0.2 * random.unit(), 1.5 * random.unit(), random.unit()];
  return Float32Array.from({ length: steps }, (_, t) => {
    return Math.sin(slow * t) + 0.5 * Math.sin(fast * t) + noise * random.normal();
  });
};

/** Pulses at even distances over a quiet line. */
const pulses: Kind = (random) => {
  const period = 16 + random.below(100);
  const width = random.uniform(1, 9);
  return Float32Array.from({ length: steps }, (_, t) => {
    return Math.exp(-0.5 * (((t % period) - period / 2) / width) ** 2) + 0.02 * random.normal();
  });
};

/** Levels that change at once. */
const levels: Kind = (random) => {
  let level = 0;
  return Float32Array.from({ length: steps }, () => {
    if (random.unit() < 0.03) level = random.normal();
    return level + 0.05 * random.normal();
  });
};

const kinds: readonly Kind[] = [walk, tones, pulses, levels];
