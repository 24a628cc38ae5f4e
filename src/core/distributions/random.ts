import { createHash } from 'node:crypto';

/** A reproducible stream of random numbers. */
export interface Random {
  /** Uniform in (0, 1). */
  unit(): number;
  /** Uniform in `[low, high)`. */
  uniform(low: number, high: number): number;
  /** Gaussian with mean 0 and standard deviation 1. */
  normal(): number;
  /** A value near `centre`, Gaussian with standard deviation `spread * |centre|`, never beyond two of them. */
  near(centre: number, spread: number): number;
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  /** The entries in random order. */
  shuffled<T>(items: readonly T[]): T[];
}

type Words = [number, number, number, number];

/**
 * The random numbers of one thing, a recording or a training step: xoshiro128** started from the SHA-256 of `seed` and
 * `name`, so that everything has a stream of its own, which does not move when another thing is added or left out.
 */
export function randomOf(seed: number, name: string | number): Random {
  const hash = createHash('sha256').update(`${seed}/${name}`).digest();
  const next = xoshiro128([0, 4, 8, 12].map((offset) => hash.readInt32LE(offset)) as Words);
  const unit = (): number => (next() + 0.5) / 2 ** 32;
  const normal = gaussian(unit);
  const below = (count: number): number => Math.floor(unit() * count);
  return {
    unit,
    normal,
    below,
    uniform: (low, high) => low + (high - low) * unit(),
    near: (centre, spread) => centre * (1 + spread * Math.max(-2, Math.min(2, normal()))),
    shuffled: (items) => shuffled(items, below),
  };
}

/** Fisher and Yates 1938, as Durstenfeld 1964 gives it. */
function shuffled<T>(items: readonly T[], below: (count: number) => number): T[] {
  const order = Uint32Array.from(items.keys());
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return Array.from(order).flatMap((from) => items.slice(from, from + 1));
}

/**
 * The generator xoshiro128** 1.1 of Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM
 * Transactions on Mathematical Software 47(4), 2021.
 * @returns a function that gives the next unsigned 32-bit word.
 */
export function xoshiro128(state: Words): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Box and Muller, "A note on the generation of random normal deviates", Annals of Mathematical Statistics 29, 1958. */
function gaussian(unit: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(unit()));
    const angle = 2 * Math.PI * unit();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
